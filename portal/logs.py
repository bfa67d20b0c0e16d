"""Logs that hold ids, codes and places in the code, and nothing that anybody wrote.

Our own code logs constant texts with ids as arguments (ruff's G rules hold it to that). Libraries do not promise
that, so their finished texts are dropped, their templates are kept with the values starred, and of an exception only
the classes and the places in the code are told.
"""

import logging
import re
import sys
import threading
import traceback
from datetime import date, time, timedelta
from decimal import Decimal
from types import TracebackType
from typing import Any
from uuid import UUID

from portal.environment import BASE_DIR, ROOMS

PLAIN = (bool, int, float, Decimal, UUID, date, time, timedelta, type(None))
CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,120}")  # an id, a dotted code, a task name, a path of ours
STAR = "*"
SURVIVORS = "intake"  # the application of a survivor's pages

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Discreet(logging.Filter):
    """Rewrites each record so that no formatter can print content; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace text, arguments and exception of a record by what may be told."""
        if getattr(record, "is_discreet", False):  # several handlers see the same record
            return True
        record.is_discreet = True
        text = told(record)
        if record.exc_info:
            text = f"{text} [{trail(record.exc_info)}]"
        record.msg, record.args = text, None
        record.exc_info = record.exc_text = record.stack_info = None
        record.message = text
        return True


class Unseen(logging.Filter):
    """Drops what was refused on a survivor's page: whoever keeps the log adds the hour, and a flood fills the disk."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else pass, errors of ours on the same pages too."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        is_refusal = 400 <= int(getattr(record, "status_code", 0) or 0) < 500
        return not (is_refusal and match is not None and match.app_name == SURVIVORS)


def told(record: logging.LogRecord) -> str:
    """Say what a record may say, by who wrote it."""
    request = getattr(record, "request", None)
    if request is not None:
        return f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')} {address(request)}".strip()
    if record.name.split(".")[0] in ROOMS:
        return fill(str(record.msg), record.args, code)
    if record.args:
        return fill(str(record.msg), record.args, star)
    return f"(text withheld) at {record.module}:{record.lineno}"


def address(request: Any) -> str:
    """Give the path of a request without its query; an address that leads nowhere may hold anything and is starred.

    So is the token of a one-time link: it is a secret that stands in an address.
    """
    match = getattr(request, "resolver_match", None)
    if not match:
        return STAR
    token = str(getattr(match, "kwargs", {}).get("token") or "")
    return str(request.path).replace(token, STAR) if token else request.path


def fill(template: str, args: Any, keep: Any) -> str:
    """Put the arguments that may be kept into a template."""
    if not args:
        return template
    kept = {k: keep(v) for k, v in args.items()} if isinstance(args, dict) else tuple(keep(v) for v in args)
    try:
        return template % kept
    except (TypeError, ValueError, KeyError):
        return re.sub(r"%(\(\w+\))?[-#0 +]*[\d.*]*[a-zA-Z]", STAR, template)


def star(value: Any) -> Any:
    """Keep a library's numbers and ids, star the rest."""
    return value if isinstance(value, PLAIN) else STAR


def code(value: Any) -> Any:
    """Keep numbers, ids and codes of our own, star the rest."""
    return value if isinstance(value, PLAIN) or (isinstance(value, str) and CODE.fullmatch(value)) else STAR


def trail(info: Any) -> str:
    """Name the classes of an exception and its causes, each with the place where it was raised."""
    error = info[1] if isinstance(info, tuple) else info if isinstance(info, BaseException) else sys.exc_info()[1]
    seen: list[str] = []
    while error is not None and len(seen) < 8:
        seen.append(f"{type(error).__module__}.{type(error).__qualname__} at {place(error.__traceback__)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " from ".join(seen)


def place(trace: TracebackType | None) -> str:
    """Name the last place of ours in a traceback, or the last place at all, as file:line."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    ours = [(name, line) for name, line in frames if is_ours(name)]
    if not frames:
        return "no place"
    name, line = (ours or frames)[-1]
    return f"{name.removeprefix(str(BASE_DIR)).lstrip('/')}:{line}"


def is_ours(name: str) -> bool:
    """Tell whether a file of code lies in one of our rooms."""
    relative = name.removeprefix(f"{BASE_DIR}/")
    return relative.split("/")[0] in ROOMS


def quiet_hooks() -> None:
    """Send what no code caught through the log too: Python would print the exception's text and its lines of code."""
    logger = logging.getLogger("portal.uncaught")
    sys.excepthook = lambda kind, error, trace: logger.critical("uncaught", exc_info=(kind, error, trace))
    threading.excepthook = lambda args: logger.critical("uncaught in a thread", exc_info=args.exc_value)
    sys.unraisablehook = lambda args: logger.critical("unraisable", exc_info=args.exc_value)
