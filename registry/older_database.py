"""Recognise a database whose tables were made by migrations that have been made anew since."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

# Names of tables, of columns after their table, and of constraints and indexes: what migrations make.
CATALOG = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema::regnamespace AND relkind IN ('r', 'i')
    UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = current_schema::regnamespace
    UNION ALL SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = current_schema"""
# How many of the missing things are named.
MOST_NAMED = 3
MADE_BY_OLDER = "The database was made by an older version of the registry."


class OlderDatabase(RuntimeError):
    """The tables are of an older registry and can't be completed; the message gives what shows it."""


def check_tables() -> None:
    """Raise OlderDatabase where something is missing that applied migrations make. Changes nothing."""
    loader = MigrationLoader(connection)
    labels = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    applied = [key for key in loader.applied_migrations if key[0] in labels]
    if unknown := [f"{app}.{name}" for app, name in applied if (app, name) not in loader.graph.nodes]:
        raise OlderDatabase(
            f"{MADE_BY_OLDER} It has the migration {unknown[0]}, which this version doesn't have."
        )
    state = loader.project_state(applied)
    ours = (model for model in state.models.values() if model.app_label in labels)
    made = {name for model in ours for name in _made_for(model)}
    if missing := sorted(made - _existing()):
        raise OlderDatabase(
            f"{MADE_BY_OLDER} It lacks what its migrations would have made: {_first(missing)}."
        )


def _made_for(model: ModelState) -> set[str]:
    """What the migrations of a model have made: its table, its columns, named constraints and indexes."""
    if not model.options.get("managed", True) or model.options.get("proxy"):
        return set()
    table = model.options.get("db_table") or f"{model.app_label}_{model.name_lower}"
    columns = {
        f"{table}.{field.db_column or (f'{name}_id' if field.is_relation else name)}"
        for name, field in model.fields.items()
        if not field.many_to_many
    }
    named = (*model.options.get("constraints", ()), *model.options.get("indexes", ()))
    return {table, *columns, *(thing.name for thing in named)}


def _existing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(CATALOG)
        return {name for (name,) in cursor.fetchall()}


def _first(names: list[str]) -> str:
    further = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {further} more" if further > 0 else "")
