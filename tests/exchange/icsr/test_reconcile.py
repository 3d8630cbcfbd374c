"""What a follow-up changes, and what it leaves alone."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest

from cases.models import Examination, Exposure, Reaction, Temperature, Treatment
from e2b import Block, Message, Null
from exchange.icsr import Reconciliation, message_of, reconcile, rows_of
from tests.e2b.cases import LEAST

EOSINOPHILS = Block("F.r", {"F.r.1": "20200110", "F.r.2.1": "EOS", "F.r.3.2": "2", "F.r.3.3": "10*9/L"})
ALT = Block("F.r", {"F.r.1": "20200110", "F.r.2.1": "ALT", "F.r.3.4": "raised"})
FEVER = Block("F.r", {"F.r.2.1": "Body temperature", "F.r.3.2": "39", "F.r.3.3": "Cel"})
PAIR = Block("G.k.9.i", {"G.k.9.i.1": "r1", "G.k.9.i.4": "4"})
DRUG = replace(LEAST.G[0], blocks={**LEAST.G[0].blocks, "G.k.9.i": (PAIR,)})
FIRST = replace(LEAST, F=(EOSINOPHILS, ALT, FEVER), G=(DRUG,))
SECOND_REACTION = Block("E.i", {"E.i.1.1a": "fever"}, ref="r2")


def after(change: Callable[[Message], Message], adapt=lambda record: None) -> tuple[Reconciliation, object]:
    record = rows_of(FIRST).record
    adapt(record)
    return reconcile(rows_of(change(FIRST)), record), record


def names(rows) -> list[str]:
    return [type(row).__name__ for row in rows]


def test_the_same_message_changes_nothing():
    changes, _ = after(lambda message: message)
    assert not changes
    assert names(changes.unchanged).count("Examination") == 3


def test_an_element_that_changes_changes_its_column_only():
    changes, record = after(lambda m: replace(m, D=m.D.with_values({"D.1": "A.B.", "D.5": "2"})))
    (row, values), *rest = changes.changed
    assert row is record.single(type(row))
    assert values == {"initials": "A.B.", "sex": "2", "null_flavors": {"D.7.2": "UNK"}}
    assert (rest, changes.added, changes.removed, changes.case_values) == ([], [], [], {})


def test_an_element_that_is_gone_empties_its_column():
    changes, _ = after(lambda m: replace(m, H=m.H.with_values({"H.1": None, "H.2": "new"})))
    assert changes.changed[0][1] == {"case_narrative": "", "reporter_comments": "new"}


def test_elements_of_the_case_itself():
    changes, _ = after(lambda m: replace(m, C=m.C.with_values({"C.1.5": "20250301", "C.1.7": Null("NI")})))
    assert str(changes.case_values["latest_information"]) == "2025-03-01"
    assert changes.case_values["is_expedited"] is None
    assert changes.case_values["null_flavors"]["C.1.7"] == "NI"


def test_a_new_result_of_a_test_changes_it_and_another_test_is_added():
    new = Block("F.r", {**EOSINOPHILS.values, "F.r.3.2": "3"})
    later = Block("F.r", {**EOSINOPHILS.values, "F.r.1": "20200120"})
    changes, record = after(lambda m: replace(m, F=(new, ALT, FEVER, later)))
    ((row, values),) = changes.changed
    assert row is record.all(Examination)[0]
    assert str(values["value"]) == "3"
    (added,) = changes.added
    assert (str(added.when), added.position) == ("2020-01-20", 4 + 3)


def test_what_a_person_corrected_is_not_guessed_anew():
    def corrected(record):
        record.all(Examination)[0].test = ""

    new = Block("F.r", {**EOSINOPHILS.values, "F.r.3.2": "3"})
    changes, _ = after(lambda m: replace(m, F=(new, ALT, FEVER)), corrected)
    assert set(changes.changed[0][1]) == {"value"}


def test_a_number_that_was_words_is_measured():
    new = Block("F.r", {"F.r.1": "20200110", "F.r.2.1": "ALT", "F.r.3.2": "300", "F.r.3.3": "U/L"})
    changes, _ = after(lambda m: replace(m, F=(EOSINOPHILS, new, FEVER)))
    ((_, values),) = changes.changed
    assert (values["result"], values["text"], values["unit"]) == ("measured", "", "U/L")


@pytest.mark.parametrize(
    ("tests", "added", "changed", "removed"),
    [
        ((EOSINOPHILS, ALT), [], [], ["Temperature", "Examination"]),
        ((EOSINOPHILS, ALT, FEVER.with_values({"F.r.3.2": "40"})), [], ["Examination", "Temperature"], []),
        ((EOSINOPHILS, ALT, FEVER, FEVER), ["Examination", "Temperature"], [], []),
        ((EOSINOPHILS, ALT, FEVER.with_values({"F.r.3.2": "400"})), [], ["Examination"], ["Temperature"]),
    ],
    ids=["test-gone", "hotter", "again", "no-temperature"],
)
def test_a_temperature_follows_its_test(tests, added, changed, removed):
    changes, _ = after(lambda m: replace(m, F=tests))
    assert (names(changes.added), names(row for row, _ in changes.changed)) == (added, changed)
    assert names(changes.removed) == removed


def test_a_reaction_that_is_gone_takes_its_pairs_with_it():
    changes, _ = after(
        lambda m: replace(m, E=(SECOND_REACTION,), G=(replace(DRUG, blocks=LEAST.G[0].blocks),))
    )
    assert names(changes.removed) == ["DrugReaction", "Reaction"]
    assert names(changes.added) == ["Reaction"]


def test_a_new_pair_hangs_below_the_rows_that_are_there():
    pair = Block("G.k.9.i", {"G.k.9.i.1": "r2"})
    drug = replace(DRUG, blocks={**DRUG.blocks, "G.k.9.i": (PAIR, pair)})
    changes, record = after(lambda m: replace(m, E=(*m.E, SECOND_REACTION), G=(drug,)))
    reaction, added = changes.added
    assert (added.exposure, added.reaction) == (record.single(Exposure), reaction)
    assert not changes.changed


def test_a_drug_with_another_local_id_is_known_by_its_name():
    changes, _ = after(lambda m: replace(m, G=(replace(DRUG, ref="other"),)))
    assert not changes


def test_what_e2b_can_not_carry_stays():
    def with_findings(record):
        record.rows[Treatment].append(Treatment(name="prednisolone"))
        record.rows[Temperature].append(Temperature(result="positive"))
        record.all(Reaction)[0].is_resolved = True

    changes, record = after(lambda m: replace(m, F=()), with_findings)
    assert [row for row in changes.unchanged if row is record.single(Treatment)]
    assert [row for row in changes.unchanged if row is record.all(Temperature)[-1]]
    assert not changes.changed


def test_elements_of_a_region_stay_where_the_message_has_none():
    regional = FIRST.C.with_values({"FDA.C.1.12": "true"})
    record = rows_of(replace(FIRST, C=regional)).record
    assert not reconcile(rows_of(FIRST), record)
    other = replace(FIRST, C=FIRST.C.with_values({"FDA.C.1.12": "false"}))
    received = reconcile(rows_of(other), record).case_values["null_flavors"]["received"]
    assert received["FDA.C.1.12"] == {"text": "false"}


def test_a_pair_that_named_nothing_is_gone_once_it_names_a_reaction():
    lost = PAIR.with_values({"G.k.9.i.1": "nowhere"})
    record = rows_of(replace(FIRST, G=(replace(DRUG, blocks={"G.k.9.i": (lost,)}),))).record
    assert message_of(record).message.G[0]["G.k.9.i"] == (lost,)
    changes = reconcile(rows_of(replace(FIRST, G=(replace(DRUG, blocks={"G.k.9.i": (PAIR,)}),))), record)
    assert names(changes.added) == ["DrugReaction"]
    assert changes.changed == [(record.single(Exposure), {"null_flavors": {}})]


def test_a_thousand_tests_are_compared_in_a_blink():
    tests = tuple(FEVER.with_values({"F.r.1": f"2020{n:04d}", "F.r.3.2": "38.5"}) for n in DAYS)
    record = rows_of(replace(FIRST, F=tests)).record
    started = process_time()
    assert not reconcile(rows_of(replace(FIRST, F=tests)), record)
    assert len(reconcile(rows_of(replace(FIRST, F=tests)), rows_of(FIRST).record).added) == 2 * len(DAYS)
    assert process_time() - started < 5


DAYS = [month * 100 + day for month in range(1, 13) for day in range(1, 29)] * 3
