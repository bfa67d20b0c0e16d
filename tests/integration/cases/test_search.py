"""Searching: what is found where, in slices, with a purpose, and what is said when it cannot be."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import opened_by, queue
from cases.actions.breaking_glass import hold
from cases.actions.facts import confirm_facts
from cases.actions.letters import write_from_team
from cases.actions.notes import save_note
from cases.models import Case
from cases.search import slices
from cases.search.slices import SEARCHED, Scope, Slice, step
from people import alarms
from people.permissions import Permission, may
from tests.factories import cast as made
from tests.factories.cast import FACTS, Cast, Member, Survivor
from tests.factories.intruder import erase
from tests.factories.made_up import APART, add_question, answered
from vault.models import AuditEvent, Grant

pytestmark = pytest.mark.django_db
LETTER = "Мой сусед Аляксандр Каваль бачыў усё. Пазваніце яму ў Гродна."
ALL = {"place": "all", "purpose": "reply"}


def find(member: Member, text: str, purpose: str = "reply", after: str = "") -> Slice:
    return step(Scope(text, purpose), by=member.person, ring=member.ring, after=after)


def kinds(found: Slice) -> list[str]:
    return [str(record.kind.words) for looked in found.found for record in looked.found]


def posted(client: Client, words: str, **fields: str) -> str:
    answer = client.post(reverse("cases:search"), {"words": words, "place": "work", **fields})
    assert answer.status_code == 200
    return answer.content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())


def noted(case: Case, member: Member, text: str, note: UUID | None = None, seen: int = 0) -> UUID:
    note = note or uuid4()
    save_note(case=case, by=member.person, ring=member.ring, note_id=note, text=text, seen=seen)
    return note


@pytest.fixture
def three(cast: Cast) -> list[Survivor]:
    """Three cases of Ben's, in the order of their references; a letter in each."""
    found = [made.first_contact() for _ in range(3)]
    for survivor in found:
        made.assigned(survivor, cast.ben)
        made.write(survivor, LETTER)
    return sorted(found, key=lambda each: each.case.reference)


class TestWhatIsFound:
    def test_each_kind_of_record_in_another_spelling(self, told: Case, amina: Survivor, cast: Cast) -> None:
        made.write(amina, LETTER)
        write_from_team(case=told, by=cast.ben.person, ring=cast.ben.ring, text="Мы пазвонім Ірыне.", language="be")
        confirm_facts(case=told, by=cast.ben.person, ring=cast.ben.ring, facts=FACTS)
        noted(told, cast.ben, "Спытаць у Генадзя пра бус.")
        hold(case=told, by=cast.ben.person, ring=cast.ben.ring, reason="Непадалёк бачылі Кулакова.")
        expected = {
            "Геннадий": ["Note"], "Kulakou": ["Reason of a safety hold"],
            "Koval Alexander": ["Letter"], "Ирина": ["Letter"], "дакументау": ["Account"], "Amina": ["Account"],
            "Ivanova": ["Name of an exhibit"], "custody": ["Facts"], "аддзяленні плітка": ["Account"],
            "police department": ["Account"], "Kaval калідор": [],
        }  # fmt: skip
        for member in (cast.ben, cast.dana):
            assert {text: kinds(find(member, text)) for text in expected} == expected

    def test_without_accounts_nothing_of_them_is_found_or_opened(
        self, told: Case, amina: Survivor, ben: Member
    ) -> None:
        made.write(amina, LETTER)
        assert [kinds(find(ben, text, purpose="")) for text in ("Koval", "калідор", "Аміна", "Акт")] == [
            ["Letter"], [], [], [],
        ]  # fmt: skip
        assert not AuditEvent.objects.filter(action=SEARCHED).exists()

    def test_the_reference_is_found_without_a_record(self, told: Case, ben: Member) -> None:
        for text in (told.reference, told.reference[:3].lower(), f" {told.reference} "):
            assert [(looked.case, looked.found) for looked in find(ben, text, purpose="").found] == [(told, [])]

    def test_the_sealed_part_is_never_found(self, cast: Cast, amina: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
        add_question(monkeypatch, "APA-01", "sealed")
        made.assigned(amina, cast.ben)
        made.tell(amina, answered("APA-01"))
        assert [kinds(find(member, APART)) for member in (cast.ben, cast.dana)] == [[], []]

    def test_only_the_newest_version_of_a_note_but_every_version_of_an_account(
        self, told: Case, amina: Survivor, ben: Member
    ) -> None:
        note = noted(told, ben, "Спытаць у Генадзя.")
        noted(told, ben, "Спытаць у Рыгора.", note, seen=1)
        made.tell(amina, {"story": {"EPI-08": {"value": "Зусім іншае апавяданне.", "lang": "be"}}})
        assert [kinds(find(ben, text)) for text in ("апавяданне", "калідор")] == [["Account"], ["Account"]]
        assert [kinds(find(ben, text)) for text in ("Геннадий", "Grigory")] == [[], ["Note"]]


class TestWhoFinds:
    def test_it_reads_what_the_permission_and_the_keys_allow(self, told: Case, cast: Cast) -> None:
        made.first_contact()
        for member in (cast.ben, cast.chloe, cast.dana, cast.lena):
            allowed = [case for case in Case.objects.all() if may(member.person, Permission.READ_ACCOUNT, case)]
            assert set(queue.readable(member.person)) == set(allowed), member.person.login
        assert [find(member, "калідор").total for member in (cast.ben, cast.chloe, cast.dana)] == [1, 0, 2]

    def test_a_case_that_the_own_keys_do_not_open_is_named_and_stops_nothing(
        self, three: list[Survivor], cast: Cast
    ) -> None:
        second = three[1].case
        erase(Grant.objects.filter(epoch__compartment__owner=second.id, recipient=cast.ben.person.pair))
        found = find(cast.ben, "Каваль")
        assert [looked.case for looked in found.found] == [three[0].case, three[2].case]
        assert found.without_key == [second]
        assert alarms.waiting() == []


class TestTheTrail:
    def test_each_opening_is_recorded_with_its_purpose_and_nothing_else(
        self, three: list[Survivor], ben: Member
    ) -> None:
        find(ben, "Каваль", purpose="safety")
        events = AuditEvent.objects.filter(action=SEARCHED)
        assert {(event.subject, event.actor, str(event.detail)) for event in events} == {
            (survivor.case.id, ben.person.id, "{'purpose': 'safety'}") for survivor in three
        }

    def test_it_is_recorded_before_anything_is_opened(
        self, told: Case, ben: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(slices.Reader, "look", broken)
        with pytest.raises(RuntimeError):
            find(ben, "калідор")
        assert AuditEvent.objects.filter(action=SEARCHED, subject=told.id).count() == 1

    @pytest.mark.shown
    def test_the_trail_and_the_survivor_are_told(self, told: Case, as_ben: Client, as_dana: Client) -> None:
        posted(as_ben, "калідор", **ALL)
        assert (
            "searched the account: preparing a reply"
            in as_dana.get(reverse("cases:trail", args=[told.reference])).content.decode()
        )
        [(_, [opening])] = opened_by.days(told)
        assert (opening.role, opening.what, opening.purposes) == ("caseworker", opened_by.SEARCHED, ("reply",))


def test_the_number_of_queries_does_not_grow_with_the_cases(three: list[Survivor], ben: Member) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            find(ben, "Петрович")
        return len(queries)

    find(ben, "Петрович")  # what a process reads once
    with_three = asked()
    Case.objects.filter(id__in=[survivor.case.id for survivor in three[1:]]).update(team="South")
    assert asked() == with_three


class TestSlices:
    @pytest.fixture(autouse=True)
    def _short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(slices, "SECONDS", 0)
        monkeypatch.setattr(slices, "AT_ONCE", 1)

    def test_each_goes_on_where_the_last_one_ended(self, three: list[Survivor], ben: Member) -> None:
        seen, after = [], ""
        for number in (1, 2, 3):
            found = find(ben, "Каваль", after=after)
            assert (found.done, found.total, found.is_over) == (number, 3, number == 3)
            seen += [looked.case for looked in found.found]
            after = found.last
        assert seen == [survivor.case for survivor in three]
        assert find(ben, "Каваль", after=after).found == []

    def test_a_case_that_comes_or_goes_meanwhile_ends_nothing(self, three: list[Survivor], cast: Cast) -> None:
        first = find(cast.ben, "Каваль")
        three[1].case.assignments.update(ended_on="2026-01-01")
        later = find(cast.ben, "Каваль", after=first.last)
        assert ([looked.case for looked in later.found], later.is_over) == ([three[2].case], True)

    @pytest.mark.shown
    def test_the_page_carries_words_place_and_what_was_found(self, three: list[Survivor], as_ben: Client) -> None:
        page = posted(as_ben, 'Каваль "', **ALL)
        carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split("data-goes-on")[0]))
        assert carried["words"] == "Каваль &quot;"
        assert carried["found"] == carried["after"] == three[0].case.reference
        assert "1 of 3 cases gone through" in plain(page)
        assert "data-goes-on" not in page  # somebody reads first
        again = posted(as_ben, "Каваль", **ALL, after=carried["after"], found=carried["found"])
        assert f"Found before: {three[0].case.reference}" in plain(again)
        assert three[1].case.reference in plain(again)
        last = posted(as_ben, "Каваль", **ALL, after=three[1].case.reference)
        assert "Go on" not in last

    @pytest.mark.shown
    def test_it_goes_on_by_itself_where_scripts_run_until_something_is_found(
        self, three: list[Survivor], as_ben: Client
    ) -> None:
        page = posted(as_ben, "Петрович")
        assert "data-goes-on" in page
        assert "desk-keys.js" in page
        assert "Nothing was found in these." in plain(page)
        page = posted(as_ben, "Петрович", after=three[1].case.reference)
        assert "Nothing was found." in plain(page)
        assert "data-goes-on" not in page


@pytest.mark.shown
class TestThePage:
    def test_a_passage_with_its_mark_under_the_kind_and_the_day(
        self, told: Case, amina: Survivor, as_ben: Client
    ) -> None:
        made.write(amina, LETTER)
        page = posted(as_ben, "Koval")
        assert "<mark>Каваль</mark>" in page
        assert 'class="own passage" lang="be"' in page
        assert re.search(r"Letter</a>, \d+ \w+", page)

    def test_of_many_records_the_newest_are_shown(
        self, told: Case, amina: Survivor, ben: Member, as_ben: Client
    ) -> None:
        for _ in range(7):
            made.write(amina, LETTER)
        [looked] = find(ben, "Koval").found
        assert (len(looked.found), looked.more) == (5, 2)
        assert "2 more records have the words; the newest are shown." in plain(posted(as_ben, "Koval"))

    def test_violent_words_are_not_on_the_page(self, told: Case, as_ben: Client) -> None:
        page = posted(as_ben, "калідор", **ALL)
        assert "It stays folded here." in page
        assert f'href="{reverse("cases:account", args=[told.reference])}"' in page
        assert "калідор" not in page.split("<form")[0] + page.split("</form>")[-1]
        assert "доўгі" not in page

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"words": "ка"}, "Type a word of at least three letters or digits."),
            ({"words": "а" * 90}, "That is too long to search."),
            ({"words": "раз два тры чатыры пяць шэсць сем"}, "These are too many words."),
            ({"words": ""}, "Nothing is written here yet."),
            ({"words": "Каваль", "place": "all"}, "Say why, or leave the accounts out."),
            ({"words": "Каваль", "place": "all", "purpose": "curiosity"}, "Select a valid choice."),
            ({"words": "Каваль", "place": "elsewhere"}, "Select a valid choice."),
        ],
    )
    def test_what_cannot_be_searched_is_said_and_kept(
        self, told: Case, as_ben: Client, fields: dict[str, str], said: str
    ) -> None:
        page = posted(as_ben, **({"place": "work"} | fields))
        assert said in plain(page)
        assert f'value="{fields["words"]}"' in page or not fields["words"]
        assert not AuditEvent.objects.filter(action=SEARCHED).exists()

    def test_whoever_may_open_no_case_is_told_so(self, told: Case, as_chloe: Client) -> None:
        assert "There is no case yet that you may open." in plain(
            as_chloe.get(reverse("cases:search")).content.decode()
        )
        assert "There is no case yet that you may open." in plain(posted(as_chloe, "калідор", **ALL))

    def test_it_is_reached_from_every_page_and_has_one_filled_button(self, told: Case, as_ben: Client) -> None:
        assert f'href="{reverse("cases:search")}"' in as_ben.get(reverse("cases:queue")).content.decode()
        for page in (as_ben.get(reverse("cases:search")).content.decode(), posted(as_ben, "калідор", **ALL)):
            assert len(re.findall(r'class="button go', page)) == 1
            assert "<title>Search - Workspace</title>" in page
