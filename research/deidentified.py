"""De-identification: for every column of every table of a case, what readers without the right to identities
may be shown of it, and by what they may search and sort.

Filters, sorts, downloads, pages and API follow from this table (`research.filters`, `research.case_list`,
`research.exports`, `research.deidentified_json`, `research.masking`). A test fails for a column that is
missing here.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from django.db import models

from assessments.models import Standing
from cases.models import (
    AutopsyCauseOfDeath,
    BiopsyDetail,
    Case,
    CaseSummary,
    CausalityAssessment,
    DifferentialDiagnosis,
    Document,
    Dose,
    DrugInformation,
    DrugReaction,
    Examination,
    Exposure,
    FunctionalDetail,
    GeneticDetail,
    Indication,
    LinkedCase,
    LiteratureReference,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OrganInvolvement,
    OtherIdentifier,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    ReportedScore,
    Reporter,
    Sender,
    SenderDiagnosis,
    SkinExamination,
    Study,
    StudyRegistration,
    Substance,
    Summary,
    Symptom,
    Temperature,
    Treatment,
    ViralTest,
)
from cases.models.reaction import SERIOUSNESS
from research.recognised import Words


class Leaves(StrEnum):
    """How a column leaves the registry, and how it is searched."""

    AS_IS = auto()  # shown, searched, sorted and counted
    RECOGNISED = auto()  # a recognised name, else "uncoded"; searched by whole recognised names
    AS_DAYS = auto()  # days from the onset of the reaction, at least and at most; not searched
    BANDED = auto()  # an age in whole years, months below two, "90 or more"; searched by whole years
    BY_YEAR = auto()  # never shown; searched by whole years
    NOT = auto()  # not shown, searched, sorted or counted


@dataclass(frozen=True)
class Line:
    """The columns of one table, each named once. `recognised`: "column:words", by `recognised.Words`."""

    as_is: str = ""
    as_days: str = ""
    not_at_all: str = ""
    recognised: str = ""
    banded: str = ""
    by_year: str = ""

    def by_column(self) -> dict[str, Leaves]:
        groups = (
            (self.as_is, Leaves.AS_IS),
            (self.as_days, Leaves.AS_DAYS),
            (self.not_at_all, Leaves.NOT),
            (" ".join(self.words()), Leaves.RECOGNISED),
            (self.banded, Leaves.BANDED),
            (self.by_year, Leaves.BY_YEAR),
        )
        return {name: leaves for names, leaves in groups for name in names.split()}

    def words(self) -> dict[str, Words]:
        """What kind of words each recognised column holds."""
        pairs = (part.split(":") for part in self.recognised.split())
        return {column: Words(words) for column, words in pairs}


# In every row: keys that join the tables; reasons of absence can hold words of a message, `verbatim` does.
COMMON = Line(as_is="id uuid case", not_at_all="null_flavors verbatim")
SERIOUS = " ".join(f"{who}_{key}" for key, *_ in SERIOUSNESS for who in ("reporter", "company"))
MEDDRA = "meddra_version:meddra_version meddra_code:meddra"
PRODUCT = "mpid_version mpid phpid_version phpid"
PAST_DRUG = (
    "name:drug indication:condition reaction:condition indication_meddra_version:meddra_version "
    "indication_meddra_code:meddra reaction_meddra_version:meddra_version reaction_meddra_code:meddra"
)
ROUTES = "route:route route_code:route_code parent_route:route parent_route_code:route_code"
ADDRESS = "title given_name middle_name family_name department street city postcode telephone region"

TABLE: dict[type[models.Model], Line] = {
    Case: Line(
        "id state is_synthetic report_type is_expedited has_documents first_sender "
        "has_other_identifiers nullification_or_amendment",
        "",
        "number uuid organisation safety_report_id worldwide_id nullification_reason null_flavors created_at "
        "first_received latest_information",
    ),
    CaseSummary: Line(
        "case pseudonym evidence_version summarised_version is_current facts_version latency_first_low "
        "latency_first_high latency_last_low latency_last_high half_lives_first_low half_lives_first_high "
        "half_lives_last_low half_lives_last_high present_at_onset eosinophil_peak alt_peak creatinine_peak "
        "completeness would_raise_most missing_criteria",
        "",
        "updated_at",
        banded="age_low age_high",
        by_year="onset_earliest onset_latest",
    ),
    Standing: Line(
        "case instrument exposure evidence_version scored_version is_current rule_version origin total "
        "category is_settled computed_total computed_category low high lowest_category highest_category "
        "adjudicated_low adjudicated_high adjudicated_lowest_category adjudicated_highest_category "
        "provisional reported_is_attainable answers_due computed adjudicated",
        "",
        "id scored_at",
    ),
    Patient: Line(
        "gestation gestation_unit age_group weight_kg height_cm sex takes_concomitant_therapies "
        "autopsy_done is_consanguineous",
        "last_menstrual_period death_date",
        "initials gp_record specialist_record hospital_record investigation_record birth_date history_text",
        banded="age age_unit",
    ),
    MedicalHistory: Line(
        "is_continuing is_family_history", "start end", "comments", recognised=f"term:condition {MEDDRA}"
    ),
    PastDrug: Line("drug response doses", "start end response_at", PRODUCT, PAST_DRUG),
    ReportedCauseOfDeath: Line(recognised=f"text:condition {MEDDRA}"),
    AutopsyCauseOfDeath: Line(recognised=f"text:condition {MEDDRA}"),
    Parent: Line(
        "weight_kg height_cm sex", "last_menstrual_period", "identification birth_date history_text",
        banded="age age_unit",
    ),
    ParentMedicalHistory: Line(
        "is_continuing", "start end", "comments", recognised=f"term:condition {MEDDRA}"
    ),
    ParentPastDrug: Line("drug", "start end", PRODUCT, PAST_DRUG),
    Exposure: Line(
        "position role drug is_blinded cumulative_dose gestation is_off_label "
        "earlier_response action_taken is_ongoing_at_onset stated_half_life_low_hours "
        "stated_half_life_high_hours reference_half_life_low_hours reference_half_life_high_hours "
        "reference_half_lives reference_release",
        "",
        f"authorisation_number holder earlier_response_text more_information {PRODUCT}",
        "name:drug country_obtained:country authorisation_country:country cumulative_dose_unit:unit "
        "gestation_unit:unit",
    ),
    Dose: Line(
        "exposure position amount interval duration",
        "start end",
        "batch text form_code_version route_code_version parent_route_code_version",
        f"unit:unit interval_unit:unit duration_unit:unit form:form form_code:form_code {ROUTES}",
    ),
    Substance: Line("exposure strength", "", "term_version term", "name:drug strength_unit:unit"),
    Indication: Line("exposure", recognised=f"text:condition {MEDDRA}"),
    DrugInformation: Line("exposure information"),
    DrugReaction: Line(
        "exposure reaction first_dose_interval last_dose_interval dechallenge recurrence",
        recognised="first_dose_unit:unit last_dose_unit:unit",
    ),
    CausalityAssessment: Line("pair", "", "source", "method:method result:causality"),
    Reaction: Line(
        f"position highlighted is_assessed duration is_resolved outcome is_medically_confirmed {SERIOUS}",
        "onset end relapse",
        "translation sequelae",
        f"term:condition language:language country:country duration_unit:unit {MEDDRA}",
    ),
    Treatment: Line(
        "position drug is_systemic_steroid amount response",
        "start end response_at",
        "comments",
        "name:drug unit:unit route:route",
    ),
    DifferentialDiagnosis: Line("status of_background", "", "basis", "diagnosis:condition"),
    Temperature: Line("phase result celsius site is_peak", "when"),
    SkinExamination: Line(
        "phase extent_percent extent facial_oedema infiltration purpura_beyond_legs scaling itch "
        "reporter_finds_suggestive",
        "when",
        "description distribution",
    ),
    LymphNodeExamination: Line("phase result is_complete", "when"),
    LymphNodeSite: Line("examination size_cm", recognised="site:nodes"),
    OrganInvolvement: Line(
        "phase organ result meets_threshold other_explanation", "when", "basis", "name:organ"
    ),
    Symptom: Line("phase result", "when", recognised="term:condition"),
    Examination: Line(
        "phase position kind test result result_code qualifier value lower_limit upper_limit is_peak "
        "has_more_information",
        "when",
        "text comment sample",
        f"name:test unit:unit {MEDDRA}",
    ),
    ViralTest: Line("examination virus assay", recognised="specimen:specimen"),
    BiopsyDetail: Line(
        "examination conclusion",
        "",
        "conclusion_verbatim",
        "tissue:tissue keratinocyte_necrosis:histology infiltrate:histology",
    ),
    GeneticDetail: Line("examination", recognised="gene:gene allele:allele"),
    FunctionalDetail: Line("examination", recognised="function:function"),
    ReportedScore: Line("total category", "", "source literature", "instrument:instrument"),
    Reporter: Line("qualification is_primary", "", f"{ADDRESS} reporter_organisation", "country:country"),
    Sender: Line("sender_type", "", f"{ADDRESS} organisation_name fax email", "country:country"),
    OtherIdentifier: Line("", "", "source identifier"),
    LinkedCase: Line("other", "", "number relation"),
    Study: Line("study_type", "", "name sponsor_number"),
    StudyRegistration: Line("", "", "number", "country:country"),
    Document: Line(
        "",
        "",
        "when kind phase media_type file_name representation compression description shows file "
        "redacted_file withheld_because",
    ),
    LiteratureReference: Line(
        "",
        "",
        "media_type file_name representation compression citation doi file redacted_file withheld_because",
    ),
    Narrative: Line("", "", "case_narrative reporter_comments sender_comments"),
    SenderDiagnosis: Line(recognised=f"term:condition {MEDDRA}"),
    Summary: Line("", "", "text", "language:language"),
}  # fmt: skip


def leaves(model: type[models.Model]) -> dict[str, Leaves]:
    """How each column of a table leaves. Raises KeyError for a table that isn't listed."""
    own = TABLE[model].by_column()
    return own if model in (Case, CaseSummary, Standing) else {**COMMON.by_column(), **own}


def words_of(model: type[models.Model]) -> dict[str, Words]:
    """What kind of words the recognised columns of a table hold."""
    return TABLE[model].words()
