"""Organ involvement: each organ by itself, then one or two points for all of them."""

from operator import itemgetter
from typing import NamedTuple

from scoring.facts import Diagnosis, Fact, Facts, Organ
from scoring.regiscar.v1.organ_evidence import KEYS, ORGANS_ITEM, UNNAMED, Gathered, OrganEvidence
from scoring.regiscar.v1.organ_results import involving, is_triad
from scoring.regiscar.v1.organ_tests import State
from scoring.regiscar.v1.organ_words import LABELS, ORGAN_NAMES, definition_met, describe, lacking
from scoring.regiscar.v1.signs import sign_inputs
from scoring.regiscar.v1.table import ONE, TWO_OR_MORE
from scoring.result import NO, UNKNOWN, Basis, Reading, closed, reported
from vocabulary.signs import Evidence

ORGANS = tuple(organ for organ in Organ if organ is not Organ.ALL_OTHERS)
ANSWERS = (NO, ONE, TWO_OR_MORE)
TRIAD = "AST, total bilirubin and ALP above twice their upper limits"


class Verdict(NamedTuple):
    """One organ, 0 or 1 each: surely involved (`low`), involved as `reported`, possibly involved (`high`).

    `high` of other organs without a name may be more: how many they are is open too.
    """

    organ: Organ
    low: int
    reported: int
    high: int
    sentence: str = ""
    evidence: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the involvement of the organ is undecided."""
        return self.low != self.high


NOTHING_RECORDED: dict[Organ, Verdict] = {organ: Verdict(organ, 0, 0, 1) for organ in ORGANS}


def organ_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `organs` reads."""
    return (
        *[test for test in facts.tests if test.name in KEYS],
        *facts.organs,
        *sign_inputs(facts, ORGANS_ITEM),
        *facts.diagnoses,
    )


def organs(facts: Facts) -> Reading:
    """One organ 1, two or more 2, other explanations excluded."""
    verdicts = _verdicts(facts)
    low, as_reported, high = [min(2, sum(column)) for column in zip(*[v[1:4] for v in verdicts], strict=True)]
    evidence = {row for verdict in verdicts for row in verdict.evidence}
    sentence = " ".join(dict.fromkeys([v.sentence for v in verdicts if v.sentence]))
    if low == high:
        measured = low or any(t.name in KEYS and t.id in evidence for t in facts.tests)
        basis = Basis.MEASURED if measured else Basis.DENIED
        return closed(ANSWERS[low], basis, sentence, evidence)
    needs = _needs([verdict for verdict in verdicts if verdict.is_open])
    if as_reported > low:
        return reported(ANSWERS[as_reported], ANSWERS[low : high + 1], sentence, evidence, needs)
    answer = ANSWERS[low] if low else UNKNOWN
    rule = sentence or "Nothing is recorded on any organ."
    return Reading(answer, Basis.MISSING, ANSWERS[low : high + 1], rule, tuple(sorted(evidence)), needs)


def states(facts: Facts) -> dict[str, str]:
    """Each organ of the table: `involved`, `not_involved`, or `open`; other organs together."""
    verdicts = _verdicts(facts)
    return {str(organ): _state([v for v in verdicts if v.organ is organ]) for organ in ORGANS}


def _state(verdicts: list[Verdict]) -> str:
    if any(verdict.low for verdict in verdicts):
        return "involved"
    return "open" if any(verdict.high for verdict in verdicts) else "not_involved"


def _verdicts(facts: Facts) -> list[Verdict]:
    gathered = Gathered(facts)
    diagnoses = _names(facts.diagnoses)
    denials = tuple(gathered.general_denials)
    five = [
        _verdict(gathered[organ, ""], denials, diagnoses)
        if (organ, "") in gathered
        else _unmentioned(organ, denials)
        for organ in ORGANS[:-1]
    ]
    return five + _other_verdicts(gathered, denials, diagnoses)


def _names(diagnoses: tuple[Diagnosis, ...]) -> str:
    return ", ".join(sorted({diagnosis.name for diagnosis in diagnoses}))


def _unmentioned(organ: Organ, denials: tuple[str, ...]) -> Verdict:
    """An organ without evidence of its own: "no other organ involvement" applies to it."""
    if denials:
        return Verdict(organ, 0, 0, 0, "The report denies any other organ.", denials)
    return NOTHING_RECORDED[organ]


def _other_verdicts(gathered: Gathered, denials: tuple[str, ...], diagnoses: str) -> list[Verdict]:
    """Each other organ, those without a name together, and all that nobody mentioned."""
    unnamed = gathered.get(UNNAMED)
    if unnamed is not None and unnamed.is_denied:
        denials = (*denials, *unnamed.ids)
    named = [
        _verdict(evidence, denials, diagnoses)
        for (organ, name), evidence in sorted(gathered.items(), key=itemgetter(0))
        if organ is Organ.OTHER and name
    ]
    rest = _unmentioned(Organ.OTHER, denials)
    if unnamed is None:
        return [*named, rest]
    verdict = _verdict(unnamed, denials, diagnoses)
    return [*named, _without_name(verdict, unnamed, named) if verdict.high else verdict, rest]


def _without_name(verdict: Verdict, evidence: OrganEvidence, named: list[Verdict]) -> Verdict:
    """Without a name it may be one of the named organs, and two such rows may be one organ or two."""
    return verdict._replace(
        low=0 if any(v.low for v in named) else verdict.low,
        reported=0 if any(v.reported for v in named) else verdict.reported,
        high=min(2, len(evidence.ids)),
        needs=verdict.needs or ("which other organ it is",),
    )


def _verdict(evidence: OrganEvidence, denials: tuple[str, ...], diagnoses: str) -> Verdict:
    """The rules in their order: the first that applies decides."""
    if evidence.is_explained:
        return _explained_otherwise(evidence)
    met = _definition_met(evidence)
    if met or evidence.is_proven_by_finding:
        return _proven(evidence, met, diagnoses)
    if evidence.is_reported or evidence.worst >= State.REPORTED or evidence.is_reported_by_sign:
        return _reported(evidence, diagnoses)
    if evidence.worst is State.ABNORMAL:
        return _abnormal(evidence, diagnoses)
    if evidence.is_denied:
        return _make(evidence, 0, 0, 0, _also("the report denies it", describe(evidence.results)))
    if evidence.is_tested_normal:
        return _make(evidence, 0, 0, 0, "examined, not involved")
    return _undecided(evidence, denials)


def _make(evidence: OrganEvidence, low: int, as_reported: int, high: int, text: str, *needs: str) -> Verdict:
    sentence = f"{_name(evidence).capitalize()}: {text}."
    return Verdict(evidence.organ, low, as_reported, high, sentence, evidence.ids, needs)


def _name(evidence: OrganEvidence) -> str:
    return evidence.name.replace("_", " ") or ORGAN_NAMES[evidence.organ]


def _the(evidence: OrganEvidence) -> str:
    """The organ within a sentence: "the liver", "another organ"."""
    name = _name(evidence)
    return name if name == ORGAN_NAMES[Organ.OTHER] else f"the {name}"


def _also(*texts: str) -> str:
    return "; ".join([text for text in texts if text])


def _explained_otherwise(evidence: OrganEvidence) -> Verdict:
    """Explained by something else, unless another row on the organ says that it is the reaction's."""
    if evidence.is_excluded or evidence.is_reported_unexplained:
        text = "the rows disagree: one is explained otherwise, and another is not"
        return _make(evidence, 0, 0, 1, text, f"which of the rows on {_the(evidence)} holds")
    return _make(evidence, 0, 0, 0, "explained otherwise")


def _definition_met(evidence: OrganEvidence) -> str:
    """The working definitions that the results meet, in words; "" for none."""
    if evidence.worst < State.ABNORMAL:
        return ""
    rules = involving(evidence.results) if evidence.worst is State.BEYOND else []
    triad = evidence.organ is Organ.LIVER and is_triad(evidence.results)
    return ", ".join([text for text in (definition_met(rules), triad and TRIAD) if text])


def _proven(evidence: OrganEvidence, met: str, diagnoses: str) -> Verdict:
    shown = met or "the finding proves it"
    if evidence.is_denied:
        # A measure outweighs a word; two words that contradict each other are nobody's word.
        text = f"{shown}, and the report denies it: the rows disagree"
        return _make(evidence, 0, int(bool(met)), 1, text, f"which of the rows on {_the(evidence)} holds")
    if evidence.is_excluded:
        return _make(evidence, 1, 1, 1, f"involved ({shown}), other explanations excluded")
    text = _also(f"involved ({shown})", _explanation(diagnoses))
    return _make(evidence, 0, 1, 1, text, _need_of_explanation(evidence))


def _explanation(diagnoses: str) -> str:
    if diagnoses:
        verb = "are" if "," in diagnoses else "is"
        return f"{diagnoses} {verb} confirmed and may explain it or complicate DRESS"
    return "whether something else explains it is not known"


def _need_of_explanation(evidence: OrganEvidence) -> str:
    return f"whether other explanations of {_the(evidence)} are excluded"


def _reported(evidence: OrganEvidence, diagnoses: str) -> Verdict:
    """Affected by the reporter's word, or beyond a limit that asks for more dates than there are."""
    shown = _shown(evidence)
    if evidence.is_denied:
        text = f"{shown}, and the report denies it: the rows disagree"
        return _make(evidence, 0, 0, 1, text, f"which of the rows on {_the(evidence)} holds")
    if evidence.is_tested_normal and not evidence.is_reported:
        text = f"{shown}, and all tests are normal: the rows disagree"
        return _make(evidence, 0, 0, 1, text, f"whether {_the(evidence)} was affected")
    needs = lacking(evidence.results)
    if not needs:
        needs = [f"a measure or a finding that shows how {_the(evidence)} is involved"]
    if not evidence.is_excluded:
        needs.append(_need_of_explanation(evidence))
    explained = _explanation(diagnoses) if diagnoses and not evidence.is_excluded else ""
    text = _also(f"reported, {shown}", explained)
    return _make(evidence, 0, 1, 1, text, *needs)


def _shown(evidence: OrganEvidence) -> str:
    """What shows that the organ was affected, in words of the rows."""
    terms = {f"“{sign.term}”" for sign in evidence.signs if sign.evidence is not Evidence.DENIED}
    results = describe(evidence.results)
    entered = "in words, without a measure" if evidence.is_reported and not results else ""
    return _also(entered, ", ".join(sorted(terms)), results)


def _abnormal(evidence: OrganEvidence, diagnoses: str) -> Verdict:
    shown = _shown(evidence)
    denied = "the report denies it: the rows disagree" if evidence.is_denied else ""
    may = f"{diagnoses} may explain it or complicate DRESS" if diagnoses else ""
    text = _also(shown, "short of what means involvement", denied, may)
    needs = lacking(evidence.results) or [f"whether {_the(evidence)} was affected"]
    return _make(evidence, 0, 0, 1, text, *needs)


def _undecided(evidence: OrganEvidence, denials: tuple[str, ...]) -> Verdict:
    """Neither involved nor denied by name: normal as far as tested, or results that cannot be judged."""
    shown = _shown(evidence)
    if denials and evidence.worst <= State.BELOW and not evidence.signs:
        tested = "not raised as far as tested" if evidence.results else "nothing shows it"
        text = f"{tested}, and the report denies any other organ"
        return _make(evidence, 0, 0, 0, text)._replace(evidence=evidence.ids + denials)
    if shown:
        needs = lacking(evidence.results) or [f"whether {_the(evidence)} was affected"]
        return _make(evidence, 0, 0, 1, f"{shown}: open", *needs)
    if not evidence.results:
        return Verdict(evidence.organ, 0, 0, 1, "", evidence.ids)
    text = "normal as far as tested, which does not exclude it"
    return _make(evidence, 0, 0, 1, text, *_more_tests(evidence))


def _more_tests(evidence: OrganEvidence) -> list[str]:
    """The groups of the minimum set of which no test is known."""
    if not evidence.missing_normal:
        return [f"whether {_the(evidence)} was affected"]
    groups = [" or ".join([LABELS[test] for test in group]) for group in evidence.missing_normal]
    return [f"a result of {group}" for group in groups]


def _needs(open_verdicts: list[Verdict]) -> str:
    """Just what is lacking, organ by organ; where nothing is recorded on any, which organs were affected."""
    lists = [_listed(verdict.needs) for verdict in open_verdicts if verdict.needs]
    if not lists:
        names = ", ".join(dict.fromkeys(ORGAN_NAMES[verdict.organ] for verdict in open_verdicts))
        lists = [f"whether an organ was affected: {names}"]
    text = "; ".join(lists)
    return f"{text[0].upper()}{text[1:]}."


def _listed(needs: tuple[str, ...]) -> str:
    """All in one line, "and" before the last."""
    return ", and ".join([", ".join(needs[:-1]), needs[-1]] if needs[1:] else needs)
