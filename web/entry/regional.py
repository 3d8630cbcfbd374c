"""FDA's own elements in the form: questions that are shown where a case is meant for FDA.

The first of them stand with the case; once one is answered, the case is meant for FDA, and the others are
asked with patient, reporter, reactions and drugs. Answers are kept where a received message has them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.db import models
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from cases.models import Case, Exposure, Patient, Reaction, Reporter
from e2b import Block, Null, Value
from e2b.codelists import CODE_LISTS
from e2b.elements import ELEMENTS
from exchange.icsr.preserved_elements import (
    preserved_blocks,
    preserved_values,
    replace_block,
    replace_value,
)
from web.entry.datalists import NULL_FLAVORS
from web.entry.django_types import AnyModelForm
from web.entry.fields import PlainText

TITLE = "For FDA"
AS_RECEIVED = "as received"
NOT_CHOSEN = "Select value"
_ABSENT = "absent:"
_YES_OR_NO = {"true": "Yes", "false": "No"}


@dataclass(frozen=True)
class Question:
    """An element of FDA as a question. `place`: which of the blocks of its kind, where it has blocks."""

    element: str
    label: str
    help: str
    place: int | None = None

    def read(self, row: models.Model) -> Value | None:
        """What a row holds for this element."""
        flavors = row.null_flavors  # type: ignore[attr-defined]
        if not flavors:
            return None
        if self.place is None:
            value, _ = preserved_values(flavors).get(self.element, (None, ""))
            return value
        blocks = self._blocks(flavors)
        return blocks[self.place][self.element] if self.place < len(blocks) else None

    def write(self, flavors: dict[str, Any], value: Value | None) -> None:
        """Replace the answer among a row's reasons of absence, where regional elements are kept."""
        if self.place is None:
            replace_value(flavors, self.element, value)
            return
        kind = ELEMENTS[self.element].block
        replace_block(
            flavors, kind, self.place, None if value is None else Block(kind, {self.element: value})
        )

    def choices(self) -> dict[str, str]:
        """Keys as posted, with their words: FDA's codes, then the reasons why there is none."""
        element = ELEMENTS[self.element]
        codes = {"true": "Yes"} if element.codes == "true" else _YES_OR_NO
        if element.type != "bool":
            codes = {
                code: words[:1].upper() + words[1:] for code, words in CODE_LISTS[element.codes].codes.items()
            }
        reasons = {f"{_ABSENT}{why}": NULL_FLAVORS.get(why, why).capitalize() for why in element.null_flavors}
        return {**codes, **reasons}

    def field(self) -> forms.Field:
        """An empty box for the answer."""
        element = ELEMENTS[self.element]
        words: dict[str, Any] = {"label": self.label, "help_text": self.help, "required": False}
        if not element.codes and element.type == "AN":
            return PlainText(
                max_length=element.length,
                validators=[validate_email],
                widget=UnfoldAdminTextInputWidget(),
                **words,
            )
        choices = [("", NOT_CHOSEN), *self.choices().items()]
        return forms.ChoiceField(choices=choices, widget=UnfoldAdminSelectWidget(), **words)

    def _blocks(self, flavors: dict[str, Any]) -> list[Block]:
        kind = ELEMENTS[self.element].block
        return [block for block in preserved_blocks(flavors) if block.kind == kind]


QUESTIONS: dict[type[models.Model], dict[str, Question]] = {
    Case: {
        "fda_combination_product": Question(
            "FDA.C.1.12",
            "Is a combination product involved?",
            "A drug together with a device, such as a prefilled pen. Once this is answered and saved, FDA's "
            "questions on patient, reporter, reactions and drugs are shown.",
        ),
        "fda_report_type": Question(
            "FDA.C.1.7.1",
            "Which kind of report is it for FDA?",
            "Choose how soon FDA has to have it. Empty: 15-day if the report is expedited.",
        ),
    },
    Reporter: {
        "fda_email": Question(
            "FDA.C.2.r.2.8", "Reporter's e-mail", "Such as name@example.org. Empty: FDA reads “not asked”."
        ),
    },
    Patient: {
        "fda_race": Question(
            "FDA.D.11.r.1", "Patient's race", "Choose the patient's race, or why it isn't known.", 0
        ),
        "fda_second_race": Question(
            "FDA.D.11.r.1", "Second race", "Only if the patient belongs to more than one.", 1
        ),
        "fda_ethnicity": Question(
            "FDA.D.12", "Patient's ethnicity", "Choose the patient's ethnicity, or why it isn't known."
        ),
    },
    Reaction: {
        "fda_required_intervention": Question(
            "FDA.E.i.3.2h",
            "Did it need an intervention to prevent permanent harm?",
            "Choose Yes, or that no information is at hand.",
        ),
    },
    Exposure: {
        "fda_drug_role": Question(
            "FDA.G.k.1.a", "Is it a similar device?", "Only for a device like the one that failed."
        ),
        "fda_drug_information": Question(
            "FDA.G.k.10a", "What was this product for?", "Only for some reports: test, reference ..."
        ),
    },
}  # fmt: skip


def is_meant_for_fda(case: Any) -> bool:
    """Whether one of FDA's questions on the case as a whole is answered."""
    return isinstance(case, Case) and any(
        question.read(case) is not None for question in QUESTIONS[Case].values()
    )


def regional_fieldset(model: type[models.Model]) -> tuple[str, Any]:
    """FDA's questions on a row, as a part of its form."""
    return (TITLE, {"classes": ("collapse",), "fields": tuple((name,) for name in QUESTIONS[model])})


def ask_for_fda(form: Any) -> None:
    """Add FDA's questions to a class of forms that was made for one request."""
    form.for_fda = True
    form.base_fields |= {name: question.field() for name, question in QUESTIONS[form._meta.model].items()}


class RegionalForm(AnyModelForm):
    """A form with FDA's questions. They are left out where a case isn't meant for FDA."""

    for_fda = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in self.questions.items():
            value = question.read(self.instance)
            if value is not None:
                self.initial[name] = self._shown(name, value)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """FDA's questions on a row of this table by the names of their boxes."""
        return QUESTIONS[self._meta.model] if self.for_fda else {}

    def _shown(self, name: str, value: Value) -> str:
        question, field = self.questions[name], self.fields[name]
        key = f"{_ABSENT}{value.flavor}" if isinstance(value, Null) else value
        if not isinstance(field, forms.ChoiceField):
            if isinstance(value, str):
                return value
            field.help_text = f"{question.help} Received: {value}, which stays while this is empty."
            return ""
        choices = question.choices()
        if isinstance(key, str) and key in choices:
            return key
        field.choices = [("", NOT_CHOSEN), *choices.items(), (AS_RECEIVED, f"As received: {value}")]
        return AS_RECEIVED

    def _post_clean(self) -> None:
        answers = dict(self._taken_answers())
        if answers:
            # Whoever asks what a row was before has to find it unchanged.
            flavors = {**self.cleaned_data.get("null_flavors", self.instance.null_flavors)}
            for question, value in sorted(answers.items(), key=_written_in_order):
                question.write(flavors, value)
            self.cleaned_data["null_flavors"] = self.instance.null_flavors = flavors
            if "null_flavors" not in self.changed_data:
                self.changed_data.append("null_flavors")
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out Django's internal step

    def _taken_answers(self) -> Iterator[tuple[Question, Value | None]]:
        """The answers that were changed, taken out of what becomes columns."""
        for name, question in self.questions.items():
            text = self.cleaned_data.pop(name, None)
            if name in self.changed_data:
                self.changed_data.remove(name)
                if name not in self.errors:
                    yield question, _value(text)


def _value(text: str | None) -> Value | None:
    if not text:
        return None
    return Null(text.removeprefix(_ABSENT)) if text.startswith(_ABSENT) else text


def _written_in_order(answer: tuple[Question, Value | None]) -> tuple[bool, int]:
    """Values from the first place on, then what is taken away from the last on: no place moves meanwhile."""
    question, value = answer
    place = question.place or 0
    return value is None, place if value is not None else -place
