"""The content of the demonstration's database: dictionary, a user, and the two cases of the letter."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rich.table import Table

from accounts.api_tokens import issue
from accounts.models import ApiToken, Organisation, Reach, Scope, User
from assessments.assessing import Failure, rescore
from assessments.management.score_table import standing_table as table_of
from assessments.outdated import outdated
from assessments.scorecards import scorecards
from cases.case_files import link_cases, load_case
from cases.drugs.dictionary import load_dictionary
from cases.models import Case
from registry.older_database import check_tables

FIXTURES = settings.BASE_DIR / "fixtures"
LETTER = ("letter_patient_1.toml", "letter_patient_2.toml")
TOKEN_NAME, TOKEN_DAYS = "make run", 7
REASON = "Entered from the letter in Orphanet J Rare Dis 2017"


def migrate() -> None:
    """Bring the tables up to date. Raises OlderDatabase, and has changed nothing then."""
    check_tables()
    call_command("migrate", verbosity=0, interactive=False)


def load_drugs() -> str:
    release, count = load_dictionary(FIXTURES / "drugs.toml")
    return f"{count} drugs, release {release}"


def user(name: str, password: str) -> User:
    """The demonstration's reviewer, made once."""
    organisation, _ = Organisation.objects.get_or_create(
        identifier="DEMO", defaults={"name": "Demonstration centre"}
    )
    existing = User.objects.filter(username=name).first()
    if existing:
        return existing
    return User.objects.create_user(
        username=name,
        password=password,
        organisation=organisation,
        role="reviewer",
        reach=Reach.ALL,
        is_staff=True,
    )


def token(by: User) -> str:
    """An API token of the demonstration's user for this run; those of earlier runs open nothing any more."""
    ApiToken.objects.filter(user=by, name=TOKEN_NAME, revoked_at=None).update(revoked_at=timezone.now())
    expires = timezone.now() + timedelta(days=TOKEN_DAYS)
    _, secret = issue(by, TOKEN_NAME, Scope.values, expires, by=by)
    return secret


def load_cases(by: User) -> str:
    cases = [load_case(FIXTURES / name, by=by, reason=REASON) for name in LETTER]
    link_cases(
        cases,
        relation="Described in the same letter; the authors cannot exclude a shared genetic disease",
        by=by,
        reason=REASON,
    )
    return ", ".join(case.number for case in cases)


def score() -> str:
    due = list(outdated().values_list("case_id", flat=True))
    failures = [done for done in rescore(due) if isinstance(done, Failure)]
    return f"{len(due) - len(failures)} outdated cases scored, {len(failures)} failed"


def standing_table() -> Table:
    numbers = ("LETTER-P1", "LETTER-P2")
    return table_of(scorecards(Case.objects.filter(number__in=numbers).order_by("number")))
