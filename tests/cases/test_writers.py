"""Which module writes rows of which models: rows of a case through `amend`, each app its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cases.models import Case, CaseRow
from tests.product import PACKAGES, product_models

ROOT = Path(__file__).resolve().parents[2]
EVERY_ROW = "every row of a case"

# The models that each module writes. A module that isn't listed writes nothing.
WRITERS = {
    "accounts/access_log.py": {"AccessEvent"},
    "accounts/api_tokens.py": {"ApiToken"},
    "accounts/idempotency.py": {"ApiRequest"},
    "accounts/management/commands/create_administrator.py": {"Organisation", "User"},
    "accounts/models.py": {"PasswordHash", "User"},
    "accounts/role_requests.py": {"RoleRequest", "User"},
    "api/answer_input.py": {"ReviewerAnswer"},
    "assessments/assessing.py": {"ReviewerAnswer"},
    "assessments/models/standing.py": {"Standing"},
    "assessments/score_store.py": {"Assessment", "AssessmentItem", "CaseSummary", "Standing"},
    "cases/amendment.py": {"Case", EVERY_ROW},
    "cases/copying.py": {EVERY_ROW},
    "cases/documents/storage.py": {"StoredFile"},
    "cases/drugs/dictionary.py": {"Drug", "HalfLife"},
    "cases/effects.py": {"CaseEvent"},
    "cases/export_log.py": {"ExportLog"},
    "cases/joining.py": {"JoinedDuplicate"},
    "cases/models/case.py": {"CaseSummary"},
    "cases/models/triggers.py": {"CaseSummary"},
    "cases/new_rows.py": {EVERY_ROW},
    "cases/opening.py": {"Case"},
    "cases/presence.py": {"Presence"},
    "cases/sharing.py": {"CaseShare"},
    "cases/versions.py": {"CaseVersion"},
    "exchange/acknowledgements.py": {"Acknowledgement", "Answer", "ReceivedMessage", "Submission"},
    "exchange/file_chunks.py": {"FileChunk"},
    "exchange/import_states.py": {"Message", "ReceivedMessage"},
    "exchange/receiving.py": {"Batch"},
    "exchange/write_batch.py": {"Batch", "FileChunk", "Message", "Submission"},
    "exchange/receipts.py": {"Receipt", "ReceiptChunk", "ReceiptFile"},
    "jobs/leases.py": {"Job"},
    "jobs/queue.py": {"Job"},
    "registry/demo.py": {"ApiToken", "Organisation", "User"},
    "research/background_downloads.py": {"PreparedDownload"},
    "research/differences.py": {"DownloadedCases"},
    "research/download_requests.py": {"DownloadRequest"},
    "research/downloads.py": {"ExportLog"},
    "research/masked_documents.py": {"MaskedDocument"},
    "synthetic/insertion.py": {"Case", "CaseEvent", "Organisation", "User", EVERY_ROW},
    "synthetic/removal.py": {"Case", "CaseEvent", "StoredFile", EVERY_ROW},
    "synthetic/versions.py": {"CaseVersion"},
    "web/entry/drug.py": {"Drug", "HalfLife"},
}
# Those that write models of another app, and why they may.
VISITORS = {
    "api/answer_input.py": "answers that come with a new case, inside its amendment",
    "assessments/score_store.py": "the summary whose counter the evidence trigger raises",
    "registry/demo.py": "the user of the demonstration",
    "research/downloads.py": "the log of what left",
    "synthetic/insertion.py": "synthetic cases, entered in bulk by COPY",
    "synthetic/removal.py": "synthetic cases, which alone may be removed",
    "synthetic/versions.py": "synthetic cases, entered in bulk by COPY",
    "web/entry/drug.py": "the drug dictionary, which belongs to no case, in its own form",
}
# Where rows of a case are written: the amendment with what it is made of, and the synthetic cases.
WRITE_ROWS = {
    "cases/amendment.py",
    "cases/copying.py",
    "cases/new_rows.py",
    "synthetic/insertion.py",
    "synthetic/removal.py",
}

SAVING = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SAVING |= {"create_user", "copy_expert"}
COPYING = {"copy_lines", "copy_rows"}
STATEMENT = re.compile(
    r"^\s*(INSERT INTO|DELETE FROM|UPDATE)\s|;\s*(INSERT INTO|DELETE FROM|UPDATE)\s|\n\s*UPDATE\s"
)
# Methods of these names on other things than rows.
HARMLESS = {
    "cases/documents/pictures.py": {"clean.save"},  # a picture into memory
    "web/entry/drug.py": {"formset.save"},  # without commit: only sorts the forms
    "web/entry/posted_changes.py": {"formset.save"},
    "web/entry/tabs/documents.py": {"super().save"},
}


class Write(NamedTuple):
    """A call or an SQL statement that writes, and the model where its name stands there."""

    line: int
    words: str
    model: str


def writes(path: str, tree: ast.AST) -> Iterator[Write]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.search(node.value):
            yield Write(node.lineno, node.value, "")
        elif isinstance(node, ast.Call):
            words = ast.unparse(node.func)
            name = words.rpartition(".")[2]
            is_write = name in (SAVING if "." in words else COPYING)
            is_write |= name == "update" and (".objects" in words or "queryset" in words)
            if is_write and words not in HARMLESS.get(path, ()):
                yield Write(node.lineno, words, words.partition(".objects")[0] if ".objects" in words else "")


def sources() -> Iterator[tuple[str, ast.AST]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


WRITES = {path: found for path, tree in sources() if (found := list(writes(path, tree)))}
MODELS = {model.__name__: model for model in product_models()}


def test_only_the_listed_modules_write():
    assert set(WRITES) - set(WRITERS) == set(), "write through `amend`, or through a service of the app"
    assert set(WRITERS) - set(WRITES) == set(), "they write nothing any more"


@pytest.mark.parametrize("path", WRITERS)
def test_a_module_writes_only_its_models(path):
    named = {write.model for write in WRITES[path]} - {""}
    assert named <= WRITERS[path]
    assert WRITERS[path] - {EVERY_ROW} <= set(MODELS)


@pytest.mark.parametrize("path", WRITERS)
def test_each_app_writes_its_own_models(path):
    app = path.partition("/")[0]
    owners = {"cases" if name == EVERY_ROW else MODELS[name]._meta.app_label for name in WRITERS[path]}
    assert (owners != {app}) == (path in VISITORS)


def test_rows_of_a_case_are_written_by_the_amendment_alone():
    rows = {EVERY_ROW} | {name for name, model in MODELS.items() if issubclass(model, CaseRow)}
    assert {path for path, models in WRITERS.items() if models & rows} == WRITE_ROWS
    assert {path for path, models in WRITERS.items() if Case.__name__ in models} - WRITE_ROWS == {
        "cases/opening.py"
    }
