"""Where a service refuses a form that was valid in itself: the form again, with all that was typed.

The admin saves after it has validated, and turns an error that comes then into a page that says
500. Here the view runs a second time with the refusal in hand; its form is then invalid by
definition, so nothing can be saved twice.
"""

from web.entry.service_errors import Refused


class RefusableForm:
    """The form at the top of the page. It shows what was refused, whatever row was at fault."""

    refused: Refused | None = None

    def _post_clean(self):
        super()._post_clean()
        if self.refused is None:
            return
        if self.refused.prefix or self.refused.row:
            self.add_error(None, self.refused.summary)
            return
        for name, messages in self.refused.by_field.items():
            self.add_error(name if name in self.fields else None, messages)


class AsksAgain:
    """A ModelAdmin whose saving may raise Refused."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused
        self.before_asking_again(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_asking_again(self, request, object_id):
        """What there is to do between a refusal and the form that tells of it. Nothing, for most."""
