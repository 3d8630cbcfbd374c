"""Log the cases that leave through API and admin; downloads log themselves."""

from accounts.models import User
from cases.models import ExportLog
from cases.models.export_log import ExportFormat


def log_export(
    form: ExportFormat,
    *,
    by: User,
    cases: int,
    address: str,
    is_deidentified: bool,
    k: int | None = None,
    cases_in_small_groups: int | None = None,
    allowed_by: str = "",
) -> None:
    """Log that a user was given cases, in which format and from which address.

    `k`, `cases_in_small_groups`, `allowed_by`: the k-anonymity of what was taken, as in `ExportLog`.
    """
    ExportLog.objects.create(
        by=by,
        by_name=by.get_username(),
        filters=address,
        format=form,
        is_deidentified=is_deidentified,
        cases=cases,
        tables=["cases"],
        row_counts={"cases": cases},
        k=k,
        cases_in_small_groups=cases_in_small_groups,
        allowed_by=allowed_by,
    )
