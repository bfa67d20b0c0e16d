"""No log line holds what anybody wrote."""

import io
import logging
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from portal import logs

WORDS = "Яны білі мяне marker-4711"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that the settings' handler would print, from every logger."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(logs.Discreet())
    root = logging.getLogger()
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_our_own_lines_keep_ids_and_codes(lines: io.StringIO) -> None:
    row = UUID("6d8d1d5e-7b0e-4d3c-9a52-3a8d8f6f0a11")
    logging.getLogger("cases.actions").warning("%s of %s failed at %s after %d s", "dossier.build", row, "cases/x", 3)
    assert lines.getvalue() == f"dossier.build of {row} failed at cases/x after 3 s\n"


@pytest.mark.parametrize("name", ["cases.actions", "weasyprint", "celery.app.trace", "django.request", "root"])
def test_words_in_arguments_never_appear(lines: io.StringIO, name: str) -> None:
    logging.getLogger(name).error("could not read %s of %r", WORDS, {"a": WORDS})
    logging.getLogger(name).error("could not read %(what)s", {"what": WORDS})
    logging.getLogger(name).error("%s", ValueError(WORDS))
    assert "marker" not in lines.getvalue()
    assert "could not read *" in lines.getvalue()


def test_a_library_that_finished_its_text_itself_is_not_repeated(lines: io.StringIO) -> None:
    logging.getLogger("pypdf").warning(f"odd object in {WORDS}")  # noqa: G004 - libraries do this
    assert lines.getvalue().startswith("(text withheld) at test_logs:")


def test_an_exception_is_told_by_class_and_place_with_its_causes(lines: io.StringIO) -> None:
    try:
        try:
            raise ValueError(WORDS)
        except ValueError as cause:
            raise KeyError(WORDS) from cause
    except KeyError:
        logging.getLogger("cases.tasks").exception("build failed")
    line = lines.getvalue()
    assert "marker" not in line
    assert line.count("\n") == 1
    assert line.startswith("build failed [builtins.KeyError at tests/unit/portal/test_logs.py:")
    assert "from builtins.ValueError at " in line


def test_a_cause_that_was_set_aside_is_not_told(lines: io.StringIO) -> None:
    try:
        try:
            raise ValueError(WORDS)
        except ValueError:
            raise KeyError(WORDS) from None
    except KeyError:
        logging.getLogger("cases.tasks").exception("build failed")
    assert "ValueError" not in lines.getvalue()


def test_stack_and_arguments_that_do_not_fit_are_harmless(lines: io.StringIO) -> None:
    logging.getLogger("celery").error("%d of %s", WORDS, WORDS, stack_info=True)
    logging.getLogger("celery").error("%(missing)s", {"other": WORDS})
    assert lines.getvalue() == "* of *\n*\n"


def test_a_formatter_cannot_bring_the_exception_back() -> None:
    record = logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "a %s", (WORDS,), (ValueError, raised(ValueError(WORDS)), None)
    )
    record.exc_text = WORDS
    logs.Discreet().filter(record)
    assert "marker" not in logging.Formatter("%(message)s %(exc_text)s").format(record)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["400", "403", "404", "413", "500"])
def test_a_failing_page_leaves_no_words_in_the_log(settings: object, lines: io.StringIO, kind: str) -> None:
    settings.ROOT_URLCONF = "tests.factories.pages"
    client = Client(raise_request_exception=False)
    client.post(f"/be/fails/{kind}/?q={WORDS}", {"answer": WORDS})
    text = lines.getvalue()
    assert "arker" not in text
    assert f"{kind} POST /be/fails/{kind}/" in text


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_not_repeated(settings: object, lines: io.StringIO) -> None:
    settings.ROOT_URLCONF = "tests.factories.pages"
    Client().get(f"/be/{WORDS}/")
    Client(headers={"Host": "marker-host.example"}).get("/be/html/")
    assert "marker" not in lines.getvalue()
    assert "404 GET *" in lines.getvalue()


def test_what_nobody_caught_is_told_discreetly(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr("threading.excepthook", None)
    logs.quiet_hooks()
    error = raised(SuspiciousOperation(WORDS))
    sys.excepthook(type(error), error, error.__traceback__)
    assert lines.getvalue().startswith("uncaught [django.core.exceptions.SuspiciousOperation at ")
    assert "marker" not in lines.getvalue()


def test_the_settings_use_the_filter_on_every_handler() -> None:
    from django.conf import settings

    assert all("discreet" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
    assert settings.LOGGING["filters"]["discreet"] == {"()": "portal.logs.Discreet"}


@pytest.mark.parametrize(
    ("status", "app", "is_seen"),
    [(400, "intake", False), (429, "intake", False), (500, "intake", True), (403, "people", True), (404, None, True)],
)
def test_only_refusals_on_a_survivors_page_are_dropped(status: int, app: str | None, is_seen: bool) -> None:
    match = SimpleNamespace(app_name=app) if app else None
    entry = logging.makeLogRecord({"status_code": status, "request": SimpleNamespace(resolver_match=match)})
    assert logs.Unseen().filter(entry) is is_seen
    assert logs.Unseen().filter(logging.makeLogRecord({"msg": "anything"}))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["join", "first-run"])
def test_the_token_of_a_one_time_link_is_starred(lines: io.StringIO, kind: str) -> None:
    assert Client().get(f"/desk/{kind}/{'marker' * 7}/").status_code == 404
    assert "marker" not in lines.getvalue()
    assert f"404 GET /desk/{kind}/*/" in lines.getvalue()
