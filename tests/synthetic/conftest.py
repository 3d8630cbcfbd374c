from dataclasses import replace
from types import ModuleType

import pytest

from accounts.models import Reach
from cases.models import Case
from scoring.instruments import registered
from scoring.regiscar import v1
from scoring.result import YES
from synthetic.insertion import synthesize
from tests.standings import regiscar


@pytest.fixture
def make_user(make_user):
    """Make users who reach synthetic cases too, which an organisation of their own holds."""

    def make(*args):
        user = make_user(*args)
        user.reach = Reach.ALL
        user.save()
        return user

    return make


@pytest.fixture
def cases(letter_cases):
    """Forty synthetic cases and the two of the letter, scored."""
    for _ in synthesize(40, seed=11):
        pass
    return list(Case.objects.order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def lenient():
    """A rule version that takes a missing fever for fever, installed and not the current one."""

    def read(facts):
        readings = v1.read(facts)
        fever = readings["fever"]
        return {**readings, "fever": fever._replace(answer=YES) if fever.answer != YES else fever}

    rules = ModuleType("lenient")
    vars(rules).update({name: value for name, value in vars(v1).items() if not name.startswith("__")})

    def score(readings, *, provisional=False):
        return replace(v1.score(readings, provisional=provisional), rule_version="regiscar-lenient.1")

    rules.RULE_VERSION, rules.read, rules.score = "regiscar-lenient.1", read, score
    rules.assess = lambda facts: score(read(facts), provisional=v1.is_provisional(facts))
    with registered(regiscar(rules, v1)):
        yield rules
