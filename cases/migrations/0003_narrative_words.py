"""The words of a narrative, kept beside it and indexed.

Splitting a text into words takes 40 us, a hundred times what PostgreSQL reckons, so that a search by an index
of the expression split hundreds of texts for a page of fifty. A column of the database's own leaves the
model, its history and its exports as they are.
"""

from django.db import migrations

COLUMN = """
    ALTER TABLE cases_narrative ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('english'::regconfig,
            case_narrative || ' ' || reporter_comments || ' ' || sender_comments)
    ) STORED"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_same_case")]

    operations = [
        migrations.RunSQL(COLUMN, "ALTER TABLE cases_narrative DROP COLUMN words"),
        migrations.RunSQL(
            "CREATE INDEX narrative_words ON cases_narrative USING gin (words)", "DROP INDEX narrative_words"
        ),
    ]
