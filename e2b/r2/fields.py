"""All elements and blocks of R2 by tag. Every tag stands in one place only."""

from typing import Final

from e2b.r2 import case_fields as case
from e2b.r2 import drug_fields as drug
from e2b.r2 import patient_fields as patient
from e2b.r2.fda_fields import FDA_FIELDS
from e2b.r2.model import Field, Part

PARTS: Final[dict[str, Part]] = {
    part.tag: part
    for part in (
        *(case.HEADER, case.REPORT, case.DUPLICATE, case.LINKED, case.SOURCE, case.SENDER, case.RECEIVER),
        *(patient.PATIENT, patient.EPISODE, patient.PAST_DRUG, patient.DEATH, patient.DEATH_CAUSE),
        *(patient.AUTOPSY, patient.PARENT, patient.PARENT_EPISODE, patient.PARENT_DRUG),
        *(case.REACTION, case.TEST, drug.DRUG, drug.SUBSTANCE, drug.RECURRENCE, drug.RELATEDNESS),
        case.SUMMARY,
    )
}
FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    tag: (*part.fields, *FDA_FIELDS.get(tag, ())) for tag, part in PARTS.items()
}
FIELD: Final[dict[str, Field]] = {field.tag: field for fields in FIELDS.values() for field in fields}
# The block in which each tag stands.
HOMES: Final[dict[str, str]] = {
    **{field.tag: tag for tag, fields in FIELDS.items() for field in fields},
    **{part.tag: part.within for part in PARTS.values()},
}
