"""The history of rows, kept by triggers: what is common to tables of every app."""

from typing import Any, TypeVar

import pghistory
from django.db import models

ModelType = TypeVar("ModelType", bound=type[models.Model])


def keep_history(model: ModelType, *, without: tuple[str, ...] = (), meta: Any = None) -> ModelType:
    """Store every change of a row in a history of its own, `model.history`, but for some columns.

    `meta`: options of the model of the history, as in its class `Meta`.
    """
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        exclude=without,
        meta=meta,
        # A national centre's registry writes more history than 32 bits can count.
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
    )
    tracked_model: ModelType = decorate(model)
    return tracked_model
