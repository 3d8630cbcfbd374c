"""An instrument of two items that exists in the tests alone: fever and eosinophilia, one point each."""

from types import ModuleType, SimpleNamespace

from scoring.instrument import Category, Instrument, Subject
from scoring.regiscar.v1 import blood, systemic
from scoring.result import NO, UNKNOWN, YES
from scoring.tally import Row, tally

KEY, RULE_VERSION = "pair", "pair-test.1"
TABLE = (
    Row("fever", "Fever of the pair", {NO: 0, YES: 1, UNKNOWN: 0}),
    Row("eosinophilia", "Eosinophilia of the pair", {NO: 0, YES: 1, UNKNOWN: 0}),
)
BANDS = (
    SimpleNamespace(low=0, high=0, category="unlikely"),
    SimpleNamespace(low=1, high=2, category="likely"),
)
GRADES = {"moderate": YES, "marked": YES}


def read(facts):
    eosinophilia = blood.eosinophilia(facts)
    attainable = tuple(dict.fromkeys(GRADES.get(answer, answer) for answer in eosinophilia.attainable))
    answer = GRADES.get(eosinophilia.answer, eosinophilia.answer)
    return {
        "fever": systemic.fever(facts),
        "eosinophilia": eosinophilia._replace(answer=answer, attainable=attainable),
    }


def inputs(facts, key):
    return {"fever": systemic.fever_inputs, "eosinophilia": blood.eosinophilia_inputs}[key](facts)


def rank(total):
    return 0 if total == 0 else 1


def category(total):
    return BANDS[rank(total)].category


def score(readings, *, provisional=False):
    return tally(KEY, RULE_VERSION, TABLE, category, rank, readings)


def rules() -> ModuleType:
    module = ModuleType("pair")
    module.SECTIONS_NOT_READ = frozenset()
    module.INSTRUMENT, module.RULE_VERSION, module.TIMED_ITEM = KEY, RULE_VERSION, ""
    module.TABLE, module.BANDS = TABLE, BANDS
    module.read, module.inputs, module.score, module.category = read, inputs, score, category
    module.assess = lambda facts: score(read(facts))
    module.states = lambda facts: {}
    module.is_provisional = lambda facts: False
    return module


def pair(subject: Subject = Subject.CASE) -> Instrument:
    return Instrument(
        key=KEY,
        title="Pair",
        purpose="Two signs",
        citation="Invented for tests.",
        versions=(rules(),),
        categories=(
            Category("unlikely", "Unlikely", "unlikely pair"),
            Category("likely", "Likely", "likely pair"),
        ),
        answer_labels={"yes": "Certainly", "no": "By no means", "unknown": "Nobody knows"},
        subject=subject,
    )
