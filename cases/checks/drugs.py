"""Drugs: can they have caused the reaction, and is their dose and time known."""

import re
from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import Dose, DrugReaction, Exposure, Reaction

# Biological medicines, whose batches differ (EMA, GVP P.II): vaccines and sera, insulins, clotting factors,
# growth factors, interferons, inhibitors of TNF and of interleukins, antibodies, by ATC; and by the stems of
# international nonproprietary names.
BIOLOGICAL_ATC = ("J06", "J07", "A10A", "B02BD", "L03AA", "L03AB", "L04AB", "L04AC", "L04AG", "L01F")
BIOLOGICAL_NAME = re.compile(r"(mab|cept|kinra|leukin|vaccine|insulin)\b", re.IGNORECASE)


def suspect_after_onset(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Certainly after every reaction. Where they may overlap there is no remark."""
    for exposure in _suspects(checked):
        doses = [dose for dose in _doses(checked, exposure) if dose.start]
        if doses and all(_after_every_reaction(checked, dose) for dose in doses):
            yield FieldRemark(
                doses[0],
                "start",
                f"{exposure.name} was started after the reaction began. Check both dates, or the role of the "
                "drug.",
            )


def suspect_without_dose(checked: CheckedCase) -> Iterator[FieldRemark]:
    for exposure in _suspects(checked):
        doses = _doses(checked, exposure)
        if not any(dose.amount is not None or dose.text for dose in doses):
            yield FieldRemark(
                doses[0] if doses else exposure,
                "amount" if doses else "name",
                "A suspect drug without a dose. Enter the dose, or how it was taken in words.",
            )


def suspect_without_start(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Unless the source itself gives the time to the reaction, or the reaction is dated from a dose."""
    timed = {
        pair.exposure_id for pair in checked.record.all(DrugReaction) if pair.first_dose_interval is not None
    }
    for exposure in _suspects(checked):
        doses = _doses(checked, exposure)
        if exposure.pk in timed or any(dose.start or _days_known(checked, dose) for dose in doses):
            continue
        yield FieldRemark(
            doses[0] if doses else exposure,
            "start" if doses else "name",
            "Nobody can say how long a suspect drug was taken before the reaction. Enter when it was "
            "started, as precisely as it is known.",
        )


def biological_without_batch(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Unless a dose says why it isn't known."""
    for exposure in _suspects(checked):
        doses = _doses(checked, exposure)
        if _is_biological(exposure) and not any(
            dose.batch or dose.null_flavors.get("G.k.4.r.7") for dose in doses
        ):
            yield FieldRemark(
                doses[0] if doses else exposure,
                "batch" if doses else "name",
                "A biological medicine without a batch number. Ask the reporter for it and enter it with the "
                "dose, or choose why it isn't known.",
            )


def ongoing_but_ended(checked: CheckedCase) -> Iterator[FieldRemark]:
    for exposure in checked.record.all(Exposure):
        doses = _doses(checked, exposure)
        if (
            exposure.is_ongoing_at_onset
            and doses
            and all(_ended_before_onset(checked, dose) for dose in doses)
        ):
            yield FieldRemark(
                exposure,
                "is_ongoing_at_onset",
                "The last dose ended before the reaction began. Answer no, or check the dates.",
            )


def _is_biological(exposure: Exposure) -> bool:
    """By the dictionary where it has the ATC code of the drug, and by the name."""
    atc = exposure.drug.atc if exposure.drug else ""
    return atc.startswith(BIOLOGICAL_ATC) or bool(BIOLOGICAL_NAME.search(exposure.name))


def _suspects(checked: CheckedCase) -> Iterator[Exposure]:
    return (exposure for exposure in checked.record.all(Exposure) if exposure.is_suspect)


def _doses(checked: CheckedCase, exposure: Exposure) -> list[Dose]:
    return [dose for dose in checked.record.all(Dose) if dose.exposure_id == exposure.pk]


def _after_every_reaction(checked: CheckedCase, dose: Dose) -> bool:
    gaps = [
        checked.timeline.between(reaction.anchor, dose.anchor) for reaction in checked.record.all(Reaction)
    ]
    return bool(gaps) and all(gap.low is not None and gap.low > 0 for gap in gaps)


def _ended_before_onset(checked: CheckedCase, dose: Dose) -> bool:
    return bool(dose.end) and checked.timeline.days_to(f"{dose.anchor}.end").surely_below(0)


def _days_known(checked: CheckedCase, dose: Dose) -> bool:
    return checked.timeline.days_to(dose.anchor).is_known
