"""Search by a part of a drug's name, in the dictionary and among the reported names.

Drugs and names are looked up before cases are, so that PostgreSQL can estimate how many there are and uses
its indexes.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from cases.models import Drug

# A text that is part of more names than this is part of nearly all, and reading each exposure is quicker.
MOST_NAMES = 1000
# Every reported name once with its drug: one step in the index "exposure_as_reported" for each.
NAMES = """
    WITH RECURSIVE reported(name, drug) AS (
        (SELECT name, COALESCE(drug_id, 0) FROM cases_exposure ORDER BY 1, 2 LIMIT 1)
        UNION ALL
        SELECT further.name, further.drug FROM reported, LATERAL (
            SELECT e.name, COALESCE(e.drug_id, 0) AS drug FROM cases_exposure e
            WHERE (e.name, COALESCE(e.drug_id, 0)) > (reported.name, reported.drug) ORDER BY 1, 2 LIMIT 1
        ) further
    )
    SELECT DISTINCT name FROM reported WHERE upper(name) LIKE upper(%s) AND drug <> ALL(%s) LIMIT %s"""


def exposures_named(text: str) -> Q:
    """Exposures to a drug with this text in its name, in the report or in the dictionary."""
    drugs = list(Drug.objects.filter(name__icontains=text).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        # Names of the drugs above would add nothing.
        cursor.execute(NAMES, [f"%{connection.ops.prep_for_like_query(text)}%", drugs, MOST_NAMES + 1])
        names = [name for (name,) in cursor.fetchall()]
    if len(names) > MOST_NAMES:
        return Q(drug__in=drugs) | Q(name__icontains=text)
    return Q(drug__in=drugs) | Q(name__in=names) if names else Q(drug__in=drugs)


def drugs_below(codes: Sequence[str]) -> list[int]:
    """The drugs of the dictionary whose ATC code begins with any of these."""
    below = Q()
    for code in codes:
        below |= Q(atc__startswith=code)
    return list(Drug.objects.filter(below).values_list("pk", flat=True))
