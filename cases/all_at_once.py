"""Create many models that refer to each other without rendering all of them for each.

Django renders every related model anew for each model, field and constraint that a migration adds.
With a hundred tables around one case that is twenty seconds of a second's work.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What a created model contains already once all operations are known.
FOLDED = (AddConstraint, AddField, AddIndex)


class AllAtOnce(Operation):
    """Operations that create models and complete them, carried out on their common outcome.

    Raises TypeError for operations of another kind, which need the steps in between.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        other = [type(o).__name__ for o in operations if not isinstance(o, (CreateModel, *FOLDED))]
        if other:
            raise TypeError(f"{', '.join(other)}: put this into a migration of its own.")
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without rendered models there is nothing to render anew; who needs them renders them once.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self._created():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in reversed(self._created()):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Create {len(self._created())} models at once"

    def _created(self) -> list[str]:
        return [operation.name for operation in self.operations if isinstance(operation, CreateModel)]
