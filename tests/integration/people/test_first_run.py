"""The first run: one address, once, at which the first lead makes the organisation."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from people import first_run, keys, opening
from people.models import Person, Role, SealedTOTPDevice
from people.organisation import AlreadyFounded, NewPerson
from tests.factories.cast import Cast
from vault import worker
from vault.errors import NoGrant
from vault.keyring import Keyring
from vault.models import AuditEvent, KeyPair, Statement

PASSWORD = "a lead's own long password"
LEAD = NewPerson("dana", "Dana", Role.LEAD, "North")
SECRET = b"twenty secret bytes!"


@pytest.fixture
def token(db: None, fresh_deployment: None, settings: Any, tmp_path: Path) -> str:
    """The token of a first run that may begin."""
    settings.STATE_DIR = tmp_path
    return first_run.issue()


def code_of(secret: bytes) -> str:
    totp = TOTP(secret, SealedTOTPDevice.STEP)
    totp.time = time.time()
    return f"{totp.token():06d}"


def secret_on(page: str) -> bytes:
    """The secret of the authenticator, read from the page as a person would type it."""
    found = re.search(r"<pre>([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})</pre>", page)
    assert found
    return b32decode(found[1].replace(" ", ""))


def fill(client: Client, path: str, **changed: str) -> Any:
    secret = secret_on(client.get(path).content.decode())
    typed = {"name": "Dana", "login": "dana", "team": "North", "password": PASSWORD, "again": PASSWORD}
    return client.post(path, {**typed, "code": code_of(secret), **changed})


def test_the_first_lead_holds_the_root_the_leads_key_and_the_intake_key_and_nothing_else(token: str) -> None:
    begun = first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    person = Person.objects.get()
    ring = Keyring(keys.open_seed(person.pair, PASSWORD), person.pair)
    assert [ring.team(use).pair.use for use in ("root", "leads", "intake")] == ["root", "leads", "intake"]
    assert not KeyPair.objects.filter(use__in=["caseworkers", "recovery"]).exists()
    with pytest.raises(NoGrant):
        ring.team("caseworkers")
    assert begun.is_written
    assert not opening.is_open()


def test_a_first_run_happens_once(token: str) -> None:
    first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    assert not first_run.is_open(token)
    with pytest.raises(AlreadyFounded):
        first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    with pytest.raises(CommandError, match="has a root"):
        call_command("first_run")
    assert Person.objects.count() == 1


def test_after_24_hours_the_address_is_none(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=23, minutes=59))
    assert first_run.is_open(token)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=24, seconds=1))
    assert not first_run.is_open(token)
    with pytest.raises(AlreadyFounded):
        first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)


def test_a_newer_address_ends_the_older_and_neither_is_on_disk_in_clear(token: str, settings: Any) -> None:
    newer = first_run.issue()
    assert first_run.is_open(newer)
    assert not first_run.is_open(token)
    path = settings.STATE_DIR / "first_run"
    assert path.stat().st_mode & 0o777 == 0o600
    assert newer not in path.read_text()


def test_a_founding_that_fails_leaves_the_address_and_no_root(
    token: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(first_run, "state_delegate", fail)
    with pytest.raises(RuntimeError):
        first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    assert settings.ROOT_FINGERPRINT is None
    assert not KeyPair.objects.filter(use="root").exists()
    monkeypatch.undo()
    assert first_run.is_open(token)


def test_the_worker_of_this_host_is_admitted(token: str) -> None:
    first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    assert worker.ensure().pair.use == "worker"


def test_a_web_server_without_the_delegates_secret_admits_the_worker_that_the_address_names(
    token: str, settings: Any
) -> None:
    seed, settings.WORKER_DELEGATE = settings.WORKER_DELEGATE, None
    first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    assert Statement.objects.filter(use="delegate").count() == 1
    settings.WORKER_DELEGATE = seed
    assert worker.ensure().pair.use == "worker"


def test_a_delegate_that_only_the_database_names_is_not_admitted(token: str, settings: Any) -> None:
    known, stranger = worker.delegate(settings.WORKER_DELEGATE).pair, worker.delegate(bytes(32)).pair
    settings.WORKER_DELEGATE = None
    first_run.begin(token=token, lead=LEAD, password=PASSWORD, secret=SECRET)
    stated = Statement.objects.filter(use="delegate").values_list("pair", flat=True)
    assert list(stated) == [known.id]
    assert stranger.id not in stated


def test_the_page_makes_the_organisation_and_its_lead_signs_in(token: str) -> None:
    path = f"/desk/first-run/{token}/"
    client = Client()
    answer = fill(client, path)
    assert "The organisation is made" in answer.content.decode()
    person = Person.objects.get(login="dana")
    assert (person.role, person.team, person.is_active) == (Role.LEAD, "North", True)
    assert client.get(path).status_code == 404
    assert AuditEvent.objects.filter(action="organisation.founded").count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [("code", "000000"), ("again", "something else entirely"), ("password", "short"), ("login", "a b"), ("name", "")],
)
def test_the_page_makes_nothing_from_a_form_with_a_fault(token: str, field: str, typed: str) -> None:
    answer = fill(Client(), f"/desk/first-run/{token}/", **{field: typed})
    assert "There is a problem" in answer.content.decode()
    assert not KeyPair.objects.filter(use="root").exists()
    assert PASSWORD not in answer.content.decode()


def test_any_other_token_is_no_page(token: str) -> None:
    for other in ("x", token[:-1], token + "x"):
        assert Client().get(f"/desk/first-run/{other}/").status_code == 404


def test_a_founded_portal_has_no_first_run(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    with pytest.raises(AlreadyFounded):
        first_run.issue()
    assert Client().get("/desk/first-run/whatever/").status_code == 404
