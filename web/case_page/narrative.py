"""The narrative of a case: written beside a draft from its rows, and compared with them."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import AccessKind
from accounts.requests import user_of
from cases.amendment import amend
from cases.models import Case, CaseEvent, Narrative
from cases.record.read_cases import read_cases
from cases.visibility import can_amend
from exchange.narrative.case_narrative import CaseNarrative, narrative_of
from web.case_page.views import UNPROCESSABLE, identified_case

WORDS = re.compile(r"\S+|\s+")


class NarrativeForm(forms.Form):
    """The narrative, the reason for changing it, and the latest event of the case that the page showed."""

    narrative = forms.CharField(
        max_length=Narrative._meta.get_field("case_narrative").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="H.1: course, treatment, outcome and all that a reader needs, in plain words.",
    )
    reason = forms.CharField(
        max_length=500, error_messages={"required": "Give a reason: it is kept with the change."}
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Change(NamedTuple):
    """Words of both texts (`same`), of the stored one only (`del`), or of the drafted one only (`ins`)."""

    kind: str
    words: str


@login_required
def case_narrative(request: HttpRequest, number: str) -> HttpResponse:
    """Show, draft and store the narrative; with `?draft` the draft stands in the box, not yet stored."""
    case = identified_case(request, number, AccessKind.CASE_READ)
    if not can_amend(user_of(request), case):
        raise PermissionDenied(f"{request.user} may not change case {case}.")
    narrative = narrative_of(read_cases([case.pk], drugs=True)[case.pk])
    if request.method != "POST":
        return _page(request, case, narrative, NarrativeForm(initial=_initial(request, case, narrative)))
    form = NarrativeForm(request.POST)
    if form.is_valid() and _stored(request, case, form):
        messages.success(request, f"{case.number}: the narrative is stored.")
        return redirect("case-narrative", number=case.number)
    return _page(request, case, narrative, form, status=UNPROCESSABLE)


def _initial(request: HttpRequest, case: Case, narrative: CaseNarrative) -> dict[str, object]:
    is_draft = "draft" in request.GET or not narrative.stored
    latest = CaseEvent.objects.filter(case_id=case.pk).aggregate(latest=Max("id"))["latest"]
    return {"narrative": narrative.drafted if is_draft else narrative.stored, "seen": latest}


def _stored(request: HttpRequest, case: Case, form: NarrativeForm) -> bool:
    """Whether the narrative was taken. What refuses it is put on the form."""
    posted = form.cleaned_data
    try:
        with amend(case, by=user_of(request), reason=posted["reason"], seen=posted["seen"]) as amendment:
            row = Narrative.objects.filter(case=case).first() or Narrative(case=case)
            amendment.change(row, case_narrative=posted["narrative"])
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True


def _page(
    request: HttpRequest, case: Case, narrative: CaseNarrative, form: NarrativeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "narrative": narrative,
        "changes": list(changes(narrative.stored, narrative.drafted)) if narrative.stored else [],
        "is_draft": "draft" in request.GET,
    }
    return render(request, "web/case_page/narrative.html", context, status=status)


def changes(stored: str, drafted: str) -> Iterator[Change]:
    """What makes the drafted text of the stored one, by words."""
    before, after = WORDS.findall(stored), WORDS.findall(drafted)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, low, high, other_low, other_high in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(before[low:high]))
            continue
        if high > low:
            yield Change("del", "".join(before[low:high]))
        if other_high > other_low:
            yield Change("ins", "".join(after[other_low:other_high]))
