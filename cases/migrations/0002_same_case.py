"""What hangs below a row of a case belongs to the same case, whoever writes it.

Django has no foreign keys over two columns, so they are spelled here. They are checked at once
rather than at commit, so that the refusal meets the write that caused it.
"""

from django.db import migrations

PARENTS = ("exposure", "reaction", "examination", "lymphnodeexamination", "drugreaction")
CHILDREN = (
    ("dose", "exposure", "exposure"),
    ("substance", "exposure", "exposure"),
    ("indication", "exposure", "exposure"),
    ("druginformation", "exposure", "exposure"),
    ("causalityassessment", "pair", "drugreaction"),
    ("drugreaction", "exposure", "exposure"),
    ("drugreaction", "reaction", "reaction"),
    ("lymphnodesite", "examination", "lymphnodeexamination"),
    ("viraltest", "examination", "examination"),
    ("biopsydetail", "examination", "examination"),
    ("geneticdetail", "examination", "examination"),
    ("functionaldetail", "examination", "examination"),
)


def _parent(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE cases_{name} ADD CONSTRAINT {name}_with_case UNIQUE (id, case_id)",
        f"ALTER TABLE cases_{name} DROP CONSTRAINT {name}_with_case",
    )


def _child(name: str, column: str, parent: str) -> migrations.RunSQL:
    constraint = f"{name}_{column}_of_same_case"
    return migrations.RunSQL(
        f"ALTER TABLE cases_{name} ADD CONSTRAINT {constraint} FOREIGN KEY ({column}_id, case_id) "
        f"REFERENCES cases_{parent} (id, case_id)",
        f"ALTER TABLE cases_{name} DROP CONSTRAINT {constraint}",
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [*(_parent(name) for name in PARENTS), *(_child(*child) for child in CHILDREN)]
