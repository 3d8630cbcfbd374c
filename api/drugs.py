"""View of the drug dictionary."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter

from api import parameters
from api.access import READ, ApiView, Need
from api.representations import json_response
from api.schema import IF_NONE_MATCH, describe
from api.shapes import TEXT
from cases.models import Drug, HalfLife

NAME_AND_ATC = [
    OpenApiParameter("name", TEXT, description="Beginning of the name."),
    OpenApiParameter("atc", TEXT, description="Beginning of the ATC code."),
]
DRUG_FIELDS = ("name", "substance", "atc", "is_class", "release", "note")
HALF_LIFE_FIELDS = ("condition", "population", "source", "is_verified", "is_default")


class Drugs(ApiView):
    """Every drug with its half-lives; `name` and `atc` filter by their beginning, whatever the case."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}

    @describe("List drugs", "Drugs", parameters=[IF_NONE_MATCH, *NAME_AND_ATC])
    def get(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ("name", "atc"))
        drugs = Drug.objects.prefetch_related("half_lives").order_by("name")
        for name in ("name", "atc"):
            if beginning := request.query_params.get(name):
                drugs = drugs.filter(**{f"{name}__istartswith": beginning})
        return json_response(request, {"drugs": [_drug(drug) for drug in drugs]})


def _drug(drug: Drug) -> dict[str, Any]:
    fields = {name: getattr(drug, name) for name in DRUG_FIELDS}
    return {**fields, "half_lives": [_half_life(half_life) for half_life in drug.half_lives.all()]}


def _half_life(half_life: HalfLife) -> dict[str, Any]:
    fields = {name: getattr(half_life, name) for name in HALF_LIFE_FIELDS}
    ends = {name: getattr(half_life, name) for name in ("low_hours", "high_hours")}
    return {**{name: None if end is None else str(end) for name, end in ends.items()}, **fields}
