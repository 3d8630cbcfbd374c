"""Where cases stand by RegiSCAR, and another current version of its rules, for tests."""

from dataclasses import replace

from assessments.models import Standing
from cases.models import CaseSummary
from scoring.instrument import Instrument
from scoring.regiscar import REGISCAR


def standing(case) -> Standing:
    """Where a case stands by RegiSCAR. `case` is a case or its key."""
    return Standing.objects.get(case=case, instrument="regiscar")


def summary(case) -> CaseSummary:
    return CaseSummary.objects.get(case=case)


def regiscar(*versions) -> Instrument:
    """RegiSCAR with these versions of its rules, the current one last."""
    return replace(REGISCAR, versions=versions)
