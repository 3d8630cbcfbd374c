"""Follow-ups that add, change and remove blocks at any level come in, and the case equals the message."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cases.amendment import amend
from cases.models import Case, Examination
from e2b import Block, Message
from e2b.elements import BLOCK, ELEMENTS
from exchange.models import ImportState
from tests.exchange.icsr.own_samples import every_element, message_named
from tests.exchange.material import again, file_of, imported, run, written
from tests.material import ICSR_FINDINGS, conformance
from values.dates import PartialDate

pytestmark = pytest.mark.django_db

FIRST = message_named("DE-X-1", every_element())
SECTIONS = {"E": "E.i", "F": "F.r", "G": "G.k"}
_QUICK = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
_LONG = settings(_QUICK, max_examples=300, derandomize=False)


@pytest.fixture(autouse=True)
def _user(assessor):
    """The only one who may import."""


@st.composite
def follow_ups(draw: st.DrawFn) -> Message:
    """The first message after one to five changes of its blocks; changes may follow upon each other."""
    message = FIRST
    for number in range(draw(st.integers(1, 5))):
        places = list(_places(message))
        place = draw(st.sampled_from(places))
        change = draw(st.sampled_from([_added, _changed, _removed]))
        message = _whole(_edited(message, place, change, f"news {number}"))
    return message


def _places(message: Message):
    """The way to every block that repeats: kinds and positions, from the section downwards."""
    for name in "CDH":
        yield from _within(getattr(message, name), (name,))
    for name in SECTIONS:
        for position, block in enumerate(getattr(message, name)):
            yield (name, position)
            yield from _within(block, (name, position))


def _within(block: Block, way: tuple):
    for kind, inner in block.blocks.items():
        for position, member in enumerate(inner):
            yield (*way, kind, position)
            yield from _within(member, (*way, kind, position))


def _edited(message: Message, place: tuple, change, words: str) -> Message:
    name, *way = place
    if name in SECTIONS:
        blocks = _edited_among(getattr(message, name), way, change, words)
        return replace(message, **{name: blocks})
    return replace(message, **{name: _edited_inside(getattr(message, name), way, change, words)})


def _edited_among(blocks: tuple[Block, ...], way: list, change, words: str) -> tuple[Block, ...]:
    position, *rest = way
    member = blocks[position]
    members = (_edited_inside(member, rest, change, words),) if rest else change(member, words)
    return (*blocks[:position], *members, *blocks[position + 1 :])


def _edited_inside(block: Block, way: list, change, words: str) -> Block:
    kind, *rest = way
    return replace(
        block, blocks={**block.blocks, kind: _edited_among(block.blocks[kind], rest, change, words)}
    )


def _added(block: Block, words: str) -> tuple[Block, ...]:
    """Another block like this one, with all that is inside; a pair or a primary source stays single."""
    (other,) = _changed(block, words)
    if BLOCK[block.kind].key:
        return (other,)
    unmarked = other.with_values({"C.2.r.5": None}) if block.kind == "C.2.r" else other
    return (block, replace(unmarked, ref=block.ref and words))


def _changed(block: Block, words: str) -> tuple[Block, ...]:
    texts = [name for name in block.values if _is_free_text(ELEMENTS[name])]
    return (block.with_values(dict.fromkeys(texts, words)),)


def _is_free_text(element) -> bool:
    return element.type == "AN" and not element.codes and element.length >= 20


def _removed(block: Block, words: str) -> tuple[Block, ...]:
    return ()


def _whole(message: Message) -> Message:
    """Without pairs of reactions that the message no longer has."""
    refs = {block.ref for block in message.E}

    def paired(drug: Block) -> Block:
        pairs = tuple(pair for pair in drug["G.k.9.i"] if pair["G.k.9.i.1"] in refs)
        return replace(drug, blocks={**drug.blocks, "G.k.9.i": pairs})

    return replace(message, G=tuple(map(paired, message.G)))


def content(message: Message) -> list:
    """A message without its order, its local ids and its time of creation."""
    names = {block.ref: repr(_plain(block, {})) for block in message.E}
    C = message.C.with_values({"C.1.2": None})  # noqa: N806
    blocks = [C, message.D, *message.E, *message.F, *message.G, message.H]
    return sorted(repr(_plain(block, names)) for block in blocks)


def _plain(block: Block, names: dict) -> tuple:
    values = sorted(
        (name, names.get(value, repr(value)) if name == "G.k.9.i.1" else repr(value))
        for name, value in block.values.items()
    )
    inner = sorted(repr(_plain(member, names)) for members in block.blocks.values() for member in members)
    return block.kind, values, inner


def comes_in(message: Message, folder) -> None:
    with transaction.atomic():
        first, second = imported(*written(folder, file_of(FIRST), file_of(message, number="B-2")))
        assert first["fate"] == ImportState.NEW, first["reasons"]
        assert second["fate"] in (ImportState.FOLLOW_UP, ImportState.UNCHANGED), second["reasons"]
        assert content(again(Case.objects.get(number="DE-X-1"))) == content(message)
        transaction.set_rollback(True)


def test_blocks_of_every_kind_are_added_below_old_and_new_ones(tmp_path):
    """Rows of the lowest kinds come first in the message, those that others of them hang below later."""
    message = FIRST
    first_places = {place[0::2]: place for place in reversed(list(_places(FIRST)))}
    for place in sorted(first_places.values(), key=len, reverse=True):
        message = _edited(message, place, _added, "news")
    comes_in(message, tmp_path)


def test_sections_that_were_empty_fill_with_their_blocks(tmp_path):
    empty = replace(FIRST, D=Block("D"), H=Block("H"))
    results = imported(*written(tmp_path, file_of(empty), file_of(FIRST, number="B-2")))
    assert [result["fate"] for result in results] == [ImportState.NEW, ImportState.FOLLOW_UP], results
    assert content(again(Case.objects.get(number="DE-X-1"))) == content(FIRST)


@_QUICK
@given(message=follow_ups())
def test_a_follow_up_comes_in_whatever_it_changes(message, tmp_path_factory):
    comes_in(message, tmp_path_factory.mktemp("files"))


@pytest.mark.slow
@_LONG
@given(message=follow_ups())
def test_many_follow_ups_come_in(message, tmp_path_factory):
    comes_in(message, tmp_path_factory.mktemp("files"))


@conformance
def test_a_dose_of_a_known_drug_and_a_new_drug_with_a_dose():
    files = [file for file in ICSR_FINDINGS if file.stem.startswith("02-")]
    status, results = run("import_icsr", *files)
    assert (status, [result["fate"] for result in results]) == (0, ["new", "follow_up"])
    drugs = again(Case.objects.get()).G
    assert [len(drug["G.k.4.r"]) for drug in drugs] == [1, 1]


def test_a_phase_follows_the_onset_until_a_person_chooses_another(tmp_path, assessor):
    """Else a test that a new onset makes background would leave with tags that nobody wrote."""
    early, late, later = (_with_onset(month) for month in ((2019, 12), (2020, 3), (2020, 4)))
    imported(*written(tmp_path, file_of(early)))
    assert _phases() == {"reaction"}
    (result,) = imported(*written(tmp_path, file_of(late, number="B-2")))
    assert result["fate"] == ImportState.FOLLOW_UP, result["reasons"]
    assert _phases() == {"background"}
    case = Case.objects.get(number="DE-X-1")
    assert content(again(case)) == content(late)

    with amend(case, by=assessor, reason="The day before was meant."):
        for test in Examination.objects.filter(case=case):
            test.phase = "reaction"
            test.save()
    imported(*written(tmp_path, file_of(later, number="B-3")))
    assert _phases() == {"reaction"}


def _with_onset(month: tuple[int, ...]) -> Message:
    times = {"E.i.4": PartialDate(month), "E.i.5": None, "E.i.6a": None, "E.i.6b": None}
    return replace(FIRST, E=tuple(reaction.with_values(times) for reaction in FIRST.E))


def _phases() -> set[str]:
    return set(Examination.objects.values_list("phase", flat=True))
