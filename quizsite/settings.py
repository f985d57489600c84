"""Settings, all from the environment, with defaults that are safe to run.

`QUIZSITE_ENV` is `production` unless `.env` or the environment says `development`;
`make run` writes that line on its first run. Production refuses to start without
SECRET_KEY; development makes one and keeps it under var/.
"""

import contextlib
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from quizsite.embedded.folders import FolderNotOurs, make_own_folder

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(os.environ.get("QUIZSITE_ENV_FILE", BASE_DIR / ".env"))

ENVIRONMENT = env.str("QUIZSITE_ENV", default="production")
DEVELOPMENT = ENVIRONMENT == "development"
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("QUIZSITE_VAR", default=str(BASE_DIR / "var")))


def _kept_secret_key() -> str:
    """Return the development key kept in var/, making it on the first run."""
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        fresh = VAR_DIR / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        # link, not rename: of two processes on a first run, one key wins for both
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text(encoding="ascii")


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEVELOPMENT:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it in the environment, "
            "or set QUIZSITE_ENV=development on a machine of your own."
        )
    try:
        SECRET_KEY = _kept_secret_key()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {VAR_DIR} cannot be written to ({error.strerror}): make it writable, "
            "or name another in QUIZSITE_VAR."
        ) from None

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "courses.web.errors.form_too_old"
TOO_LARGE_VIEW = "courses.web.errors.too_large"
SITE_NAME = env.str("SITE_NAME", default="quizsite")
# Where links in mails point to; mails are written by workers, which see no request.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "courses.common",
    "courses.accounts",
    "courses.enrollment",
    "courses.content",
    "courses.assessment",
    "courses.flashcards",
    "courses.exchange",
    "courses.api",
    "courses.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "courses.accounts.sign_in.SignInConfig",
    "rules.apps.AutodiscoverRulesConfig",
    "rest_framework",
    "drf_spectacular",
    "csp",
]

MIDDLEWARE = [
    "courses.common.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages too, for slow lines; it pads at random, and tokens are masked, so lengths tell nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "courses.common.middleware.PermissionsPolicyMiddleware",
    "courses.common.middleware.BodyCharsetMiddleware",
    "courses.common.middleware.PlainAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "courses.common.middleware.BodySizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "courses.accounts.middleware.LearnerLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "courses.accounts.middleware.CacheOutageMiddleware",
    "courses.web.guests.GuestCookieMiddleware",
]

ROOT_URLCONF = "quizsite.urls"
WSGI_APPLICATION = "quizsite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each question type has its template in its own folder: types/<name>/question.html.
        "DIRS": [BASE_DIR / "courses" / "assessment" / "domain"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "courses.web.context.site",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'quizsite.sqlite3'}"),
}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that reads and then writes must not find at its first
        # write that another was faster. FULL: an acknowledged answer survives a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _embedded_redis_socket() -> Path:
    """Return where the embedded server listens: in var/ if that path is short enough.

    A Unix socket's path may have about 100 characters; a deep checkout needs a place
    of its own, named after the checkout so that two of them never meet. There everybody
    writes, and what the cache answers is unpickled: the folder is made ours, or refused.
    """
    path = VAR_DIR / "run" / "valkey.sock"
    if len(str(path)) <= 90:
        return path
    digest = hashlib.sha256(str(VAR_DIR).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"quizsite-{os.getuid()}-{digest}"
    if REDIS_IS_EMBEDDED:
        try:
            make_own_folder(folder)
        except FolderNotOurs as refusal:
            raise ImproperlyConfigured(str(refusal)) from refusal
    return folder / "valkey.sock"


REDIS_URL = env.str("REDIS_URL", default="")
REDIS_IS_EMBEDDED = not REDIS_URL
EMBEDDED_REDIS_SOCKET = _embedded_redis_socket()
if REDIS_IS_EMBEDDED:
    REDIS_URL = f"unix://{EMBEDDED_REDIS_SOCKET}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "quizsite",
        # A server that hangs must not hang the site: it counts as gone after seconds.
        "OPTIONS": {"db": "1", "socket_connect_timeout": 2, "socket_timeout": 3},
    },
}

# --- Celery: the database is the record, the broker a doorbell -----------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 20 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 18 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "plan"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "run" / "celerybeat-schedule")
# Beat only says "look"; rows say what is due. A lost or doubled tick changes nothing.
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=5.0)
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "courses.common.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(SWEEP_SECONDS, 1.0)},
    },
}

# --- People -----------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    # Django's own ModelBackend is part of it; naming both would hash each password twice.
    "courses.accounts.backends.PeopleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:start"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Only in the browser session that signed up, which still knows where its owner was going.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_FORMS = {
    name: f"courses.accounts.forms.{form}"
    for name, form in (
        ("add_email", "AddEmailForm"),
        ("change_password", "ChangePasswordForm"),
        ("login", "LoginForm"),
        ("reauthenticate", "ReauthenticateForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "ResetPasswordKeyForm"),
        ("set_password", "SetPasswordForm"),
        ("signup", "SignupForm"),
    )
}
ACCOUNT_ADAPTER = "courses.accounts.adapter.AccountAdapter"
# How many proxies in front append to X-Forwarded-For; with 0 the header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# Answers a minute of visitors without an account, of one address (a school may be one address);
# in an hour ten times as many.
GUEST_ANSWERS_PER_MINUTE = env.int("GUEST_ANSWERS_PER_MINUTE", default=120)

# --- Language and time ---------------------------------------------------------------
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "courses" / "locale"]
# English, and every language with a compiled catalogue, each by its own name.
LANGUAGES = [
    (code, str(LANG_INFO[code]["name_local"]))
    for code in (
        LANGUAGE_CODE,
        *sorted(path.parent.parent.name for path in LOCALE_PATHS[0].glob("*/*/django.mo")),
    )
]
FORMAT_MODULE_PATH = "quizsite.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The zone of a new account until its owner chooses another.
LEARNER_TIME_ZONE = env.str("LEARNER_TIME_ZONE", default="Asia/Tokyo")

# --- Files ------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = "media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "courses.web.storage.ModuleStaticFilesStorage"},
}
# One answer, one form, one batch of offline reviews: none needs more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Mail -------------------------------------------------------------------------
vars().update(
    env.email(
        "EMAIL_URL",
        default=f"filemail:///{VAR_DIR / 'mail'}" if DEVELOPMENT else "consolemail://",
    )
)
EMAIL_TIMEOUT = 15  # seconds; a mail server that hangs must not hold a worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="quizsite <no-reply@localhost>")

# --- Security ----------------------------------------------------------------------
# Development is plain HTTP on loopback; everywhere else HTTPS is taken for granted.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEVELOPMENT)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEVELOPMENT else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- API --------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "courses.api.authentication.PersonalTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["courses.api.permissions.DenyUnlessStated"],
    "DEFAULT_RENDERER_CLASSES": ["courses.api.renderers.LeanJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["courses.api.parsers.GuardedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "courses.api.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Calls a minute, of an address that is not signed in and of a personal token.
API_ANONYMOUS_PER_MINUTE = env.int("API_ANONYMOUS_PER_MINUTE", default=120)
API_TOKEN_PER_MINUTE = env.int("API_TOKEN_PER_MINUTE", default=600)
SPECTACULAR_SETTINGS = {
    "TITLE": "quizsite API",
    "DESCRIPTION": "Courses, lessons, claims and spaced reviews.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ClaimKindEnum": "courses.content.models.ClaimRevision.Kind",
        "PartKindEnum": ["html", "question"],
        "VerdictEnum": ["right", "nearly", "wrong", "awaiting"],
        "ReviewVerdictEnum": ["right", "nearly", "wrong"],
    },
}

# Where `now` comes from; the tests put a clock here that can be moved.
CLOCK = env.str("QUIZSITE_CLOCK", default="django.utils.timezone.now")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = None  # courses.common.logs configures structlog and the root logger once
