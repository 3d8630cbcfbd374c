"""The form in which a reviewer answers one item of a score."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from assessments.display.words import answer_words, points_words
from scoring.result import UNKNOWN
from scoring.tally import Row

WITHDRAW = "withdraw"


class AnswerForm(forms.Form):
    """One item: an answer of the table, a reason, and the digest of the evidence that was shown.

    `seen` is the digest of what the page shows now; the one that came back with an answer is in
    `cleaned_data`. They differ when the evidence changed while the reviewer was thinking.
    """

    key = forms.CharField()
    seen_digest = forms.CharField(max_length=64)
    answer = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose one of the answers."}
    )
    reason = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give a reason: it is kept with the answer."},
    )

    def __init__(
        self, row: Row, seen: str = "", *, is_answered: bool, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id=f"{row.key}-%s", use_required_attribute=False)
        self.item_key, self.label, self.seen = row.key, row.label, seen
        answer = cast(forms.ChoiceField, self.fields["answer"])
        answer.choices = choices(row, is_answered=is_answered)

    def service_answer(self) -> str:
        """The answer as the service takes it: "" withdraws."""
        answer = self.cleaned_data["answer"]
        return "" if answer == WITHDRAW else answer


def choices(row: Row, *, is_answered: bool) -> list[tuple[str, str]]:
    """The answers of the table with their points, and withdrawing where there is something to withdraw."""
    offered = [(answer, _choice(answer, points)) for answer, points in row.points.items()]
    return [*offered, (WITHDRAW, "Withdraw the answer that was given")] if is_answered else offered


def _choice(answer: str, points: int) -> str:
    still_open = ", the item stays open" if answer == UNKNOWN else ""
    return f"{answer_words(answer)} ({points_words(points)}{still_open})"
