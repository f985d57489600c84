"""Settings for the tests: the product's own, on a database and servers of this process alone.

Nothing of the developer's environment or .env reaches a test. What a test process hands
down to the processes it starts (a worker, a server) goes by QUIZSITE_TEST_* variables;
`tests.support.children.environment` sets them.
"""

import os
import secrets
import tempfile
from pathlib import Path

_OURS = (
    "ALLOWED_HOSTS", "BEHIND_TLS_PROXY", "CONN_MAX_AGE", "CSRF_TRUSTED_ORIGINS", "DEBUG",
    "DEFAULT_FROM_EMAIL", "EMAIL_URL", "GUEST_ANSWERS_PER_MINUTE", "LEARNER_TIME_ZONE",
    "LOG_LEVEL", "MEDIA_ROOT", "QUIZSITE_CLOCK", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
    "SITE_NAME", "SITE_URL", "STATIC_ROOT", "SWEEP_SECONDS", "TRUSTED_PROXY_COUNT",
)  # fmt: skip


def _own_folder() -> Path:
    """Return the folder of the test process, or of the one that started this process.

    It is only named here; tests/conftest.py makes and removes it. (mypy, too, reads these
    settings, and leaves without a goodbye.)
    """
    inherited = os.environ.get("QUIZSITE_TEST_VAR")
    if inherited:
        return Path(inherited)
    return Path(tempfile.gettempdir()) / f"quizsite-test-{os.getpid()}-{secrets.token_hex(4)}"


_folder = _own_folder()
for _name in _OURS:
    if f"QUIZSITE_TEST_{_name}" in os.environ:
        os.environ[_name] = os.environ[f"QUIZSITE_TEST_{_name}"]
    else:
        os.environ.pop(_name, None)
os.environ["QUIZSITE_ENV_FILE"] = os.devnull
os.environ["QUIZSITE_ENV"] = "development"
os.environ["SECRET_KEY"] = "long enough, for tests only, guards nothing"  # nosec B105
os.environ["QUIZSITE_VAR"] = str(_folder)
os.environ["REDIS_URL"] = os.environ.get("QUIZSITE_TEST_REDIS_URL", "")
os.environ["DATABASE_URL"] = os.environ.get(
    "QUIZSITE_TEST_DATABASE_URL", f"sqlite:///{_folder / 'quizsite.sqlite3'}"
)

from quizsite.settings import *  # noqa: E402, F403 - the environment above comes first
from quizsite.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads and child processes see the same data.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_folder / "test.sqlite3")
    # The disk's promise is the product's; tests that pull the plug kill processes, not power.
    DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"][
        "init_command"
    ].replace("synchronous=FULL", "synchronous=OFF")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "EMAIL_URL" not in os.environ:  # a test of another process's mails names a folder
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
# The real clock, moved by what `tests.support.clock` was told, in this and all child processes.
CLOCK = "tests.support.clock.now"
