"""What a person here has changed in a received case stays when the sender's follow-up comes in (IG 3.3.4)."""

from dataclasses import replace

import pytest

from cases.amendment import amend
from cases.models import Case, CausalityAssessment, Document, DrugReaction, Exposure, SenderDiagnosis
from e2b import Block, Null
from exchange.models import ImportState
from tests.exchange.icsr.own_samples import every_element, message_named
from tests.exchange.material import again, file_of, imported, written
from tests.exchange.test_follow_ups import content

pytestmark = pytest.mark.django_db

FIRST = message_named("DE-X-1", every_element())
# Columns of a received case that a person here may change, by model.
CHANGES = {
    "case": {"is_expedited": False},
    "narrative": {"sender_comments": "Our view."},
    "reactions": {"translation": "our words", "reporter_disabling": None, "meddra_version": "99.0"},
    "examinations": {"has_more_information": None},
    "causality_assessments": {"result": "unlikely"},
    "sender_diagnoses": {"meddra_code": "10000077"},
}


@pytest.fixture
def case(tmp_path, assessor) -> Case:
    (result,) = imported(*written(tmp_path, file_of(FIRST)))
    assert result["fate"] == ImportState.NEW, result
    return Case.objects.get()


def follow_up(folder, **sections):
    """The report of a follow-up with these sections, and with news in the narrative."""
    message = replace(FIRST, **{"H": FIRST.H, **sections})
    message = message.with_sections(H=message.H.with_values({"H.1": "news"}))
    (result,) = imported(*written(folder, file_of(message, number="B-2")))
    assert result["fate"] == ImportState.FOLLOW_UP, result
    return result


def change(case: Case, by, relation: str, **values) -> None:
    with amend(case, by=by, reason="our view") as amendment:
        if relation == "case":
            amendment.change_case(**values)
            return
        related = getattr(case, relation)
        amendment.change(related.first() if hasattr(related, "first") else related, **values)


@pytest.mark.parametrize("relation", CHANGES)
def test_what_we_have_changed_stays(relation, case, tmp_path, assessor):
    change(case, assessor, relation, **CHANGES[relation])
    ours = again(Case.objects.get())
    assert content(ours) != content(FIRST)
    report = follow_up(tmp_path)
    expected = ours.with_sections(H=ours.H.with_values({"H.1": "news"}))
    assert content(again(Case.objects.get())) == content(expected)
    assert not [note for note in report["notes"] if "changed here" in note]


def test_what_the_sender_changes_too_stands_beside_ours(case, tmp_path, assessor):
    change(case, assessor, "narrative", sender_comments="Our view.")
    report = follow_up(tmp_path, H=FIRST.H.with_values({"H.4": "Their new view."}))
    assert Case.objects.get().narrative.sender_comments == "Our view."
    (note,) = (note for note in report["notes"] if "changed here" in note)
    assert "(H.4)" in note
    assert "“Our view.”. The sender now says: “Their new view.”." in note


def test_what_nobody_here_has_changed_follows_the_sender(case, tmp_path, assessor):
    change(case, assessor, "narrative", reporter_comments="A typing error mended.")
    follow_up(tmp_path, H=FIRST.H.with_values({"H.4": "Their new view."}))
    assert Case.objects.get().narrative.sender_comments == "Their new view."


def test_rows_of_ours_stay_and_removed_ones_stay_away(case, tmp_path, assessor):
    pair = case.drug_reactions.first()
    with amend(case, by=assessor, reason="assessed here") as amendment:
        amendment.remove(case.sender_diagnoses.first())
        amendment.add(CausalityAssessment(pair=pair, source="Us", method="WHO-UMC", result="possible"))
    theirs = Block("H.3.r", {"H.3.r.1a": "27.0", "H.3.r.1b": "10000009"})
    new = Block("G.k.9.i.2.r", {"G.k.9.i.2.r.1": "Them", "G.k.9.i.2.r.2": "ALDEN", "G.k.9.i.2.r.3": "5"})
    drug = FIRST.G[0]
    judged = drug["G.k.9.i"][0]
    judged = replace(judged, blocks={**judged.blocks, "G.k.9.i.2.r": (*judged["G.k.9.i.2.r"], new)})
    drug = replace(drug, blocks={**drug.blocks, "G.k.9.i": (judged,)})
    follow_up(
        tmp_path,
        H=replace(FIRST.H, blocks={**FIRST.H.blocks, "H.3.r": (*FIRST.H["H.3.r"], theirs)}),
        G=(drug,),
    )
    case = Case.objects.get()
    assert [row.meddra_code for row in case.sender_diagnoses.all()] == ["10000009"]
    assert {row.source for row in case.causality_assessments.all()} >= {"Us", "Them"}


def test_a_pair_that_only_we_have_assessed_stays(tmp_path, assessor):
    drug = FIRST.G[0]
    message = replace(FIRST, G=(replace(drug, blocks={**drug.blocks, "G.k.9.i": ()}),))
    imported(*written(tmp_path, file_of(message)))
    case = Case.objects.get()
    with amend(case, by=assessor, reason="assessed here") as amendment:
        pair = amendment.add(DrugReaction(exposure=Exposure.objects.first(), reaction=case.reactions.first()))
        amendment.add(CausalityAssessment(pair=pair, source="Us", method="WHO-UMC", result="possible"))
        amendment.add(Document(description="photograph"))
        amendment.add(SenderDiagnosis(meddra_version="27.0", meddra_code="10000001"))
    follow_up(tmp_path, G=message.G)
    assert CausalityAssessment.objects.get().source == "Us"
    assert "photograph" in Document.objects.values_list("description", flat=True)
    assert SenderDiagnosis.objects.filter(meddra_code="10000001").exists()


def test_what_we_have_filled_in_is_not_emptied_by_the_next_follow_up(tmp_path, assessor):
    message = FIRST.with_sections(C=FIRST.C.with_values({"C.1.7": Null("NI")}))
    imported(*written(tmp_path, file_of(message)))
    change(Case.objects.get(), assessor, "case", is_expedited=True, null_flavors={})
    follow_up(tmp_path, C=message.C)
    assert Case.objects.get().is_expedited is True
