"""De-identification: for every column of every table of a case, whether and how it leaves the registry.

A column leaves as it is, as days from the onset of the reaction (at least and at most, so that an imprecise
date stays one), or not at all. Names, initials, birth dates, who reports and sends, publications and free
text never leave. Terms of reactions, drugs and tests do, as research is about them. A test fails for a column
that is missing here.
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


class Leaves(StrEnum):
    """How a column leaves."""

    AS_IS = auto()
    AS_DAYS = auto()
    NOT = auto()


@dataclass(frozen=True)
class Line:
    """The columns of one table, each named once."""

    as_is: str = ""
    as_days: str = ""
    not_at_all: str = ""

    def by_column(self) -> dict[str, Leaves]:
        groups = ((self.as_is, Leaves.AS_IS), (self.as_days, Leaves.AS_DAYS), (self.not_at_all, Leaves.NOT))
        return {name: leaves for names, leaves in groups for name in names.split()}


# In every row: keys that join the tables; reasons of absence can hold words of a message, `verbatim` does.
COMMON = Line(as_is="id uuid case", not_at_all="null_flavors verbatim")
SERIOUS = " ".join(f"{who}_{key}" for key, *_ in SERIOUSNESS for who in ("reporter", "company"))
MEDDRA = "meddra_version meddra_code"
PRODUCT = "mpid_version mpid phpid_version phpid"
MEDDRA_OF_DRUG = (
    "indication_meddra_version indication_meddra_code reaction_meddra_version reaction_meddra_code"
)
ADDRESS = "title given_name middle_name family_name department street city postcode telephone region"

TABLE: dict[type[models.Model], Line] = {
    Case: Line(
        "id number state is_synthetic report_type is_expedited has_documents first_sender "
        "has_other_identifiers nullification_or_amendment",
        "created_at first_received latest_information",
        "uuid organisation safety_report_id worldwide_id nullification_reason null_flavors",
    ),
    CaseSummary: Line(
        "case evidence_version summarised_version is_current facts_version latency_first_low "
        "latency_first_high latency_last_low latency_last_high half_lives_first_low half_lives_first_high "
        "half_lives_last_low half_lives_last_high present_at_onset eosinophil_peak alt_peak creatinine_peak "
        "age_low age_high completeness would_raise_most missing_criteria",
        "",
        "onset_earliest onset_latest updated_at",
    ),
    Standing: Line(
        "id case instrument exposure evidence_version scored_version is_current rule_version origin total "
        "category is_settled computed_total computed_category low high lowest_category highest_category "
        "adjudicated_low adjudicated_high adjudicated_lowest_category adjudicated_highest_category "
        "provisional reported_is_attainable answers_due computed adjudicated",
        "",
        "scored_at",
    ),
    Patient: Line(
        "age age_unit gestation gestation_unit age_group weight_kg height_cm sex takes_concomitant_therapies "
        "autopsy_done is_consanguineous",
        "last_menstrual_period death_date",
        "initials gp_record specialist_record hospital_record investigation_record birth_date history_text",
    ),
    MedicalHistory: Line(f"term {MEDDRA} is_continuing is_family_history", "start end", "comments"),
    PastDrug: Line(
        f"drug name indication reaction {PRODUCT} {MEDDRA_OF_DRUG} response doses", "start end response_at"
    ),
    ReportedCauseOfDeath: Line(f"text {MEDDRA}"),
    AutopsyCauseOfDeath: Line(f"text {MEDDRA}"),
    Parent: Line(
        "age age_unit weight_kg height_cm sex", "last_menstrual_period",
        "identification birth_date history_text",
    ),
    ParentMedicalHistory: Line(f"term {MEDDRA} is_continuing", "start end", "comments"),
    ParentPastDrug: Line(f"drug name indication reaction {PRODUCT} {MEDDRA_OF_DRUG}", "start end"),
    Exposure: Line(
        f"position role name drug {PRODUCT} country_obtained is_blinded cumulative_dose cumulative_dose_unit "
        "gestation gestation_unit is_off_label earlier_response action_taken is_ongoing_at_onset "
        "stated_half_life_low_hours stated_half_life_high_hours reference_half_life_low_hours "
        "reference_half_life_high_hours reference_half_lives reference_release authorisation_country",
        "",
        "authorisation_number holder earlier_response_text more_information",
    ),
    Dose: Line(
        "exposure position amount unit interval interval_unit duration duration_unit form form_code_version "
        "form_code route route_code_version route_code parent_route parent_route_code_version "
        "parent_route_code",
        "start end",
        "batch text",
    ),
    Substance: Line("exposure name term_version term strength strength_unit"),
    Indication: Line(f"exposure text {MEDDRA}"),
    DrugInformation: Line("exposure information"),
    DrugReaction: Line(
        "exposure reaction first_dose_interval first_dose_unit last_dose_interval last_dose_unit recurrence"
    ),
    CausalityAssessment: Line("pair method result", "", "source"),
    Reaction: Line(
        f"position term language {MEDDRA} highlighted is_assessed duration duration_unit is_resolved outcome "
        f"is_medically_confirmed country {SERIOUS}",
        "onset end relapse",
        "translation sequelae",
    ),
    Treatment: Line(
        "position name drug is_systemic_steroid amount unit route response",
        "start end response_at",
        "comments",
    ),
    DifferentialDiagnosis: Line("diagnosis status of_background", "", "basis"),
    Temperature: Line("phase result celsius site is_peak", "when"),
    SkinExamination: Line(
        "phase extent_percent extent facial_oedema infiltration purpura_beyond_legs scaling itch "
        "reporter_finds_suggestive",
        "when",
        "description distribution",
    ),
    LymphNodeExamination: Line("phase result is_complete", "when"),
    LymphNodeSite: Line("examination site size_cm"),
    OrganInvolvement: Line("phase organ name result meets_threshold other_explanation", "when", "basis"),
    Symptom: Line("phase term result", "when"),
    Examination: Line(
        f"phase position kind name {MEDDRA} test result result_code qualifier value unit lower_limit "
        "upper_limit is_peak has_more_information",
        "when",
        "text comment sample",
    ),
    ViralTest: Line("examination virus assay specimen"),
    BiopsyDetail: Line(
        "examination tissue keratinocyte_necrosis infiltrate conclusion", "", "conclusion_verbatim"
    ),
    GeneticDetail: Line("examination gene allele"),
    FunctionalDetail: Line("examination function"),
    ReportedScore: Line("instrument total category", "", "source literature"),
    Reporter: Line("country qualification is_primary", "", f"{ADDRESS} reporter_organisation"),
    Sender: Line("sender_type country", "", f"{ADDRESS} organisation_name fax email"),
    OtherIdentifier: Line("", "", "source identifier"),
    LinkedCase: Line("other", "", "number relation"),
    Study: Line("study_type", "", "name sponsor_number"),
    StudyRegistration: Line("country", "", "number"),
    Document: Line(
        "kind phase media_type", "when", "file_name representation compression description shows file"
    ),
    LiteratureReference: Line(
        "media_type", "", "file_name representation compression citation doi file"
    ),
    Narrative: Line("", "", "case_narrative reporter_comments sender_comments"),
    SenderDiagnosis: Line(f"term {MEDDRA}"),
    Summary: Line("language", "", "text"),
}  # fmt: skip


def leaves(model: type[models.Model]) -> dict[str, Leaves]:
    """How each column of a table leaves. Raises KeyError for a table that isn't listed."""
    own = TABLE[model].by_column()
    return own if model in (Case, CaseSummary, Standing) else {**COMMON.by_column(), **own}
