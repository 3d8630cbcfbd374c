"""Keep a record of what the API and the admin hand out, as downloads keep theirs."""

from accounts.models import User
from cases.models import ExportLog
from cases.models.export_log import ExportFormat


def log_handed_out(form: ExportFormat, *, by: User, cases: int, address: str, is_deidentified: bool) -> None:
    """Write down that somebody was given cases, in which form and at which address."""
    ExportLog.objects.create(
        by=by,
        by_name=by.get_username(),
        filters=address,
        format=form,
        is_deidentified=is_deidentified,
        cases=cases,
        tables=["cases"],
        row_counts={"cases": cases},
    )
