"""Cases as JSON with their scores: standing, items and reviewers' answers beside the rows of the record."""

from collections.abc import Iterable

from cases.record import as_json
from scoring.instruments import PRIMARY

# The standing of the case `c` by the primary instrument.
STANDING = f"""assessments_standing s
  WHERE s.case_id = c.id AND s.instrument = '{PRIMARY}' AND s.exposure_id IS NULL"""
SCORE = f"""(SELECT row_to_json(r) FROM (SELECT COALESCE(s.is_current, false) AS is_current, s.category,
  s.total, s.origin, s.is_settled, s.computed_total, s.computed_category, s.low, s.high, s.lowest_category,
  s.highest_category, s.adjudicated_low, s.adjudicated_high, s.adjudicated_lowest_category,
  s.adjudicated_highest_category,
  COALESCE(s.provisional, false) AS provisional, COALESCE(s.answers_due, 0) AS answers_due,
  COALESCE(s.rule_version, '') AS rule_version
  FROM (SELECT) unscored LEFT JOIN (SELECT s.* FROM {STANDING}) s ON true) r) AS score"""  # noqa: S608
ITEMS = f"""(SELECT COALESCE(json_agg(r), '[]') FROM (SELECT i.key, i.answer, i.points, i.low, i.high,
  i.basis, i.rule, i.needs, i.evidence
  FROM (SELECT COALESCE(s.adjudicated_id, s.computed_id) AS id FROM {STANDING}) a
  JOIN assessments_assessmentitem i ON i.assessment_id = a.id ORDER BY i.position) r) AS items"""  # noqa: S608
ADJUDICATIONS = """(SELECT COALESCE(json_agg(r), '[]') FROM (SELECT a.uuid, a.instrument, a.key,
  NULLIF(a.answer, '') AS answer, a.reason, u.username AS by, a.at, a.evidence_digest
  FROM assessments_revieweranswer a JOIN accounts_user u ON u.id = a.by_id
  WHERE a.case_id = c.id ORDER BY a.id) r) AS adjudications"""


def whole(case_ids: Iterable[int]) -> dict[int, str]:
    """These cases by id with all their rows, standing score, items, reviewers' answers and versions, as JSON
    text. One query.
    """
    return as_json.whole(case_ids, (SCORE, ITEMS, ADJUDICATIONS))


def digests(case_ids: Iterable[int]) -> dict[int, str]:
    """The SHA-256 of each text of `whole`, in hexadecimal, by id. One query."""
    return as_json.digests(case_ids, (SCORE, ITEMS, ADJUDICATIONS))


def light(case_ids: Iterable[int]) -> dict[int, str]:
    """These cases by id in one line each: identifiers, standing score, suspects, dates. One query."""
    return as_json.light(case_ids, (SCORE,))
