"""People who change cases while all cases are scored anew: nobody is turned away, nothing is lost."""

import threading

import pytest
from django.db import connection

from assessments.assessing import rescore_in_chunks
from assessments.outdated import stream_ids
from cases.amendment import amend_set
from cases.models import Case, CaseSummary, Patient, Symptom
from synthetic.insertion import synthesize
from tests.cases.rows import sql

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


def deadlocks() -> int:
    return sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")[0][0]


class Writer(threading.Thread):
    """Somebody who amends one case after another, now and then two at once, and counts up in each."""

    def __init__(self, number: int, by, cases: list[Case], turns: int, failures: list) -> None:
        super().__init__()
        self.number, self.by, self.cases, self.turns, self.failures = number, by, cases, turns, failures

    def run(self):
        try:
            for turn in range(self.turns):
                at = (self.number * 7 + turn * 5) % len(self.cases)
                chosen = {self.cases[at], self.cases[at - 1]} if turn % 4 == 0 else {self.cases[at]}
                with amend_set(chosen, by=self.by, reason=f"writer {self.number}") as amendments:
                    for amendment in amendments:
                        self.count_up(amendment, turn)
        except Exception as error:
            self.failures.append(error)
        finally:
            connection.close()

    def count_up(self, amendment, turn: int) -> None:
        patient = Patient.objects.get(case=amendment.case)
        amendment.change(patient, history_text=str(int(patient.history_text or 0) + 1))
        amendment.add(Symptom(term=f"{self.number}-{turn}"))


def work_beside_rescoring(assessor, cases: int, turns: int, chunk: int) -> None:
    for _ in synthesize(cases, seed=21):
        pass
    known = list(Case.objects.order_by("pk"))
    failures, before = [], deadlocks()
    writers = [Writer(number, assessor, known, turns, failures) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    rounds = 0
    while any(writer.is_alive() for writer in writers) or not rounds:
        for done in rescore_in_chunks(stream_ids(CaseSummary.objects.all()), jobs=2, chunk=chunk):
            assert not done.failures
        rounds += 1
    for writer in writers:
        writer.join()
    assert failures == []
    assert deadlocks() == before
    counted = sum(int(text or 0) for text in Patient.objects.values_list("history_text", flat=True))
    amended = WRITERS * turns + WRITERS * -(-turns // 4)
    assert (counted, Symptom.objects.count()) == (amended, amended)
    assert not CaseSummary.objects.filter(is_current=False).exists()
    every = stream_ids(CaseSummary.objects.all())
    assert not sum(done.changed for done in rescore_in_chunks(every, from_rows=True))


def test_eight_writers_beside_rescoring(drugs, assessor):
    work_beside_rescoring(assessor, cases=20, turns=5, chunk=4)


@pytest.mark.slow
@pytest.mark.endurance
def test_eight_writers_beside_rescoring_ten_thousand_times(drugs, assessor):
    work_beside_rescoring(assessor, cases=500, turns=1000, chunk=50)
