"""The audit trail on pages: of a case, of a person, and the head that is kept outside."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from cases.actions.erasing import approve_erasing, request_erasing
from cases.models import Case
from people import trail
from people.models import Role
from people.organisation import NewPerson, admit
from portal.environment import BASE_DIR, ROOMS
from tests.factories.cast import Cast, Member
from vault import audit, exported, worker
from vault.models import AuditEvent

pytestmark = pytest.mark.shown


@pytest.fixture
def protector(cast: Cast) -> Member:
    """Somebody for data protection."""
    root = cast.dana.ring.team("root").signer
    one = admit(NewPerson("dora", "Dora", Role.DATA_PROTECTION), root=root, demo=False)
    return Member(one.person, one.password, one.totp)


def of_case(case: Case) -> str:
    return f"/desk/cases/{case.reference}/trail/"


def of_person(member: Member) -> str:
    return f"/desk/people/{member.person.id}/trail/"


def text(answer: object) -> str:
    found = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(found.split())


class TestOfACase:
    """Everything about one case, its exhibits and dossiers."""

    def test_it_tells_in_words_who_did_what(self, as_ben: Client, told: Case, cast: Cast) -> None:
        exhibit = told.exhibits.get()
        audit.record("account.opened", "case", told.id, by=cast.ben.person.id, detail={"purpose": "assessment"})
        audit.record("exhibit.opened", "exhibit", exhibit.id, by=cast.ben.person.id, detail={"purpose": "reply"})
        page = text(as_ben.get(of_case(told)))
        for words in (
            "The person sent the first answers", "Ben took the case", "The person sent the account",
            "Ben opened the account: assessing routes",
            "Ben opened an exhibit: preparing a reply Exhibit 1",
        ):  # fmt: skip
            assert words in page

    def test_a_survivors_act_has_a_day_and_no_time(self, as_ben: Client, told: Case) -> None:
        rows = re.findall(r"<tr>.*?</tr>", as_ben.get(of_case(told)).content.decode(), re.DOTALL)
        (sent,) = [row for row in rows if "sent the account" in row]
        (taken,) = [row for row in rows if "took the case" in row]
        clock = r"\d\d:\d\d:\d\d"
        assert re.search(clock, taken)
        assert not re.search(clock, sent)

    def test_reading_it_is_put_on_record_once_a_view(self, as_ben: Client, told: Case, ben: Member) -> None:
        for views in (1, 2):
            as_ben.get(of_case(told))
            events = AuditEvent.objects.filter(action="trail.read", subject=told.id, actor=ben.person.id)
            assert events.count() == views
        assert "Ben read a trail" in text(as_ben.get(of_case(told)))
        assert "read a trail" not in text(as_ben.get(f"/desk/cases/{told.reference}/"))

    def test_it_is_narrowed_by_action_and_day(self, as_ben: Client, told: Case) -> None:
        page = text(as_ben.get(of_case(told), {"action": "account.sent"}))
        assert "1 entry" in page
        assert "took the case" not in page
        today = AuditEvent.objects.latest("id").on.isoformat()
        assert "took the case" in text(as_ben.get(of_case(told), {"day": today}))
        assert "No entry fits" in text(as_ben.get(of_case(told), {"day": "2001-01-01"}))
        for nonsense in ({"day": "yesterday"}, {"upto": "-1"}, {"upto": "9" * 40}, {"page": "x"}, {"page": "99"}):
            assert "took the case" in text(as_ben.get(of_case(told), nonsense))

    def test_pages_do_not_shift_while_somebody_reads(
        self, as_ben: Client, told: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(trail, "PER_PAGE", 3)
        seen, address = [], of_case(told) + "?"
        while address:
            body = as_ben.get(address).content.decode()
            seen += re.findall(r'data-label="What">([^<]*)<', body)
            found = re.search(r'href="([^"]*)" rel="next"', body)
            address = of_case(told) + found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == AuditEvent.objects.exclude(action="trail.read").filter(subject=told.id).count() + 1
        assert seen.count("read a trail") == 1

    def test_whoever_is_on_the_case_and_leads_and_data_protection_read_it(
        self, as_ben: Client, as_dana: Client, told: Case, protector: Member
    ) -> None:
        for client in (as_ben, as_dana, protector.browser()):
            assert client.get(of_case(told)).status_code == 200

    def test_a_colleague_and_a_lawyer_do_not(self, as_chloe: Client, as_lena: Client, told: Case) -> None:
        assert as_chloe.get(of_case(told)).status_code == 403
        assert as_lena.get(of_case(told)).status_code == 403
        assert not AuditEvent.objects.filter(action="trail.read").exists()

    def test_nobody_without_signing_in(self, client: Client, told: Case) -> None:
        assert client.get(of_case(told)).status_code == 302

    def test_a_reference_that_is_not_there(self, as_ben: Client, as_dana: Client) -> None:
        for client in (as_ben, as_dana):
            assert client.get("/desk/cases/222-222/trail/").status_code == 404

    def test_the_trail_of_an_erased_case_stays_for_those_who_watch(
        self, as_ben: Client, as_dana: Client, told: Case, ben: Member, dana: Member
    ) -> None:
        address = of_case(told)
        asked = request_erasing(case=told, by=ben.person, ring=ben.ring, why="survivor_asked")
        approve_erasing(erasure=asked, by=dana.person, ring=dana.ring, reference=told.reference)
        assert not Case.objects.filter(reference=told.reference).exists()
        page = text(as_dana.get(address))
        assert "This case was erased" in page
        for words in ("Ben took the case", "Ben asked to erase the case", "Dana erased the case"):
            assert words in page
        assert as_ben.get(address).status_code == 404


class TestOfAPerson:
    """What a person did."""

    def test_it_tells_what_was_done_where(self, as_dana: Client, told: Case, ben: Member) -> None:
        page = text(as_dana.get(of_person(ben)))
        assert "Trail of Ben" in page
        assert f"Ben took the case Case {told.reference}" in page
        exhibit = told.exhibits.get()
        audit.record("exhibit.opened", "exhibit", exhibit.id, by=ben.person.id, detail={"purpose": "reply"})
        assert f"Ben opened an exhibit: preparing a reply Exhibit 1 {told.reference}" in text(
            as_dana.get(of_person(ben))
        )
        assert f'href="{of_case(told)}"' in as_dana.get(of_person(ben)).content.decode()

    def test_everybody_reads_the_own_one_without_links_to_cases(self, as_ben: Client, told: Case, ben: Member) -> None:
        answer = as_ben.get(of_person(ben))
        assert "What you did" in text(answer)
        assert told.reference in text(answer)
        assert of_case(told) not in answer.content.decode()

    def test_a_lawyer_reads_the_own_one_too(self, as_lena: Client, lena: Member) -> None:
        assert "signed in" in text(as_lena.get(of_person(lena)))

    def test_reading_it_is_put_on_record(self, as_dana: Client, ben: Member, dana: Member) -> None:
        as_dana.get(of_person(ben))
        event = AuditEvent.objects.get(action="trail.read")
        assert (event.actor, event.subject_table, event.subject) == (dana.person.id, "person", ben.person.id)

    def test_nobody_else_reads_it(self, as_chloe: Client, as_lena: Client, ben: Member, client: Client) -> None:
        assert as_chloe.get(of_person(ben)).status_code == 403
        assert as_lena.get(of_person(ben)).status_code == 403
        assert as_chloe.get(f"/desk/people/{uuid4()}/trail/").status_code == 403
        assert client.get(of_person(ben)).status_code == 302

    def test_somebody_who_is_not_there(self, as_dana: Client) -> None:
        assert as_dana.get(f"/desk/people/{uuid4()}/trail/").status_code == 404


class TestTheHead:
    """The page of the whole trail, and the file that is kept outside."""

    def test_it_says_where_the_chain_stands_and_how_to_keep_a_head(self, as_dana: Client) -> None:
        page = text(as_dana.get("/desk/trail/"))
        assert "Nothing is chained yet" in page
        audit.chain(worker.ensure().signer)
        page = text(as_dana.get("/desk/trail/"))
        assert "verify_audit --head FILE" in page
        assert f"Number {audit.newest().number}" in page

    def test_it_names_who_signed(self, cast: Cast) -> None:
        audit.chain(worker.ensure().signer)
        assert "Dana, head 1" in text(cast.dana.browser().get("/desk/trail/"))

    def test_a_head_is_downloaded_with_the_second_factor(self, as_dana: Client, dana: Member) -> None:
        audit.chain(worker.ensure().signer)
        answer = as_dana.post("/desk/trail/head/", {"code": dana.code()})
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"].startswith('attachment; filename="audit-head-')
        known = exported.read(answer.content.decode())
        assert (known.number, known.difference()) == (1, "")
        assert json.loads(answer.content)["format"] == exported.FORMAT
        assert AuditEvent.objects.get(action="audit.exported").actor == dana.person.id

    @pytest.mark.parametrize("code", ["", "000000"])
    def test_without_it_nothing_leaves(self, as_dana: Client, code: str) -> None:
        audit.chain(worker.ensure().signer)
        answer = as_dana.post("/desk/trail/head/", {"code": code})
        assert answer["Content-Type"].startswith("text/html")
        assert "There is a problem" in text(answer)
        assert not AuditEvent.objects.filter(action="audit.exported").exists()

    def test_there_is_none_before_anything_is_chained(self, as_dana: Client, dana: Member) -> None:
        assert "Nothing is chained yet" in text(as_dana.post("/desk/trail/head/", {"code": dana.code()}))
        assert not AuditEvent.objects.filter(action="audit.exported").exists()

    def test_data_protection_may_and_others_may_not(
        self, as_ben: Client, as_lena: Client, client: Client, protector: Member
    ) -> None:
        audit.chain(worker.ensure().signer)
        watching = protector.browser()
        assert watching.get("/desk/trail/").status_code == 200
        assert watching.post("/desk/trail/head/", {"code": protector.code()})["Content-Type"] == "application/json"
        for other in (as_ben, as_lena):
            assert other.get("/desk/trail/").status_code == 403
            assert other.post("/desk/trail/head/", {"code": "000000"}).status_code == 403
        assert client.get("/desk/trail/").status_code == 302
        assert client.post("/desk/trail/head/").status_code == 302

    def test_a_trail_is_found_by_its_reference(self, as_dana: Client, told: Case) -> None:
        answer = as_dana.get("/desk/trail/", {"case": told.reference.lower()})
        assert answer["Location"] == of_case(told)
        for nonsense in ("x", "../../", f"{told.reference}/x"):
            assert "A reference looks like" in text(as_dana.get("/desk/trail/", {"case": nonsense}))

    def test_the_way_to_it_is_shown_to_those_who_may(self, as_ben: Client, as_dana: Client) -> None:
        assert 'href="/desk/trail/"' in as_dana.get("/desk/").content.decode()
        assert 'href="/desk/trail/"' not in as_ben.get("/desk/").content.decode()


def recorded(tree: ast.Module, constants: dict[str, str]) -> Iterator[str]:
    """The actions that a module records: texts and names of constants, also one of two."""
    for node in ast.walk(tree):
        name = getattr(node, "func", None)
        called = getattr(name, "id", getattr(name, "attr", ""))
        if isinstance(node, ast.Call) and called in ("record", "event") and node.args:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                if isinstance(part, ast.Name) and part.id in constants:
                    yield constants[part.id]


def constants_of(tree: ast.Module) -> dict[str, str]:
    """Module-level names of texts, also of several in one line."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = zip(target.elts, value.elts, strict=False) if isinstance(target, ast.Tuple) else [(target, value)]
            named = [(name, each) for name, each in pairs if isinstance(name, ast.Name)]
            found |= {name.id: each.value for name, each in named if isinstance(each, ast.Constant)}
    return found


def test_every_action_that_is_recorded_has_words() -> None:
    actions = set()
    for path in (path for room in ROOMS for path in (BASE_DIR / room).rglob("*.py") if "migrations" not in path.parts):
        tree = ast.parse(Path(path).read_text())
        actions |= {each for each in recorded(tree, constants_of(tree)) if re.fullmatch(r"[a-z_]+\.[a-z_]+", each)}
    assert {"account.opened", "head.written", "person.removed", "hold.kept"} <= actions
    assert actions - trail.WORDS.keys() == {"head.written"}  # of which no trail tells
