"""Tests of `vocabulary.signs` and `vocabulary.sites`: whole terms only."""

import pytest

from scoring.facts import Organ
from vocabulary.folding import fold_name
from vocabulary.other_organs import OTHER_ORGANS, is_other_organ, read_other_organ
from vocabulary.signs import Evidence, named_test, read_sign
from vocabulary.signs.reading import GROUPS, _signs
from vocabulary.signs.results import TERMS_OF_TESTS
from vocabulary.sites import SiteCount, biopsied_tissue, read_node_site, read_skin_area, read_tissue
from vocabulary.sites.nodes import NODE_REGIONS
from vocabulary.sites.tissues import TISSUES


@pytest.mark.parametrize(
    ("term", "signs"),
    [
        ("Fever", {("fever", "", "reported")}),
        ("FEVER.", {("fever", "", "reported")}),
        ("afebrile", {("fever", "", "denied")}),
        ("chills", {("fever", "", "never")}),
        ("Facial edema", {("suggesting", "skin", "reported")}),
        ("Face oedema", {("suggesting", "skin", "reported")}),
        ("Angioedema", {("suggesting", "skin", "suggests")}),
        ("generalized lymphadenopathy", {("nodes", "", "reported")}),
        ("Lymphadenopathy", {("nodes", "", "reported"), ("organs", "other", "never")}),
        ("Eosinophilic pneumonia", {("organs", "lung", "reported"), ("eosinophilia", "", "never")}),
        ("Acute kidney injury", {("organs", "kidney", "reported")}),
        ("Pneumonia", {("organs", "lung", "never")}),
        ("HHV-6 reactivation", {("virus", "", "never")}),
        ("DRESS", {("diagnosis", "", "reported")}),
        ("fever of unknown cause after dinner", set()),
        ("feverishly", set()),
        ("", set()),
    ],
)
def test_what_a_whole_term_is_evidence_of(term, signs):
    assert {(sign.item, sign.organ, sign.evidence.value) for sign in read_sign(term)} == signs


def test_a_term_is_one_kind_of_evidence_for_one_field():
    for term, signs in _signs().items():
        fields = [(sign.item, sign.organ, sign.field) for sign in signs]
        assert len(fields) == len(set(fields)), term
    assert len(_signs()) > 800


def test_organs_are_those_of_the_score():
    organs = {group.organ for group in GROUPS if group.item == "organs"}
    assert organs <= {organ.value for organ in Organ}
    assert {group.evidence for group in GROUPS} == set(Evidence)
    assert {tissue.organ for tissue in TISSUES.values()} <= {"", *(organ.value for organ in Organ)}


@pytest.mark.parametrize(
    ("text", "region", "area", "side"),
    [
        ("neck", "cervical", "neck", ""),
        ("left cervical", "cervical", "neck", "left"),
        ("LK zervikal links", "cervical", "neck", "left"),
        ("bilateral axillary lymph nodes", "axillary", "axilla", "both"),
        ("Leiste rechts", "inguinal", "groin", "right"),
        ("aine", "inguinal", "groin", ""),
        ("鼠径部", "inguinal", "groin", ""),
        ("supraclavicular", "supraclavicular", "neck", ""),
    ],
)
def test_one_region_is_one_site(text, region, area, side):
    reading = read_node_site(text)
    assert (reading.count, reading.region, reading.area, reading.side) == (SiteCount.ONE, region, area, side)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("generalised", SiteCount.SEVERAL),
        ("abdominal", SiteCount.OPEN),
        ("spleen", SiteCount.NONE),
        ("cervix", SiteCount.NONE),
        ("bilateral", SiteCount.NONE),
        ("neck and somewhere", SiteCount.UNREAD),
    ],
)
def test_what_names_no_single_region(text, count):
    assert read_node_site(text).count is count


@pytest.mark.parametrize(
    ("text", "tissue", "is_skin"),
    [
        ("Haut", "skin", True),
        ("skin, left thigh", "skin", True),
        ("skin (punch), right arm", "skin", True),
        ("forearm", "body_part", None),
        ("punch biopsy", "punch_biopsy", None),
        ("left thigh muscle", "", None),
        ("Leber", "liver", False),
        ("skin and muscle", "", None),
    ],
)
def test_which_tissue_was_biopsied(text, tissue, is_skin):
    assert (read_tissue(text).tissue, read_tissue(text).is_skin) == (tissue, is_skin)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Skin biopsy", "skin"),
        ("Biopsy of skin of thigh", "skin of thigh"),
        ("Skin, left forearm, biopsy", "skin, left forearm"),
        ("Leberbiopsie", "leberbiopsie"),
        ("biopsia de piel", "piel"),
        ("Biopsy of left forearm", "left forearm"),
        ("Biopsy", ""),
        ("skin biopsy and patch test", ""),
        ("cytology punch", ""),
        ("skin", ""),
        ("Eosinophils", ""),
    ],
)
def test_what_the_name_of_an_examination_says_was_biopsied(name, words):
    assert biopsied_tissue(name) == words
    assert bool(read_tissue(words).tissue) == bool(words)


@pytest.mark.parametrize(
    ("text", "area"), [("eyelids", "face"), ("shins", "legs"), ("trunk", "beyond_legs"), ("everywhere", "")]
)
def test_areas_of_the_skin(text, area):
    assert read_skin_area(text) == area


def test_no_word_belongs_to_two_regions():
    words = [word.strip() for region in NODE_REGIONS.values() for word in region.words.split("|")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("term", "test"),
    [
        ("Troponin normal", "troponin"),
        ("Blood urine absent", "haematuria"),
        ("ANA negative", "ana"),
        ("no growth", "blood_culture"),
        ("bacteremia", "blood_culture"),
        ("no cardiac involvement", ""),
        ("infection ruled out", ""),
    ],
)
def test_the_test_that_a_term_states(term, test):
    assert named_test(term) == test


def test_terms_of_tests_are_signs_that_count():
    for terms in TERMS_OF_TESTS.values():
        for term in terms.split("|"):
            assert any(sign.item in ("organs", "other_causes") for sign in read_sign(term)), term


@pytest.mark.parametrize(
    ("words", "organ"),
    [
        (["spleen", "Milz", "Splenomegaly", "SPLÉNOMÉGALIE"], "spleen"),
        (["CNS", "ZNS", "Encephalitis", "Gehirn"], "brain"),
        (["colon", "Dickdarm", "Colitis", "bowel"], "gut"),
        (["thyroid", "Schilddrüse", "Thyroiditis"], "thyroid"),
        (["Nebenniere", "adrenal gland"], "adrenal"),
        (["Whiskers "], "whiskers"),
        (["", " "], ""),
    ],
)
def test_words_of_one_other_organ_are_one_organ(words, organ):
    assert {read_other_organ(word) for word in words} == {organ}


def test_a_word_names_one_other_organ_only():
    words = [{fold_name(word) for word in names.split("|")} for names in OTHER_ORGANS.values()]
    assert sum(len(names) for names in words) == len(set().union(*words))


def test_signs_of_other_organs_name_theirs():
    groups = [g for g in GROUPS if g.organ == "other" and g.evidence is not Evidence.NEVER]
    without = {t.strip() for g in groups for t in g.terms.split("|") if not is_other_organ(t)}
    assert without == {
        "multi-organ involvement",
        "systemic involvement",
        "internal organ involvement",
        "visceral involvement",
        "systemic symptoms",
        "Multiorgan failure",
    }
