"""Where a service refuses a form that was valid in itself: the form again, with all that was typed.

The admin saves after it has validated, and turns an error that comes then into a page that says
500. Here the view runs a second time with the refusal in hand; its form is then invalid by
definition, so nothing can be saved twice.
"""

from web.entry.service_errors import ServiceError


class ServiceErrorForm:
    """The form at the top of the page. It shows what was refused, whatever row was at fault."""

    service_error: ServiceError | None = None

    def _post_clean(self):
        super()._post_clean()
        if self.service_error is None:
            return
        if self.service_error.prefix or self.service_error.row:
            self.add_error(None, self.service_error.summary)
            return
        for name, messages in self.service_error.by_field.items():
            self.add_error(name if name in self.fields else None, messages)


class ServiceErrorAdmin:
    """A ModelAdmin whose saving may raise ServiceError."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.service_error = getattr(request, "service_error", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ServiceError as error:
            request.service_error = error
        self.before_redisplay(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_redisplay(self, request, object_id):
        """What there is to do between a refusal and the form that tells of it. Nothing, for most."""
