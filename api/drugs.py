"""The drug dictionary."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter

from api import parameters
from api.access import READ, ApiView, Need
from api.representations import json_response
from api.schema import KNOWN, describe
from api.shapes import TEXT
from cases.models import Drug, HalfLife

BEGINNINGS = [
    OpenApiParameter("name", TEXT, description="Beginning of the name."),
    OpenApiParameter("atc", TEXT, description="Beginning of the ATC code."),
]
OF_DRUG = ("name", "substance", "atc", "is_class", "release", "note")
OF_HALF_LIFE = ("population", "source", "is_verified", "is_default")


class Drugs(ApiView):
    """Every drug with its half-lives; `name` and `atc` narrow by the beginning."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}

    @describe("List drugs", "Drugs", parameters=[KNOWN, *BEGINNINGS])
    def get(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ("name", "atc"))
        drugs = Drug.objects.prefetch_related("half_lives").order_by("name")
        for name in ("name", "atc"):
            if beginning := request.query_params.get(name):
                drugs = drugs.filter(**{f"{name}__istartswith": beginning})
        return json_response(request, {"drugs": [_drug(drug) for drug in drugs]})


def _drug(drug: Drug) -> dict[str, Any]:
    told = {name: getattr(drug, name) for name in OF_DRUG}
    return {**told, "half_lives": [_half_life(one) for one in drug.half_lives.all()]}


def _half_life(one: HalfLife) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in OF_HALF_LIFE}
    return {"low_hours": str(one.low_hours), "high_hours": str(one.high_hours), **told}
