"""The admin of the desk: a door for what no key opens, no second way to anything else."""

from __future__ import annotations

import copy
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from cases import letter_texts
from cases.models import LetterTemplate
from intake import crisis, numbers
from intake.models import CrisisNumber
from people.models import Deputyship, Person
from people.permissions import Permission, may
from portal.registers import admin
from tests.factories.cast import Cast
from tests.factories.walk import Walk, text_of
from vault.models import AuditEvent, today

pytestmark = [pytest.mark.django_db, pytest.mark.shown]

HOME = "/desk/admin/"
LIST = "/desk/admin/person/"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
SECRETS = ("password", "pair__password_seed", "sealedtotpdevice__sealed", "digest_address", "seen_event", "pair")


@pytest.fixture
def lead(cast: Cast) -> Client:
    """Dana's browser."""
    return cast.dana.browser()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def shown(register: Any) -> set[str]:
    """The names of columns that a register shows, asks for, sorts or filters by, or takes from a form."""
    form = register.form.Meta.fields if hasattr(register.form, "Meta") and hasattr(register.form.Meta, "fields") else ()
    plain = [*register.list_display, *(register.fields or ()), *register.readonly_fields, *register.search_fields]
    return {*plain, *form, *(getattr(each, "field", each.parameter_name) for each in register.list_filter)}


# --- what is in it ---


def test_these_registers_are_there_and_no_sealed_field_is_in_any() -> None:
    assert {model._meta.label for model in admin._registry} == {
        "people.Person", "jurisdictions.State", "cases.LetterTemplate", "intake.CrisisNumber",
    }  # fmt: skip
    for model, register in admin._registry.items():
        sealed = {name for name, kind in model.FIELDS.items() if kind == "sealed"}
        assert not sealed & {name.split("__")[0] for name in shown(register)}, model._meta.label
        assert not register.get_inline_instances(None)


def test_only_named_columns_of_a_table_are_shown() -> None:
    columns = {
        model._meta.label: {name for name in shown(register) if name in model.FIELDS}
        for model, register in admin._registry.items()
    }
    assert columns == {
        "people.Person": {"name", "login", "role"},
        "jurisdictions.State": {"iso2", "iso3", "name"},
        "cases.LetterTemplate": {"kind", "language", "text", "is_reviewed"},
        "intake.CrisisNumber": {
            "country", "kind", "number", "free", "anonymous", "source", "checked_on", "confidence", "note",
        },
    }  # fmt: skip


def test_the_hash_of_a_password_is_not_even_read() -> None:
    query = str(admin._registry[Person].get_queryset(None).query)
    assert '"name"' in query
    assert '"password"' not in query
    assert "digest_address" not in query


@pytest.mark.parametrize("column", SECRETS)
@pytest.mark.parametrize("how", ["", "__startswith", "__isnull"])
def test_no_address_asks_a_column_that_is_not_shown(lead: Client, column: str, how: str) -> None:
    assert lead.get(LIST, {column + how: "argon2"}).status_code == 400


@pytest.mark.parametrize("asked", ["?e=1&p=x", "?o=99.-7", "?role=nobody", "?state=x", "?_popup=1", "?all=1", "?p=9"])
def test_odd_addresses_break_nothing(lead: Client, asked: str) -> None:
    assert lead.get(LIST + asked, follow=True).status_code == 200


def test_an_account_is_shown_with_numbers_of_factors_and_links_to_the_acts(lead: Client, cast: Cast) -> None:
    listed = text_of(text(lead.get(LIST, {"q": "ben"})))
    assert "1 app, 0 passkeys, 0 recovery codes" in listed
    assert "Chloe" not in listed.split("1 found")[1]
    page = text(lead.get(f"{LIST}{cast.ben.person.id}/"))
    assert f"/desk/people/{cast.ben.person.id}/" in page
    assert "<input" not in page.split("<main")[1]
    hidden = Person.objects.get(id=cast.ben.person.id).password
    assert hidden.rpartition("$")[2] not in page


# --- who may come in ---


def test_the_only_sign_in_is_that_of_the_desk(cast: Cast) -> None:
    half = Client()
    half.post("/desk/sign-in/", {"login": "dana", "password": cast.dana.password})
    for client in (Client(), half):
        for path in (HOME, LIST):
            assert client.get(path)["Location"].startswith("/desk/sign-in/")
    for path in ("login/", "logout/", "password_change/", "jsi18n/", "autocomplete/", "r/1/1/", "person/add/"):
        assert cast.dana.browser().get(HOME + path).status_code == 404


def test_while_a_view_of_it_runs_the_request_has_no_keys(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    register = admin._registry[Person]
    plain = register.get_queryset

    def looking(request: Any) -> Any:
        seen.append(request.keyring)
        return plain(request)

    monkeypatch.setattr(register, "get_queryset", looking)
    assert lead.get(LIST).status_code == 200
    assert set(seen) == {None}


def test_its_pages_keep_the_policy_of_the_desk_and_load_nothing_of_djangos(lead: Client, loaded: object) -> None:
    letter_texts.load()
    numbers.load()
    usual = lead.get("/desk/people/")
    rows = [f"{model._meta.model_name}/{model.objects.first().pk}/" for model in admin._registry]
    lists = [f"{model._meta.model_name}/" for model in admin._registry]
    for path in ["", *lists, *rows, "crisisnumber/new/", "lists/", "lists/country/"]:
        answer = lead.get(HOME + path)
        assert answer.status_code == 200, path
        for header in ("Content-Security-Policy", "Cache-Control", "Permissions-Policy", "X-Robots-Tag"):
            assert answer[header] == usual[header], path
        assert not INLINE.search(text(answer)), path
        assert "/static/admin/" not in text(answer), path
        assert "proof" not in text(answer), path


@pytest.mark.parametrize("role", ["administrator", "reference_editor", "clinician"])
def test_standing_in_for_the_leads_gives_no_look_at_accounts(cast: Cast, role: str) -> None:
    ben = cast.ben.person
    Person.objects.filter(id=ben.id).update(role=role)
    Deputyship.objects.create(person=ben, made_by=cast.dana.person, until_on=today())
    person = Person.objects.get(id=ben.id)
    assert person.is_lead
    assert may(person, Permission.KEEP_TEXTS)
    assert bool(may(person, Permission.SEE_ACCOUNTS)) == (role == "administrator")


def test_no_crafted_post_changes_an_account_and_nothing_can_be_deleted(lead: Client, cast: Cast) -> None:
    letter_texts.load()
    numbers.load()
    ben = cast.ben.person
    before = {model: list(model.objects.order_by("pk").values()) for model in admin._registry}
    wish = {"role": "lead", "team": "South", "is_active": "", "password": "x", "_popup": "1", "_save": "1"}
    paths = [LIST, f"{LIST}{ben.id}/", f"{LIST}{ben.id}/?_popup=1", HOME, "/desk/admin/state/", "/desk/admin/lists/"]
    assert {lead.post(path, wish).status_code for path in paths} == {405}
    delete = {"action": "delete_selected", "_selected_action": str(ben.id), "post": "yes", "index": "0"}
    assert lead.post(LIST, delete).status_code == 405
    for row in (ben, LetterTemplate.objects.first(), CrisisNumber.objects.first()):
        for act in ("delete/", "history/", "change/"):
            assert lead.post(f"{HOME}{row._meta.model_name}/{row.pk}/{act}", {"post": "yes"}).status_code == 404
    assert before == {model: list(model.objects.order_by("pk").values()) for model in admin._registry}


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    letter_texts.load()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = copy.deepcopy(cast.dana.browser().cookies)
    row = LetterTemplate.objects.first()
    assert strict.post(f"{HOME}lettertemplate/{row.id}/", {"text": "Planted."}).status_code == 403
    assert LetterTemplate.objects.get(id=row.id).text == row.text


# --- texts of letters ---


@pytest.fixture
def letter(lead: Client) -> LetterTemplate:
    """A text that was read by a native speaker."""
    letter_texts.load()
    LetterTemplate.objects.update(is_reviewed=True)
    return LetterTemplate.objects.get(kind="first", language="be", form="")


def save(client: Client, path: str, **given: Any) -> Any:
    """Open a page of the admin, change some fields and save."""
    form = client.get(path).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    return client.post(path, {name: value for name, value in (fields | given).items() if value not in (None, False)})


def test_a_changed_text_is_kept_counts_as_unread_and_is_an_event_without_words(
    lead: Client, letter: LetterTemplate, cast: Cast
) -> None:
    path = f"{HOME}lettertemplate/{letter.id}/"
    assert save(lead, path, text="Добры дзень, {day}! {role_name}").status_code == 302
    row = LetterTemplate.objects.get(id=letter.id)
    assert row.text == "Добры дзень, {day}! {role_name}"
    assert not row.is_reviewed
    event = AuditEvent.objects.get(subject=letter.id)
    assert (event.action, event.actor) == ("letter_text.changed", cast.dana.person.id)
    assert event.detail == {"fields": ["text"]}
    assert not LogEntry.objects.exists()
    assert letter_texts.load().kept == 1
    assert LetterTemplate.objects.get(id=letter.id).text == row.text
    assert "changed a text with which letters begin" in text(lead.get(f"/desk/people/{cast.dana.person.id}/trail/"))


def test_a_placeholder_that_nothing_fills_is_refused_and_nothing_is_no_event(
    lead: Client, letter: LetterTemplate
) -> None:
    path = f"{HOME}lettertemplate/{letter.id}/"
    page = text(save(lead, path, text="Hello {name}"))
    assert "Only these may stand in braces" in page
    assert "Hello {name}" in page
    assert save(lead, path).status_code == 302
    assert LetterTemplate.objects.get(id=letter.id).text == letter.text
    assert not AuditEvent.objects.filter(subject=letter.id).exists()


# --- numbers to call ---


@pytest.fixture
def latvian(lead: Client) -> CrisisNumber:
    """A number of Latvia that survivors see."""
    numbers.load()
    known = {numbers.identity(entry): crisis.resource_of(entry) for entry in crisis.entries()}
    return next(
        row for row in CrisisNumber.objects.filter(country="LV") if known[numbers.identity(row.seeded)].is_verified
    )


@pytest.fixture
def survivor(latvian: CrisisNumber, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """Somebody who lives in Latvia, on a day on which the numbers are fresh."""
    on = max(each.checked_on for each in crisis.resources())
    monkeypatch.setattr("intake.views.plain.today", lambda: max(on, today()))
    walk = Walk("en")
    walk.fill("q/2/", {"ELG-02-value": "LV"})
    return walk


def test_a_changed_number_is_what_survivors_see_and_no_load_takes_it_back(
    lead: Client, latvian: CrisisNumber, survivor: Walk, cast: Cast
) -> None:
    assert latvian.number in survivor.read("help/")
    path = f"{HOME}crisisnumber/{latvian.id}/"
    refused = text(save(lead, path, number="+371 2000 0000"))
    assert "A new number needs a new check" in refused
    assert "not written by this program" not in refused
    day = today().isoformat() if latvian.checked_on != today() else (today() - timedelta(1)).isoformat()
    assert save(lead, path, number="+371 2000 0000", checked_on=day).status_code == 302
    page = survivor.read("help/")
    assert "tel:+37120000000" in page
    row = CrisisNumber.objects.get(id=latvian.id)
    assert row.checked_by == "Dana (dana)"
    assert "Dana" not in page
    assert AuditEvent.objects.get(subject=row.id).detail == {"fields": ["checked_on", "number"]}
    assert numbers.load().changed == 0
    assert CrisisNumber.objects.get(id=row.id).number == "+371 2000 0000"


def test_a_number_from_tomorrow_or_without_a_language_is_refused(lead: Client, latvian: CrisisNumber) -> None:
    path = f"{HOME}crisisnumber/{latvian.id}/"
    assert "has not come yet" in text(save(lead, path, checked_on=(today() + timedelta(1)).isoformat()))
    assert save(lead, path, name_ar="").status_code == 200
    assert save(lead, path, number="call us").status_code == 200
    assert save(lead, path, source="http://a.example").status_code == 200
    assert CrisisNumber.objects.get(id=latvian.id).entry == latvian.entry


def test_a_new_number_comes_after_the_others(lead: Client, survivor: Walk) -> None:
    texts = {f"{field}_{code}": "Line" for field in ("name", "hours") for code in crisis.TEXTS}
    given = {"country": "LV", "kind": "emotional", "number": "2222 3333", "source": "https://line.example/"}
    given |= {"checked_on": today().isoformat(), "confidence": "high", "free": "unknown", "anonymous": "true", **texts}
    assert lead.post(f"{HOME}crisisnumber/new/", given | {"spoken": ["lv", "ru"]}).status_code == 302
    assert "tel:22223333" in survivor.read("help/")
    row = CrisisNumber.objects.get(number="2222 3333")
    assert (row.free, row.anonymous, row.languages) == (None, True, ["lv", "ru"])
    assert AuditEvent.objects.get(subject=row.id).action == "crisis_number.added"
    assert numbers.load().gone == 0


def test_a_writer_to_the_database_plants_no_number(lead: Client, latvian: CrisisNumber, survivor: Walk) -> None:
    fair = survivor.read("help/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE intake_crisisnumber SET number = '666'")
    assert survivor.read("help/") == fair
    page = text(lead.get(f"{HOME}crisisnumber/{latvian.id}/"))
    assert "was not written by this program" in page
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_crisisnumber")
    assert survivor.read("help/") == fair


# --- States and lists ---


def test_a_state_is_to_read_and_leads_to_its_proposals(lead: Client, loaded: object) -> None:
    page = text(lead.get("/desk/admin/state/LT/"))
    assert "/desk/states/law/values/LT/" in page
    assert "<input" not in page.split("<main")[1]
    assert lead.get("/desk/admin/state/XX/").status_code == 404


def test_a_list_has_its_codes_in_every_language(lead: Client) -> None:
    page = text(lead.get("/desk/admin/lists/address_form/"))
    for word in ("neutral", "As a woman", "Как к женщине", "Як да жанчыны"):
        assert word in page
    assert lead.get("/desk/admin/lists/nothing/").status_code == 404
