"""Where a case stands by an instrument: adjudicated, else reported and attainable, else computed."""

from assessments.models import Origin, Standing
from cases.models import ReportedScore
from scoring.adjudication import Adjudication
from scoring.instrument import Rules
from scoring.result import Result


def fill_standing(
    standing: Standing,
    rules: Rules,
    computed: Result,
    adjudication: Adjudication | None,
    reported: ReportedScore | None,
) -> None:
    """Write the standing classification and the interval; saves nothing.

    Adjudicated where a reviewer's answer holds, else reported where the evidence allows it, else
    computed.
    """
    attainable = is_attainable(rules, computed, reported)
    if adjudication is not None and adjudication.held:
        best = adjudication.result
        _stand(standing, Origin.ADJUDICATED, best.total, best.category)
    elif reported is not None and attainable:
        _stand(standing, Origin.REPORTED, reported.total, _reported_category(rules, reported))
    else:
        _stand(standing, Origin.COMPUTED, computed.total, computed.category)
    standing.rule_version = rules.RULE_VERSION
    standing.reported_is_attainable = attainable
    _fill_intervals(standing, computed, adjudication)
    standing.provisional = computed.provisional
    standing.answers_due = len(adjudication.due) if adjudication else 0


def _fill_intervals(standing: Standing, computed: Result, adjudication: Adjudication | None) -> None:
    """Write what the evidence alone leaves attainable, and what reviewers' answers that hold do."""
    standing.computed_total, standing.computed_category = computed.total, str(computed.category)
    standing.low, standing.high = computed.low, computed.high
    standing.lowest_category, standing.highest_category = _end_classes(computed)
    best = adjudication.result if adjudication is not None and adjudication.held else None
    standing.adjudicated_low, standing.adjudicated_high = (best.low, best.high) if best else (None, None)
    ends = _end_classes(best) if best else (None, None)
    standing.adjudicated_lowest_category, standing.adjudicated_highest_category = ends


def _end_classes(result: Result) -> tuple[str, str]:
    return str(result.categories[0]), str(result.categories[-1])


def is_attainable(rules: Rules, computed: Result, reported: ReportedScore | None) -> bool | None:
    """Whether the evidence allows the reported score; None without one."""
    if reported is None:
        return None
    # Each open item can come to any of the points between its ends, so the sum can too.
    within_reach = range(computed.low, computed.high + 1)
    totals = within_reach if reported.total is None else {reported.total}.intersection(within_reach)
    return any(reported.category in ("", rules.category(total)) for total in totals)


def _reported_category(rules: Rules, reported: ReportedScore) -> str:
    """The class that the source gives, else that of its total; a reported score has one of them."""
    if reported.category or reported.total is None:
        return reported.category
    return rules.category(reported.total)


def _stand(standing: Standing, origin: Origin, total: int | None, category: str) -> None:
    standing.origin, standing.total, standing.category = origin, total, str(category)
