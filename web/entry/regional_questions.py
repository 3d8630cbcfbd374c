"""What only FDA or EMA asks for, as questions on the case and its rows, in words of those who enter it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from cases.models import Case, CausalityAssessment, Exposure, Patient, Reaction, Reporter
from cases.models.regional import choices_of
from cases.preserved_words import NULL_FLAVORS, value_words
from e2b import Null, Value
from e2b.elements import ELEMENTS
from e2b.elements.model import Element
from exchange.icsr.preserved_elements import Place
from web.entry.fields import PlainText

FDA, EMA = "For FDA", "For EMA"
AS_RECEIVED = "as received"
NOT_CHOSEN = "Select value"
_ABSENT = "absent:"
_WHY = "_why"
DEVICE = "FDA.G.k.12.r"


@dataclass(frozen=True)
class Form:
    """What a text has to look like: a pattern, and the sentence that asks for it."""

    pattern: str
    sentence: str

    def __call__(self, text: str) -> None:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValidationError(self.sentence)


APPLICATION = Form(r"\d{6}", "Write the six digits of the number, such as 123456.")
CODE = Form(r"[A-Za-z]?\d{1,6}", "Write the code itself, such as C102834 or 2993.")
PRODUCT = Form(r"[A-Za-z]{3}", "Write FDA's product code of three letters, such as KZE.")
DIGIT = Form(r"\d", "Write one digit.")
COUNTRY = Form(r"[A-Z]{2}", "Write the country's code of two capitals, such as DE.")


@dataclass(frozen=True)
class Question:
    """One question and its boxes: a list of choices, or a text with a second box for why there is none."""

    title: str
    place: Place
    label: str
    hint: str
    check: Any = None

    @property
    def element(self) -> Element:
        return ELEMENTS[self.place.element]

    @property
    def is_choice(self) -> bool:
        return bool(choices_of(self.element)) and self.check is None

    def choices(self) -> dict[str, str]:
        """Keys as posted, with their words: the region's codes, then the reasons why there is none."""
        words = {code: value_words(self.element.id, {"text": code}) for code in choices_of(self.element)}
        return {code: text[:1].upper() + text[1:] for code, text in words.items()} | self.reasons()

    def reasons(self) -> dict[str, str]:
        """Keys as posted of the reasons why there is no answer, with their words."""
        return {f"{_ABSENT}{why}": NULL_FLAVORS[why].capitalize() for why in self.element.null_flavors}

    def names(self, name: str) -> tuple[str, ...]:
        """The names of the boxes for the answer."""
        return (name, name + _WHY) if not self.is_choice and self.element.null_flavors else (name,)

    def boxes(self, name: str) -> dict[str, forms.Field]:
        """The boxes for the answer, by their names, empty."""
        words: dict[str, Any] = {"label": self.label, "help_text": self.hint, "required": False}
        if self.is_choice:
            return {name: _select(self.choices(), **words)}
        boxes: dict[str, forms.Field] = {name: PlainText(widget=UnfoldAdminTextInputWidget(), **words)}
        if self.element.null_flavors:
            why = _select(self.reasons(), label="Or why there is none", required=False)
            why.widget.attrs["aria-label"] = f"{self.label}: {why.label}"
            boxes[name + _WHY] = why
        return boxes

    def shown(self, name: str, values: Sequence[Value]) -> dict[str, str]:
        """What the boxes show of an answer. What no box can show stays out of it."""
        value = values[0] if len(values) == 1 else None
        if isinstance(value, Null):
            key = f"{_ABSENT}{value.flavor}"
            return {name if self.is_choice else name + _WHY: key if key in self.reasons() else AS_RECEIVED}
        if self.is_choice:
            return {name: value if isinstance(value, str) and value in self.choices() else AS_RECEIVED}
        texts = [value for value in values if isinstance(value, str)]
        return {name: ", ".join(texts)} if len(texts) == len(values) else {}

    def answer(self, name: str, posted: Mapping[str, str]) -> tuple[Value, ...]:
        """The values of an answer as it was posted. A text clears the reason why there was none.

        Raises ValidationError. What was received and is left as it is isn't asked here.
        """
        text = posted.get(name) or posted.get(name + _WHY) or ""
        if text.startswith(_ABSENT):
            return (Null(text.removeprefix(_ABSENT)),)
        parts = re.split(r"[,;\s]+", text) if self.place.repeats else [text]
        values = tuple(filter(None, parts))
        for value in values:
            self._check(value)
        return values

    def _check(self, text: str) -> None:
        """Raise ValidationError for what the element can't hold."""
        if self.check is not None:
            self.check(text)
        if choices_of(self.element) and text not in choices_of(self.element):
            raise ValidationError(f"{text} is none of the codes that are allowed here.")
        if self.element.length and len(text) > self.element.length:
            raise ValidationError(f"Write at most {self.element.length} characters.")


def _select(choices: dict[str, str], **words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[("", NOT_CHOSEN), *choices.items()], widget=UnfoldAdminSelectWidget(), **words
    )


def _fda(element: str, label: str, hint: str, *path: tuple[str, int], **options: Any) -> Question:
    repeats = options.pop("repeats", False)
    return Question(options.pop("title", FDA), Place(element, path, repeats), label, hint, **options)


ON_THE_CASE: dict[str, Question] = {
    "fda_combination_product": _fda(
        "FDA.C.1.12",
        "Is a combination product involved?",
        "A drug together with a device, such as a prefilled pen. Once this is answered and saved, FDA's "
        "questions on patient, reporter, reactions and drugs are shown.",
    ),
    "fda_report_type": _fda(
        "FDA.C.1.7.1",
        "Which kind of report is it for FDA?",
        "Choose how soon FDA has to have it. Empty: 15-day if the report is expedited.",
    ),
}
QUESTIONS: dict[type[models.Model], dict[str, Question]] = {
    Case: {
        **ON_THE_CASE,
        "fda_ind": _fda(
            "FDA.C.5.5a",
            "IND number of the trial",
            "Six digits. Only for a report from a trial under an IND; a report on a marketed drug has none.",
            check=APPLICATION,
        ),
        "fda_cross_reported_inds": _fda(
            "FDA.C.5.6.r",
            "Other INDs that get this report",
            "Six digits each, separated by commas. Empty: FDA reads that there is none.",
            check=APPLICATION,
            repeats=True,
        ),
        "fda_pre_anda": _fda(
            "FDA.C.5.5b",
            "Pre-ANDA number of the study",
            "Six digits. Only for a study of bioequivalence that needs no IND.",
            check=APPLICATION,
        ),
    },
    Reporter: {
        "fda_email": _fda(
            "FDA.C.2.r.2.8",
            "Reporter's e-mail",
            "Such as name@example.org. Empty: FDA reads “not asked”.",
            check=validate_email,
        ),
    },
    Patient: {
        "fda_race": _fda(
            "FDA.D.11.r.1",
            "Patient's race",
            "Choose the patient's race, or why it isn't known.",
            ("FDA.D.11.r", 0),
        ),
        "fda_second_race": _fda(
            "FDA.D.11.r.1",
            "Second race",
            "Only if the patient belongs to more than one.",
            ("FDA.D.11.r", 1),
        ),
        "fda_ethnicity": _fda(
            "FDA.D.12", "Patient's ethnicity", "Choose the patient's ethnicity, or why it isn't known."
        ),
    },
    Reaction: {
        "fda_required_intervention": _fda(
            "FDA.E.i.3.2h",
            "Did it need an intervention to prevent permanent harm?",
            "Choose Yes, or that no information is at hand.",
        ),
    },
    Exposure: {
        "fda_drug_role": _fda(
            "FDA.G.k.1.a", "Is it a similar device?", "Only for a device like the one that failed."
        ),
        "fda_drug_information": _fda(
            "FDA.G.k.10a", "What was this product for?", "Only for some reports: test, reference ..."
        ),
    },
}
OF_A_COMBINATION = {
    "fda_product_category": _fda(
        "FDA.G.k.10.1",
        "Category of the combination product",
        "FDA's code of the category (NCI Thesaurus), such as C102834.",
        check=CODE,
    ),
}
EMA_QUESTIONS: dict[type[models.Model], dict[str, Question]] = {
    CausalityAssessment: {
        "ema_source": Question(
            EMA,
            Place("G.k.9.i.2.r.1.EU.1"),
            "Who judged, for EMA",
            "The digit of EMA's list of sources. Only for suspected reactions in a trial.",
            check=DIGIT,
        ),
        "ema_method": Question(
            EMA, Place("G.k.9.i.2.r.2.EU.1"), "By which method, for EMA", "EMA knows just its own method."
        ),
        "ema_result": Question(
            EMA,
            Place("G.k.9.i.2.r.3.EU.1"),
            "Is it reasonably possible that the drug caused the reaction?",
            "EMA takes this answer in place of the result in words.",
        ),
    },
}


def device_questions(number: int) -> dict[str, Question]:
    """What FDA asks of one device of a drug, counted from 0."""
    title = f"Device {number + 1}, for FDA"

    def ask(element: str, label: str, hint: str, *path: tuple[str, int], **options: Any) -> Question:
        full = f"{DEVICE}.{element}"
        return _fda(full, label, hint, (DEVICE, number), *path, title=title, **options)

    maker = "Manufacturer of the device"
    questions = {
        "brand": ask("4", "Brand name of the device", "As on the package. FDA needs it or the common name."),
        "common_name": ask("5", "Common name of the device", "What it is, such as prefilled syringe."),
        "product_code": ask("6", "FDA's product code", "Three letters. Needed where both names are missing.",
                            check=PRODUCT),
        "malfunction": ask("1", "Did the device fail?", "Yes, if it didn't do what it is made for."),
        "problems": ask("3.r", "What failed, as codes", "FDA's codes of device problems, such as 2993, "
                        "separated by commas. Needed where the device failed.", check=CODE, repeats=True),
        "lot": ask("9", "Lot number of the device", "As on the device or its package."),
        "remedy": ask("11.r", "What is done about it", "Only if the maker has begun something.",
                      (f"{DEVICE}.11.r", 0)),
        "second_remedy": ask("11.r", "What else is done about it", "Only if there is more than one.",
                             (f"{DEVICE}.11.r", 1)),
        "usage": ask("8", "Was it used for the first time?", "Or used again, as after cleaning."),
        "operator": ask("10", "Who handled the device?", "Whoever did when it happened."),
        "follow_up": ask("2.r", "Why a follow-up on the device", "Only for a follow-up.",
                         (f"{DEVICE}.2.r", 0)),
        "second_follow_up": ask("2.r", "Second reason of the follow-up", "Only if there is more than one.",
                                (f"{DEVICE}.2.r", 1)),
        "maker": ask("7.1a", maker, "Its name."),
        "maker_street": ask("7.1b", f"{maker}: street", ""),
        "maker_city": ask("7.1c", f"{maker}: city", ""),
        "maker_state": ask("7.1d", f"{maker}: state or province", ""),
        "maker_country": ask("7.1e", f"{maker}: country", "Two capitals, such as DE.", check=COUNTRY),
    }  # fmt: skip
    return {f"fda_device_{number}_{name}": question for name, question in questions.items()}
