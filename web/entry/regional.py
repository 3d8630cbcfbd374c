"""The questions of FDA and EMA in the form, shown where a case is meant for one of them.

FDA's first ones stand with the case; once one is answered, the case is meant for FDA, and the others are
asked with patient, reporter, reactions and drugs. EMA's are asked about trials, where the organisation
reports to EMA.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cases.models import Case, CausalityAssessment, Exposure
from cases.models.ich import RECEIVED
from e2b import Value, text_of
from exchange.icsr.preserved_elements import BLOCKS, Place, replace_values, values_at
from exchange.sending_models import ReceiverSettings
from web.entry.django_types import AnyModelForm
from web.entry.regional_questions import (
    AS_RECEIVED,
    DEVICE,
    EMA_QUESTIONS,
    OF_A_COMBINATION,
    ON_THE_CASE,
    QUESTIONS,
    Question,
    device_questions,
)

_STUDY = "2"  # C.1.3


def questions_on(model: type[models.Model], case: Any) -> dict[str, Question]:
    """What is asked of rows of this table in a case, by the names of the boxes; of a new case the first."""
    if model is CausalityAssessment:
        return EMA_QUESTIONS[model] if is_meant_for_ema(case) else {}
    if not is_meant_for_fda(case):
        return ON_THE_CASE if model is Case else {}
    questions = QUESTIONS.get(model, {})
    if model is not Exposure or not _is_combination(case):
        return questions
    devices = {
        name: question
        for number in range(_devices(case) + 1)
        for name, question in device_questions(number).items()
    }
    return {**questions, **OF_A_COMBINATION, **devices}


def is_meant_for_fda(case: Any) -> bool:
    """Whether one of FDA's questions on the case as a whole is answered."""
    return isinstance(case, Case) and any(
        values_at(case.null_flavors, question.place) for question in QUESTIONS[Case].values()
    )


def is_meant_for_ema(case: Any) -> bool:
    """Whether a case is from a study and its organisation reports to EMA, or has EMA's answers already."""
    if not isinstance(case, Case) or case.pk is None or case.report_type != _STUDY:
        return False
    return bool(_once(case, "reports_to_ema", lambda: _reports_to_ema(case)))


def _reports_to_ema(case: Case) -> bool:
    if ReceiverSettings.objects.filter(organisation=case.organisation_id, receiver="EMA").exists():
        return True
    received = case.causality_assessments.filter(null_flavors__has_key=RECEIVED)
    return any(
        values_at(row.null_flavors, question.place)
        for row in received
        for question in EMA_QUESTIONS[CausalityAssessment].values()
    )


def _is_combination(case: Case) -> bool:
    values = values_at(case.null_flavors, Place("FDA.C.1.12"))
    return bool(values) and text_of(values[0]) == "true"


def _devices(case: Case) -> int:
    """The most devices that one of the drugs has."""
    return int(_once(case, "most_devices", lambda: _count_devices(case)))


def _count_devices(case: Case) -> int:
    rows = case.exposures.filter(null_flavors__has_key=RECEIVED).values_list("null_flavors", flat=True)
    counts = (sum(block["kind"] == DEVICE for block in flavors[RECEIVED].get(BLOCKS, ())) for flavors in rows)
    return max(counts, default=0)


def _once(case: Case, name: str, read: Any) -> Any:
    """What is read of a case once for all tables of its form."""
    kept = vars(case).setdefault("_regional", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]


def regional_fieldsets(model: type[models.Model], case: Any) -> list[tuple[str, Any]]:
    """The questions on a row, as folded parts of its form."""
    parts: dict[str, list[tuple[str, ...]]] = {}
    for name, question in questions_on(model, case).items():
        lines, boxes = parts.setdefault(question.title, []), question.names(name)
        if lines and len(lines[-1]) == len(boxes) == 1:
            lines[-1] += boxes  # two short ones beside each other
        else:
            lines.append(boxes)
    return [(title, {"classes": ("collapse",), "fields": tuple(lines)}) for title, lines in parts.items()]


def ask_regions(form: Any, case: Any) -> None:
    """Add the questions to a class of forms that was made for one request."""
    form.questions = questions_on(form._meta.model, case)
    for name, question in form.questions.items():
        form.base_fields |= question.boxes(name)


class RegionalForm(AnyModelForm):
    """A form with the questions of FDA and EMA. They are left out where a case isn't meant for them."""

    questions: Mapping[str, Question] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in self.questions.items():
            if values := values_at(self.instance.null_flavors, question.place):
                self._show(name, question, values)

    def _show(self, name: str, question: Question, values: tuple[Value, ...]) -> None:
        shown, words = question.shown(name, values), ", ".join(map(str, values))
        self.initial.update(shown)
        for box, text in shown.items():
            field = self.fields[box]
            if text == AS_RECEIVED and isinstance(field, forms.ChoiceField):
                field.choices = [*field.choices, (AS_RECEIVED, f"As received: {words}")]  # type: ignore[misc]
        if not shown:
            text_box = self.fields[name]
            text_box.help_text = f"{text_box.help_text} Received: {words}, which stays while this is empty."

    def _post_clean(self) -> None:
        answers = dict(self._changed_answers())
        if answers:
            # Whoever asks what a row was before has to find it unchanged.
            flavors = {**self.cleaned_data.get("null_flavors", self.instance.null_flavors)}
            replace_values(flavors, answers)
            self.cleaned_data["null_flavors"] = self.instance.null_flavors = flavors
            if "null_flavors" not in self.changed_data:
                self.changed_data.append("null_flavors")
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out Django's internal step

    def _changed_answers(self) -> Iterator[tuple[Place, tuple[Value, ...]]]:
        """The answers that were changed, taken out of what becomes columns."""
        for name, question in self.questions.items():
            boxes = question.names(name)
            posted = {box: self.cleaned_data.pop(box, None) or "" for box in boxes}
            changed = [box for box in boxes if self._is_changed(box)]
            if not changed:
                continue
            try:
                yield question.place, question.answer(name, posted)
            except ValidationError as error:
                self.add_error(name, error)

    def _is_changed(self, box: str) -> bool:
        """Whether an answer was changed; one that the page didn't ask for stays as it is."""
        if box not in self.changed_data:
            return False
        self.changed_data.remove(box)
        is_on_page = not self.fields[box].widget.value_omitted_from_data(
            self.data, self.files, self.add_prefix(box)
        )
        return is_on_page and box not in self.errors
