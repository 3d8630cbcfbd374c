"""A form that was valid in itself but refused by a service: shown once more, with all that was typed.

The admin saves after it has validated, and turns an error that comes then into a page that says
500. Here the view runs a second time with the error in hand; its form is then invalid by
definition, so nothing can be saved twice.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse

from web.entry.django_types import AdminMixin, AnyModelForm
from web.entry.entry_state import entry_state
from web.entry.service_errors import ServiceError


class ServiceErrorForm(AnyModelForm):
    """The form at the top of the page. It shows what a service refused, whatever row was at fault."""

    service_error: ServiceError | None = None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out Django's internal step
        if self.service_error is None:
            return
        if self.service_error.prefix or self.service_error.row:
            self.add_error(None, self.service_error.summary)
            return
        for name, messages in self.service_error.by_field.items():
            self.add_error(name if name in self.fields else None, messages)


class ServiceErrorAdmin(AdminMixin):
    """A ModelAdmin whose saving may raise ServiceError."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[AnyModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, ServiceErrorForm):
            form.service_error = entry_state(request).service_error
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ServiceError as error:
            entry_state(request).service_error = error
        self.before_redisplay(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_redisplay(self, request: HttpRequest, object_id: str | None) -> None:
        """What there is to do between an error and the form that shows it. Nothing, for most."""
