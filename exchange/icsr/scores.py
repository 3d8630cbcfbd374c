"""Scores in a message: the reporter's in the reporter's comments (H.2), ours in the sender's (H.4).

RegiSCAR says how sure it is that this is DRESS, not which drug did it: it never stands in G.k.9. It is no
test that was done on a day either: only messages of earlier releases have it in F.r.
"""

import re

from assessments.models import Origin
from cases.models import Reaction, ReportedScore
from cases.record.case_record import CaseRecord
from e2b import Block, text_of
from exchange.icsr.comment_tags import split_tags
from exchange.icsr.recognition import is_dress
from scoring.instruments import INSTRUMENTS, primary, rules

SENDER = "Sender of the received message"
DRESS_CODE = "10073508"  # MedDRA: drug reaction with eosinophilia and systemic symptoms
_LABEL = "classification"  # the tag of earlier releases
_TITLES = "|".join(re.escape(instrument.title) for instrument in INSTRUMENTS.values())
_REPORTED = re.compile(
    rf"(?:\A|\n\n)(?P<title>{_TITLES}) score given by the reporter: (?P<total>-?\d+)?(?:, )?"
    r"(?P<label>[^()\n]*?)(?: \((?P<source>[^\n]*)\))?\.\Z"
)


def reported_words(score: ReportedScore) -> str:
    """A score that the reporter gave, as a sentence that is recognised when it comes back."""
    instrument = INSTRUMENTS.get(score.instrument)
    title = instrument.title if instrument else score.instrument
    total = "" if score.total is None else str(score.total)
    result = ", ".join(filter(None, [total, score.category_label]))
    source = " ".join(score.source.split())
    return f"{title} score given by the reporter: {result}{f' ({source})' if source else ''}."


def split_reported(comments: str) -> tuple[str, ReportedScore | None]:
    """The reporter's comments without such a sentence at their end, and the score that it gives."""
    match = _REPORTED.search(comments)
    if match is None:
        return comments, None
    instrument = next(item for item in INSTRUMENTS.values() if item.title == match["title"])
    labels = {label: key for key, label in instrument.category_choices}
    if match["label"] not in {*labels, ""} or not (match["label"] or match["total"]):
        return comments, None
    score = ReportedScore(
        instrument=instrument.key,
        total=int(match["total"]) if match["total"] else None,
        category=labels.get(match["label"], ""),
        source=match["source"] or SENDER,
    )
    return comments[: match.start()], score


def own_words(record: CaseRecord) -> str:
    """Our score in sentences; empty where there is none, or it is outdated."""
    standing = record.standing
    if standing is None or not standing.is_current:
        return ""
    total = standing.computed_total
    if standing.origin == Origin.ADJUDICATED and standing.total is not None:
        total = standing.total
    diagnosis = primary().category(rules(standing.rule_version).category(total)).diagnosis
    how = ", as our reviewer has answered its items" if standing.origin == Origin.ADJUDICATED else ""
    sentences = [
        f"On the evidence of this report, the {primary().title} score is {total}{how}: {diagnosis}.",
        f"Depending on what the report leaves open, it lies between {standing.low} and {standing.high}."
        if standing.low < standing.high
        else "",
        "It is provisional, because the course of the reaction is not known yet."
        if standing.provisional
        else "",
        "It says how certain the diagnosis is, and not which drug has caused it.",
    ]
    return " ".join(filter(None, sentences))


def has_sign_of_dress(record: CaseRecord) -> bool:
    """Whether anything in a case points to DRESS: its name, a score that was given, or the evidence."""
    if record.all(ReportedScore) or any(is_dress_reaction(row) for row in record.all(Reaction)):
        return True
    standing = record.standing
    if standing is None:
        return False
    lowest = primary().categories[0].key
    return rules(standing.rule_version).category(standing.computed_total) != lowest


def is_dress_reaction(row: Reaction) -> bool:
    """Whether a reaction is named or coded as DRESS."""
    return row.meddra_code == DRESS_CODE or is_dress(row.term, row.translation)


def reported_score(block: Block) -> ReportedScore | None:
    """The score in a test with the tags of earlier releases, as reported by the sender; else None."""
    _, tags = split_tags(text_of(block["F.r.6"]))
    if tags.get(_LABEL) not in primary().ranks:
        return None
    total = tags.get("total", "")
    by = tags.get("origin", "")
    return ReportedScore(
        total=int(total) if total.lstrip("-").isascii() and total.lstrip("-").isdigit() else None,
        category=tags[_LABEL],
        source=tags.get("source") or f"{SENDER}{f' ({by})' if by else ''}",
    )
