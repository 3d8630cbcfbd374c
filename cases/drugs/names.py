"""What drugs are called: which of the dictionary, and which reported names, a text is part of.

Both are looked up before cases are, so that PostgreSQL knows how often they come and reads by their index.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from cases.models import Drug

# Beyond so many names a text is in nearly every one, and looking at each exposure is quicker.
MOST_NAMES = 1000
# Every reported name once with its drug: a step of the index "exposure_as_told" each, however often it came.
NAMES = """
    WITH RECURSIVE told(name, drug) AS (
        (SELECT name, COALESCE(drug_id, 0) FROM cases_exposure ORDER BY 1, 2 LIMIT 1)
        UNION ALL
        SELECT further.name, further.drug FROM told, LATERAL (
            SELECT e.name, COALESCE(e.drug_id, 0) AS drug FROM cases_exposure e
            WHERE (e.name, COALESCE(e.drug_id, 0)) > (told.name, told.drug) ORDER BY 1, 2 LIMIT 1
        ) further
    )
    SELECT DISTINCT name FROM told WHERE upper(name) LIKE upper(%s) AND drug <> ALL(%s) LIMIT %s"""


def called(text: str) -> Q:
    """Exposures to a drug that is called so, in the report or in the dictionary."""
    drugs = list(Drug.objects.filter(name__icontains=text).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        # Names of drugs that are found already say nothing more.
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
