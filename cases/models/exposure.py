"""What was taken: drugs with their doses, indications, and how they relate to each reaction."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cases.drugs.half_lives import read_half_lives, write_half_lives
from cases.models import ich
from cases.models.base import CaseRow, case_key, evidence, not_before, not_negative, tracked, within
from cases.models.patient import EarlierResponse
from cases.models.regional import listed_answers
from scoring.facts import HalfLife
from values.numbers import plain_number

# FDA's blocks on the devices of a combination product.
DEVICE_BLOCKS = tuple(f"FDA.G.k.12.r{repeat}" for repeat in ("", ".2.r", ".3.r", ".11.r"))


class Role(models.TextChoices):
    """G.k.1: the role of the drug in the case."""

    SUSPECT = "1", "Suspect"
    CONCOMITANT = "2", "Concomitant"
    INTERACTING = "3", "Interacting"
    NOT_ADMINISTERED = "4", "Drug not administered"


SUSPECT_ROLES = (Role.SUSPECT, Role.INTERACTING)


class Action(models.TextChoices):
    """G.k.8: what was done with the drug."""

    WITHDRAWN = "1", "Drug withdrawn"
    REDUCED = "2", "Dose reduced"
    INCREASED = "3", "Dose increased"
    NOT_CHANGED = "4", "Dose not changed"
    UNKNOWN = "0", "Unknown"
    NOT_APPLICABLE = "9", "Not applicable"


class Recurrence(models.TextChoices):
    """G.k.9.i.4: whether the reaction recurred when the drug was given again."""

    RECURRED = "1", "Rechallenge done, reaction recurred"
    DID_NOT_RECUR = "2", "Rechallenge done, reaction did not recur"
    OUTCOME_UNKNOWN = "3", "Rechallenge done, outcome unknown"
    NO_RECHALLENGE = "4", "No rechallenge was done"


class Dechallenge(models.TextChoices):
    """Whether the reaction abated when the drug was stopped or reduced. ICH has no element for it."""

    ABATED = "abated", "Stopped or reduced, reaction abated"
    DID_NOT_ABATE = "persisted", "Stopped or reduced, reaction did not abate"
    OUTCOME_UNKNOWN = "unknown", "Stopped or reduced, outcome unknown"
    NOT_STOPPED = "not done", "Neither stopped nor reduced"


def _range(name: str, low: str, high: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True})
        | Q(**{f"{low}__gt": 0, f"{high}__gte": F(low)}),
        violation_error_message=message,
    )


@evidence
class Exposure(CaseRow):
    """G.k: one drug as the patient was exposed to it.

    The half-life of the dictionary is copied when the drug is entered, with the release it came
    from, so that a later dictionary changes no stored case behind anybody's back. The report's own
    half-life stands beside it and takes precedence.
    """

    case = case_key("exposures")
    position = models.PositiveSmallIntegerField(default=1)
    role = ich.code("G.k.1", dict(Role.choices), default=Role.SUSPECT)
    mpid_version = ich.text("G.k.2.1.1a")
    mpid = ich.text("G.k.2.1.1b")
    phpid_version = ich.text("G.k.2.1.2a")
    phpid = ich.text("G.k.2.1.2b")
    name = ich.text("G.k.2.2", help_text="As reported by the primary source.")
    drug = models.ForeignKey(
        "cases.Drug",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exposures",
        db_index=False,  # "exposure_by_drug" begins with it
    )
    country_obtained = ich.text("G.k.2.4", help_text="ISO 3166-1, two letters.")
    is_blinded = ich.flag("G.k.2.5")
    authorisation_number = ich.text("G.k.3.1")
    authorisation_country = ich.text("G.k.3.2", help_text="ISO 3166-1, two letters.")
    holder = ich.text("G.k.3.3")
    cumulative_dose = ich.number("G.k.5a", help_text="Up to the first reaction.")
    cumulative_dose_unit = ich.text("G.k.5b")
    gestation = ich.number("G.k.6a", help_text="Gestation at the time of exposure.")
    gestation_unit = ich.text("G.k.6b")
    is_off_label = models.BooleanField(null=True, blank=True)
    earlier_response = models.CharField(max_length=12, choices=EarlierResponse.choices, blank=True)
    earlier_response_text = models.CharField(max_length=250, blank=True)
    action_taken = ich.code("G.k.8", dict(Action.choices))
    more_information = ich.text("G.k.11")
    is_ongoing_at_onset = models.BooleanField(
        null=True, blank=True, help_text="Was treatment still running when the reaction began?"
    )
    stated_half_life_low_hours = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    stated_half_life_high_hours = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    reference_half_life_low_hours = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, editable=False
    )
    reference_half_life_high_hours = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, editable=False
    )
    reference_half_lives = models.TextField(
        blank=True,
        editable=False,
        help_text="Those of the dictionary that may count: condition, hours from and to, verified or not.",
    )
    reference_release = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ["case", "position", "id"]
        constraints = [
            listed_answers("exposure_regional_answers_listed", "G.k", *DEVICE_BLOCKS),
            not_negative("exposure_cumulative_dose_not_negative", "cumulative_dose", "A dose"),
            not_negative("exposure_gestation_not_negative", "gestation", "A gestation"),
            _range(
                "exposure_stated_half_life_right_way_up",
                "stated_half_life_low_hours",
                "stated_half_life_high_hours",
                "The stated half-life is positive, and its range runs from low to high; give both ends.",
            ),
            _range(
                "exposure_reference_half_life_right_way_up",
                "reference_half_life_low_hours",
                "reference_half_life_high_hours",
                "The reference half-life is positive, and its range runs from low to high.",
            ),
        ]
        indexes = [
            models.Index(fields=["drug", "case"], name="exposure_by_drug"),
            models.Index("name", Coalesce("drug", 0), name="exposure_as_reported"),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        """Copy the dictionary's half-life when the drug is entered or exchanged."""
        if self._state.adding or self._stored_drug() != self.drug_id:
            # All of them: where the dictionary was read for many rows, they were read with it.
            half_lives = list(self.drug.half_lives.all()) if self.drug else []
            default = next((half_life for half_life in half_lives if half_life.is_default), None)
            self.reference_half_life_low_hours = default.low_hours if default else None
            self.reference_half_life_high_hours = default.high_hours if default else None
            self.reference_half_lives = write_half_lives(half_lives)
            self.reference_release = self.drug.release if self.drug else ""

    def _stored_drug(self) -> int | None:
        return type(self).objects.filter(pk=self.pk).values_list("drug_id", flat=True).first()

    @property
    def stated_half_life_hours(self) -> tuple[Any, Any] | None:
        """(lowest, highest) as the report states it; None if it doesn't."""
        if self.stated_half_life_low_hours is None:
            return None
        return self.stated_half_life_low_hours, self.stated_half_life_high_hours

    @property
    def half_lives(self) -> tuple[HalfLife, ...]:
        """Those of the dictionary as they were when the drug was entered, the usual one first."""
        return read_half_lives(self.reference_half_lives)

    @property
    def is_suspect(self) -> bool:
        return self.role in SUSPECT_ROLES


@evidence
class Dose(CaseRow):
    """G.k.4.r: one dose, or one stretch of equal doses."""

    starts, ends = "start", "end"

    case = case_key("doses")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="doses")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order of administration.")
    amount = ich.number("G.k.4.r.1a")
    unit = ich.text("G.k.4.r.1b", help_text="UCUM, such as mg or mg/kg.")
    interval = ich.number("G.k.4.r.2")
    interval_unit = ich.text("G.k.4.r.3", help_text="UCUM, such as d or mo.")
    start = ich.moment("G.k.4.r.4")
    end = ich.moment("G.k.4.r.5")
    duration = ich.number("G.k.4.r.6a")
    duration_unit = ich.text("G.k.4.r.6b", help_text="UCUM, such as d or mo.")
    batch = ich.text("G.k.4.r.7")
    text = ich.text("G.k.4.r.8", help_text="The dosage in words.")
    form = ich.text("G.k.4.r.9.1", verbose_name="dose form")
    form_code_version = ich.text("G.k.4.r.9.2a")
    form_code = ich.text("G.k.4.r.9.2b")
    route = ich.text("G.k.4.r.10.1")
    route_code_version = ich.text("G.k.4.r.10.2a")
    route_code = ich.text("G.k.4.r.10.2b")
    parent_route = ich.text("G.k.4.r.11.1")
    parent_route_code_version = ich.text("G.k.4.r.11.2a")
    parent_route_code = ich.text("G.k.4.r.11.2b")

    class Meta:
        ordering = ["exposure", "position", "id"]
        constraints = [
            not_before(
                "dose_end_not_before_start",
                "start",
                "end",
                "A dose can't end before it begins: check both dates.",
            ),
            not_negative("dose_duration_not_negative", "duration", "A duration"),
            within("dose_amount_not_negative", "amount", 0, None, "A dose can't be negative."),
            within("dose_interval_not_negative", "interval", 0, None, "An interval can't be negative."),
        ]

    def __str__(self) -> str:
        amount = f"{plain_number(self.amount)} {self.unit}" if self.amount is not None else self.text
        return f"{amount} {self.route}".strip() or f"Dose {self.position}"


@tracked
class Substance(CaseRow):
    """G.k.2.3.r: a substance of the drug, where no product identifier names them."""

    case = case_key("substances")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="substances")
    name = ich.text("G.k.2.3.r.1")
    term_version = ich.text("G.k.2.3.r.2a")
    term = ich.text("G.k.2.3.r.2b")
    strength = ich.number("G.k.2.3.r.3a")
    strength_unit = ich.text("G.k.2.3.r.3b")

    class Meta:
        constraints = [
            not_negative("substance_strength_not_negative", "strength", "A strength"),
        ]

    def __str__(self) -> str:
        return self.name


@evidence
class Indication(CaseRow):
    """G.k.7.r: why the drug was given."""

    case = case_key("indications")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="indications")
    text = ich.text("G.k.7.r.1", help_text="As reported by the primary source.")
    meddra_version = ich.text("G.k.7.r.2a")
    meddra_code = ich.text("G.k.7.r.2b")

    def __str__(self) -> str:
        return self.text or self.meddra_code


@tracked
class DrugInformation(CaseRow):
    """G.k.10.r: something special about the drug, coded."""

    case = case_key("drug_information")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="information")
    information = ich.code("G.k.10.r")

    class Meta:
        verbose_name_plural = "drug information"

    def __str__(self) -> str:
        return self.get_information_display()


@evidence
class DrugReaction(CaseRow):
    """G.k.9.i: one drug and one reaction. Intervals as the source states them."""

    case = case_key("drug_reactions")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="reactions")
    reaction = ich.holding(
        models.ForeignKey("cases.Reaction", on_delete=models.CASCADE, related_name="exposures"), "G.k.9.i.1"
    )
    first_dose_interval = ich.number("G.k.9.i.3.1a", help_text="From first dose to reaction, as stated.")
    first_dose_unit = ich.text("G.k.9.i.3.1b", help_text="UCUM: a, mo, wk, d, h, min.")
    last_dose_interval = ich.number("G.k.9.i.3.2a", help_text="From last dose to reaction, as stated.")
    last_dose_unit = ich.text("G.k.9.i.3.2b", help_text="UCUM: a, mo, wk, d, h, min.")
    dechallenge = models.CharField(
        max_length=10,
        blank=True,
        choices=Dechallenge.choices,
        help_text="As the source says it: a recovery alone doesn't say that it followed the end of the drug.",
    )
    recurrence = ich.code("G.k.9.i.4", dict(Recurrence.choices))

    class Meta:
        constraints = [
            not_negative("drug_reaction_first_interval_not_negative", "first_dose_interval", "An interval"),
            not_negative("drug_reaction_last_interval_not_negative", "last_dose_interval", "An interval"),
            models.UniqueConstraint(
                name="drug_reaction_pair_once",
                fields=["exposure", "reaction"],
                violation_error_message="This drug and this reaction are paired already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exposure} / {self.reaction}"


@tracked
class CausalityAssessment(CaseRow):
    """G.k.9.i.2.r: somebody's judgement whether this drug caused this reaction.

    RegiSCAR is never one: it classifies the reaction, and not its cause.
    """

    case = case_key("causality_assessments")
    pair = models.ForeignKey(DrugReaction, on_delete=models.CASCADE, related_name="assessments")
    source = ich.text("G.k.9.i.2.r.1", help_text="Who judged.")
    method = ich.text("G.k.9.i.2.r.2", help_text="Naranjo, WHO-UMC, ALDEN, global introspection ...")
    result = ich.text("G.k.9.i.2.r.3")

    class Meta:
        constraints = [listed_answers("causality_regional_answers_listed", "G.k.9.i.2.r")]

    def __str__(self) -> str:
        return f"{self.method}: {self.result}"
