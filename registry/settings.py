"""Settings, all from the environment; `dotenv-sample` documents each.

Safe by default: debug off, secret key of this installation's own, no default password. `make run`
turns on what a demonstration needs, and says so.
"""

import secrets
import sys
from pathlib import Path
from typing import Any

import environ
import pghistory
import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

from accounts.roles import ROLES

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")
# Where this installation keeps its embedded database and its secret key.
VAR_DIR = Path(env.str("STATE_DIR", default=str(BASE_DIR / "var"))).resolve()


def setting(name: str, cast: Any, default: Any, meaning: str) -> Any:
    """One value from the environment, or an error that says what was wanted."""
    try:
        return env.get_value(name, cast=cast, default=default)
    except (ValueError, TypeError, KeyError) as error:
        raise ImproperlyConfigured(
            f"{name} is set to {env.str(name, default='')!r}, but should be {meaning}. See dotenv-sample."
        ) from error


def _switch(text: str) -> bool:
    switches = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False}
    switches |= {"no": False, "off": False, "": False}
    return switches[str(text).strip().lower()]


def _roles(names: str) -> frozenset[str]:
    """Roles by their keys, with commas. Raises ValueError for others."""
    roles = frozenset(filter(None, (name.strip() for name in names.split(","))))
    if unknown := roles - set(ROLES):
        raise ValueError(f"There is no role {', '.join(sorted(unknown))}.")
    return roles


def _mail_server(address: str) -> dict[str, Any]:
    """Django's settings of a mail server at a URL. Raises ValueError for unknown schemes."""
    try:
        return dict(env.email_url_config(address))
    except ImproperlyConfigured as error:
        raise ValueError(str(error)) from error


def _own_secret_key() -> str:
    """The key of this installation, made on first use and kept under var/, readable by its owner only."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


DEBUG = setting("DEBUG", _switch, False, "on or off")
SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret_key()
# Keys of before: what they signed or encrypted is still read, and nothing new is made with them.
SECRET_KEY_FALLBACKS = setting("SECRET_KEY_FALLBACKS", list, [], "secret keys with commas")
ALLOWED_HOSTS = setting("ALLOWED_HOSTS", list, ["localhost", "127.0.0.1", "[::1]"], "host names with commas")
CSRF_TRUSTED_ORIGINS = setting("CSRF_TRUSTED_ORIGINS", list, [], "origins such as https://example.org")
HTTPS = setting("HTTPS", _switch, False, "on or off")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks_db",
    "pgtrigger",
    "pghistory",
    "accounts",
    "jobs",
    "cases",
    "assessments",
    "exchange",
    "research",
    "synthetic",
    "api",
    "web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "registry.content_security.ContentSecurity",
    "registry.compression.CompressedPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factors.SecondFactorRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "registry.unreadable_case.UnreadableCase",
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.start.frame.frame",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    """PostgreSQL at DATABASE_URL. Commands of this project start the embedded server and set it."""
    if not env.str("DATABASE_URL", default=""):
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Start through `make run` or `manage.py`, which bring their own "
            "PostgreSQL, or set DATABASE_URL=postgres://user:password@host:5432/name."
        )
    config: dict[str, Any] = env.db_url("DATABASE_URL")
    if config["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL server: postgres://...")
    # Where `manage.py dbshell` looks for it, too.
    config["HOST"] = config.get("OPTIONS", {}).pop("host", config["HOST"])
    # Unset, pgtrigger's own setting makes every trigger raise and catch an error per row. Compiling a
    # statement that reads a whole case takes ten times as long as running it does.
    config["OPTIONS"] = {
        **config.get("OPTIONS", {}),
        "options": "-c pgtrigger.ignore={} -c timezone=UTC -c jit=off",
    }
    config["CONN_MAX_AGE"] = setting("CONN_MAX_AGE", int, 60, "a number of seconds")
    config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Triggers are installed after every migrate from the models themselves, which is several times
# quicker than inside migrations, and can't drift from them.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
# Who, when and why are kept in the history row itself: no join, and nothing to purge apart.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

# Who comes in: one door for pages and admin (`accounts.urls`), by django-allauth.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.door.PeopleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_history.NotUsedBefore", "OPTIONS": {"last": 5}},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"
# A link to set a new password opens this long, and once.
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "accounts.door.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "change_password": "accounts.forms.ChangePasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
# Addresses are given by who manages users, and so need no confirmation.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Case registry: "
# Django's own counts the address of the user; allauth's would store it a second time.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
# Wrong passwords are counted in the access log (`accounts.lockout`); allauth counts codes.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
WRONG_PASSWORDS_PER_ACCOUNT = setting("WRONG_PASSWORDS_PER_ACCOUNT", int, 5, "a number")
WRONG_PASSWORDS_PER_ADDRESS = setting("WRONG_PASSWORDS_PER_ADDRESS", int, 5, "a number")
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
# Second factors: authenticator apps, passkeys and security keys, and codes for when these are lost.
MFA_ADAPTER = "accounts.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Case registry"
# Clocks of telephones are some seconds off.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers offer passkeys without HTTPS only on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# The roles whose users can do nothing before they have a second factor.
MFA_REQUIRED_ROLES = setting(
    "MFA_REQUIRED_ROLES", _roles, frozenset(), f"some of {', '.join(ROLES)}, with commas"
)
# How many proxies stand before the registry; 0 takes the address of the connection.
ALLAUTH_TRUSTED_PROXY_COUNT = setting("TRUSTED_PROXIES", int, 0, "a number of proxies")
# Shared by all processes; its table is a model of `accounts`, and so there after every migrate.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}
vars().update(
    setting(
        "EMAIL_URL", _mail_server, _mail_server("consolemail://"), "such as smtp+tls://user:password@host:587"
    )
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="registry@localhost")
EMAIL_TIMEOUT = 10

# What follows from every amendment of cases, in this order and in its transaction (`cases.effects`): what is
# impossible is refused, what was done is written down, and the cases are scored anew.
AFTER_AMENDMENT = (
    "cases.effects.check_cases",
    "exchange.nullification.check_nullifications",
    "cases.effects.log_events",
    "assessments.score_cases.score_amended",
)
# Called with the keys of the cases whose scores were written, once that is committed.
AFTER_SCORING = ("research.masked_documents.mark_due",)
# Where cases stand by each instrument, for what reads whole cases (`cases.standings`).
STANDINGS_OF_CASES = "assessments.standings.standings_by_case"
# What is frozen of a version beside its rows when it is closed: the case as an ICH message.
MESSAGE_OF_CLOSED_VERSION = "exchange.version_message.message_of_version"
# The filters by which lists, commands and downloads choose cases (`cases.selection`).
CASE_FILTER = "research.filters.CaseFilter"

# Work in the background: the queue is a table, which `manage.py run_jobs` empties. What is done for each kind
# of job; the function is called with a `jobs.leases.Lease`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS = {
    "import": "exchange.receipts.import_receipt",
    "download": "research.background_downloads.prepare_download",
}
# What a worker does while no job waits: each returns how much it did, 0 where there is nothing to do.
WHEN_IDLE = ("research.masked_documents.make_due",)
# What a worker does every few minutes.
HOUSEKEEPING = ("jobs.queue.tidy", "research.downloads.remove_expired")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
FORMAT_MODULE_PATH = "registry.formats"
USE_TZ = True

STATIC_URL = "static/"
# Served as they lie in the packages: no collectstatic to forget.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A long case has some thousand boxes; a form beyond this is refused before anything is read.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Files beyond these are refused with a sentence that names them (`cases.documents.uploads`).
UPLOAD_MAX_BYTES = setting("UPLOAD_MAX_MB", int, 20, "a whole number of megabytes") * 1024 * 1024
UPLOAD_MAX_FILES = setting("UPLOAD_MAX_FILES", int, 20, "a number of files")
FILE_UPLOAD_HANDLERS = [
    "web.entry.upload_limits.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A browser sends a part for each empty box too.
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

# What readers without the right to identities are shown (`research.small_cells`).
SMALL_CELLS_BELOW = setting("SMALL_CELLS_BELOW", int, 5, "a number of cases, 0 to show every count")
DOWNLOADS_KEPT_MINUTES = setting("DOWNLOADS_KEPT_MINUTES", int, 60, "a number of minutes")
K_ANONYMITY_FLOOR = setting("K_ANONYMITY_FLOOR", int, 3, "a number of cases, 1 to refuse no download")

# REST for machines (`api`). Views name who may come in and what they read; this is for all of them.
API_REQUESTS_PER_MINUTE = setting(
    "API_REQUESTS_PER_MINUTE", int, 600, "a number of requests per token or person"
)
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "api.problems.handle",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["api.representations.Json"],
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Case registry",
    "DESCRIPTION": "Suspected adverse drug reactions, each with its explained DRESS classification.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "DEFAULT_GENERATOR_CLASS": "api.schema_cache.CachedGenerator",
    "POSTPROCESSING_HOOKS": ["api.schema.add_components"],
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Asked from inside, past the proxy that ends HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_AGE = setting("SESSION_HOURS", int, 12, "a number of hours") * 3600
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": setting("LOG_LEVEL", str, "WARNING", "a level")},
}

# The admin in the colours of the pages (`templates/static/frame.css`); its side bar is that of `web.start`.
UNFOLD = {
    "SITE_TITLE": "Case registry",
    "SITE_HEADER": "Case registry",
    "SHOW_VIEW_ON_SITE": True,
    "SITE_FAVICONS": [{"rel": "icon", "href": lambda request: "data:,"}],
    "STYLES": [lambda request: static("frame.css")],
    "SCRIPTS": [lambda request: static("frame.js")],
    "BORDER_RADIUS": "4px",
    "COLORS": {
        "base": {
            "50": "#f4f5f6",
            "100": "#eef2f5",
            "200": "#d6dbe0",
            "300": "#adb8c2",
            "400": "#8b96a1",
            "500": "#55616d",
            "600": "#3f4a55",
            "700": "#323c46",
            "800": "#222b33",
            "900": "#1a2128",
            "950": "#11161b",
        },
        "primary": {
            "50": "#eef7f9",
            "100": "#d6ebf0",
            "200": "#b3d9e2",
            "300": "#93cfdd",
            "400": "#7cc7d8",
            "500": "#62b4c7",
            "600": "#0f5c70",
            "700": "#0c4b5b",
            "800": "#0a3d4b",
            "900": "#08303b",
            "950": "#051f26",
        },
        "font": {"subtle-dark": "var(--color-base-300)"},
    },
}
