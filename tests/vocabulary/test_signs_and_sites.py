"""Tests of `vocabulary.signs` and `vocabulary.sites`: whole terms only."""

import pytest

from scoring.facts import Organ
from vocabulary.signs import Evidence, read_sign
from vocabulary.signs.reading import GROUPS, _signs
from vocabulary.sites import SiteCount, read_node_site, read_skin_area, read_tissue
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
    ("text", "area"), [("eyelids", "face"), ("shins", "legs"), ("trunk", "beyond_legs"), ("everywhere", "")]
)
def test_areas_of_the_skin(text, area):
    assert read_skin_area(text) == area


def test_no_word_belongs_to_two_regions():
    words = [word.strip() for region in NODE_REGIONS.values() for word in region.words.split("|")]
    assert len(words) == len(set(words))
