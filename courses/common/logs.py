"""Logs: one structured line for every event, without secrets, JSON unless in development."""

import contextlib
import io
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

CENSORED = "***"
_SECRET_NAME = re.compile(
    r"passw|token|secret|authorization|cookie|csrf|session|credential|private"
    r"|(?:^|[_-])key$|api_?key|otp|recovery",
    re.IGNORECASE,
)
# In texts: the password in an address, a bearer token, name=value of a secret, a query string.
_SECRET_TEXT = (
    (re.compile(r"(?<=://)[^/\s@]*@"), f"{CENSORED}@"),
    (re.compile(r"\b(Bearer|Basic|Token)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {CENSORED}"),
    (
        re.compile(
            r"\b([\w-]*(?:passw\w*|token|secret|authorization|cookie|csrf\w*|session\w*|api_?key))"
            r"(['\"]?\s*[=:]\s*['\"]?)[^\s'\",;&)}]+",
            re.IGNORECASE,
        ),
        rf"\1\2{CENSORED}",
    ),
    (re.compile(r"(?<=[\w/])\?[\w.~%-]+=[^\s'\"]*"), f"?{CENSORED}"),
)
# Links in mails: whoever reads one may set the password, confirm the address, stop the mails.
_SECRET_PATH = re.compile(
    r"(/(?:password/reset/key|confirm-email|reminders/stop)/)(?!done/)[^\s'\"]+"
)
_DEPTH = 4


def censor_text(text: str) -> str:
    """Return `text` without passwords in addresses, bearer tokens, query strings, keys in paths."""
    if "/" in text:
        text = _SECRET_PATH.sub(rf"\1{CENSORED}", text)
    if "=" in text or ":" in text or "earer " in text:
        for pattern, replacement in _SECRET_TEXT:
            text = pattern.sub(replacement, text)
    return text


def censor_value(name: str, value: Any, depth: int = _DEPTH) -> Any:
    """Return `value` as it may be logged under `name`, nested values included."""
    if _SECRET_NAME.search(name):
        return CENSORED
    if isinstance(value, str):
        return censor_text(value)
    if isinstance(value, Mapping):
        if depth == 0:
            return "..."
        return {str(key): censor_value(str(key), inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [censor_value("", inner, depth - 1) if depth else "..." for inner in value]
    return value


_PLAIN = frozenset({"level", "timestamp", "logger", "ms", "status", "method", "request_id"})


def censor(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The processor that lets no secret into a line; runs last but one, after tracebacks."""
    for name, value in event.items():
        if name not in _PLAIN and not name.startswith("_"):
            event[name] = censor_value(name, value)
    return event


class _StandardError(io.TextIOBase):
    """Whatever is standard error when a line is written: tests and supervisors replace it."""

    def write(self, text: str) -> int:
        # A disk that is full or a reader that is gone costs a line, never a request.
        with contextlib.suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()


_stderr = cast(TextIO, _StandardError())
# Libraries that say a second time what a line of ours says, or that nothing happened.
_QUIETER = {
    "django.request": logging.ERROR,
    "django.server": logging.ERROR,
    "celery.app.trace": logging.WARNING,
    "celery.beat": logging.WARNING,
    "celery.worker.strategy": logging.WARNING,
}
# One list for good, changed in place: loggers keep it from their first use on.
_processors: list[Processor] = []


def configure(*, level: str = "INFO", json: bool = True) -> None:
    """Configure structlog and the standard library's root logger; safe to call again.

    Both write to standard error, one event a line: JSON, or (in development) text for people,
    tracebacks below their line.
    """
    chain = _chain()
    renderer = _renderer(json)
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    _processors[:] = [*chain, censor, renderer]
    structlog.configure(
        processors=_processors,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=_stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *chain],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            censor,
            renderer,
        ],
    )
    handler = logging.StreamHandler(_stderr)
    handler.setFormatter(formatter)
    handler.set_name("quizsite")
    root = logging.getLogger()
    for old in [known for known in root.handlers if known.get_name() == "quizsite"]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(number)
    for name, least in _QUIETER.items():
        logging.getLogger(name).setLevel(max(number, least))


def _chain() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
        structlog.processors.format_exc_info,
    ]


def _renderer(json: bool) -> Processor:
    if json:
        return structlog.processors.JSONRenderer(default=str, ensure_ascii=False)
    return _readable


def _readable(_: WrappedLogger, __: str, event: MutableMapping[str, Any]) -> str:
    """Render `12:30:01 warning  job_put_off attempt=1 kind=remind`, then the traceback."""
    time = str(event.pop("timestamp", ""))[11:19]
    level = str(event.pop("level", ""))
    exception = event.pop("exception", None)
    name = event.pop("logger", None)
    message = str(event.pop("event", ""))
    origin = f"{name}: " if name else ""
    if name is None and message == "request":
        message = "{method} {path} {status} in {ms} ms".format_map(event)
        hidden = {"method", "path", "status", "ms", "request_id"}
        event = {key: value for key, value in event.items() if key not in hidden}
    rest = " ".join(f"{key}={_shown(event[key])}" for key in sorted(event))
    line = f"{time} {level:<8} {origin}{message} {rest}".rstrip()
    return f"{line}\n{exception}" if exception else line


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text) if " " in text or not text else text
