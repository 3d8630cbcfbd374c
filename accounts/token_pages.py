"""The page on which users make and revoke API tokens of their own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.access_log import log_event
from accounts.api_tokens import LASTS_DAYS, MAX_DAYS, issue, revoke
from accounts.models import AccessKind, ApiToken, Scope, User
from accounts.requests import user_of
from accounts.roles import Permission


class OwnTokenForm(forms.Form):
    """What a new token is called, what it may be used for, and how long."""

    name = forms.CharField(max_length=100, help_text="Which machine or script uses it.")
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        help_text="What it may be used for, as far as your role allows it as well.",
    )
    days = forms.IntegerField(min_value=1, max_value=MAX_DAYS, initial=LASTS_DAYS, label="Valid for (days)")


@login_required
@never_cache
def own_tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of whoever is logged in; a new one is shown in the answer that makes it, and never again."""
    user = _token_maker(request)
    form = OwnTokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        secret = _issue(request, user, form.cleaned_data)
        form = OwnTokenForm()
    now = timezone.now()
    tokens = [
        (token, token.revoked_at is None and token.expires_at > now)
        for token in ApiToken.objects.filter(user=user)
    ]
    return render(request, "accounts/tokens.html", {"form": form, "secret": secret, "tokens": tokens})


@login_required
@require_POST
def revoke_own_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the own tokens."""
    user = _token_maker(request)
    token = get_object_or_404(ApiToken, user=user, pk=pk)
    revoke(token, by=user)
    log_event(request, AccessKind.ACCOUNT_CHANGED, user, detail=f"API token {token.name}: revoked")
    messages.success(request, f"“{token.name}” is revoked: it opens nothing from now on.")
    return HttpResponseRedirect(reverse("own-tokens"))


def _token_maker(request: HttpRequest) -> User:
    user = user_of(request)
    if not user.may(Permission.OWN_TOKENS):
        raise PermissionDenied("Your role makes no API tokens: ask an administrator of the registry.")
    return user


def _issue(request: HttpRequest, user: User, entered: dict[str, Any]) -> str:
    """The secret of a new token."""
    expires = timezone.now() + timedelta(days=entered["days"])
    token, secret = issue(user, entered["name"], entered["scopes"], expires, by=user)
    detail = f"API token {token.name}: made, {', '.join(token.scopes)}"
    log_event(request, AccessKind.ACCOUNT_CHANGED, user, detail=detail)
    return secret
