"""The editor of facts: from a paragraph to a sentence, whatever is typed, by two people, with sources that go away."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions import composing
from cases.actions.breaking_glass import hold
from cases.models import Case
from tests.factories.cast import STORY, Cast, Member
from tests.factories.complaint import draft_of, drafted, saved, sentence
from vault.models import AuditEvent

pytestmark = pytest.mark.shown
TEXT = "The complainant was taken in the evening."
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*name="(\w+)"[^>]*>')


def at(case: Case, variant: str = "uj-en") -> str:
    return f"/desk/cases/{case.reference}/sentences/{variant}/"


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the one form, as it stands."""
    found: dict[str, str] = {}
    form = page.partition('id="write-form"')[2] or page.rpartition("<form")[2]
    form = form.partition("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{each}="([^"]*)"', tag) for each in ("name", "value"))
        if name and name[1] != "csrfmiddlewaretoken" and ('type="radio"' not in tag or "checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, body in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = unescape(body)
    for name, body in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        picked = re.search(r'value="([^"]*)" selected', body)
        found[name] = picked[1] if picked else ""
    return found


def opened(client: Client, case: Case) -> str:
    answer = client.get(at(case))
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def write(client: Client, case: Case, **given: Any) -> Any:
    fields = form_of(opened(client, case)) | {"text": TEXT, "sources": "¶ 1", "voice": "person"} | given
    return client.post(at(case), fields)


def test_from_a_paragraph_to_a_sentence_with_its_source_beside_it(told: Case, as_ben: Client, ben: Member) -> None:
    page = opened(as_ben, told)
    assert "Nothing is written yet." in page
    assert STORY.split("\n")[0][:40] not in page, "violent parts are folded"
    unfolded = as_ben.post(at(told), form_of(page) | {"unfold": re.search(r'name="unfold" value="([\d-]+)"', page)[1]})
    page = unfolded.content.decode()
    assert STORY.split("\n")[0][:40] in page
    cited = as_ben.post(at(told), form_of(page) | {"text": TEXT, "cite": "¶ 1"}).content.decode()
    fields = form_of(cited)
    assert (fields["sources"], fields["text"]) == ("¶ 1", TEXT)
    answer = as_ben.post(at(told), fields | {"topic": "arrest", "on": "2020-08"})
    assert answer["Location"] == at(told) + "#write"
    [one] = draft_of(told, ben).sentences
    assert (one.text, one.topic, one.voice, one.on, one.by) == (TEXT, "arrest", "person", "2020-08", str(ben.person.id))
    page = opened(as_ben, told)
    for words in ("1 sentence", "Arrest and transport", TEXT, "the person says", "2020-08", "Ben"):
        assert words in page
    assert "without a valid source" not in page
    assert STORY.split("\n")[0][:40] in page.partition('class="rests"')[2], "the source stands beside it"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "x" * 500_000}, "This has 500000 characters, and at most 2000 fit in one sentence."),
        ({"text": "  \n "}, "Nothing is written here yet."),
        ({"sources": "¶ 99"}, "There is no ¶ 99 in the account."),
        ({"sources": "¶ 0"}, "There is no ¶ 0 in the account."),
        ({"sources": "A 77"}, "There is no A 77 in the account."),
        ({"sources": "E-007/1", "voice": "exhibit"}, "There is no exhibit E-007/1."),
        ({"sources": "E-001/0", "voice": "exhibit"}, "Pages count from 1: there is no E-001/0."),
        ({"sources": "O-099", "voice": "counsel"}, "There is no public source O-099 in the list."),
        ({"sources": "the gate"}, "“the gate” names no source."),
        ({"sources": "¶ 1" + "1" * 30}, "names no source."),
        ({"sources": ""}, "Name at least one source."),
        ({"sources": "E-001/1"}, "What the person says rests on the account alone"),
        ({"sources": "¶ 1", "voice": "exhibit"}, "What an exhibit shows rests on exhibits alone"),
        ({"provision": "StPO, art. 158"}, "Only counsel concludes from a provision."),
        ({"sources": ",".join(f"E-001/{n}" for n in range(1, 15)), "voice": "exhibit"}, "12 sources at most"),
        ({"on": "12.08.2020"}, "Write 2020, 2020-08 or 2020-08-12."),
        ({"on": "2020-13"}, "Write 2020, 2020-08 or 2020-08-12."),
        ({"topic": "gossip"}, "Choose one of these."),
        ({"voice": "judge"}, "Choose one of these."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    told: Case, as_ben: Client, ben: Member, given: dict[str, str], said: str
) -> None:
    answer = write(as_ben, told, **given)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert said in page or "is not one of the available choices" in page
    kept = form_of(answer.content.decode())
    for name in given.keys() - {"topic", "voice"}:
        assert kept[name] == given[name]
    assert draft_of(told, ben).version == 0


@pytest.mark.parametrize(
    "text",
    [
        "Гэта было ў жніўні, قال الشاهد, \u202eabc\u202c.",
        "<img src=file:///etc/passwd> & <script>alert(1)</script>",
        "one\ttwo\x07three\x1b[31m",
        "first line\nsecond line",
    ],
)
def test_any_text_is_kept_as_it_was_typed_and_does_nothing(told: Case, as_ben: Client, ben: Member, text: str) -> None:
    assert write(as_ben, told, text=text.replace("\n", "\r\n")).status_code == 302
    assert [each.text for each in draft_of(told, ben).sentences] == [text]
    page = opened(as_ben, told)
    assert "<img src=file" not in page
    assert "<script>alert" not in page
    one = draft_of(told, ben).sentences[0]
    edited = as_ben.post(at(told), form_of(page) | {"text": "", "edit": one.id}).content.decode()
    assert form_of(edited)["text"] == text


def test_sending_twice_makes_one_sentence(told: Case, as_ben: Client, ben: Member) -> None:
    fields = form_of(opened(as_ben, told)) | {"text": TEXT, "sources": "¶ 1"}
    for _ in range(2):
        assert as_ben.post(at(told), fields).status_code == 302
    assert [each.text for each in draft_of(told, ben).sentences] == [TEXT]


def test_two_people_change_one_sentence_and_nothing_of_either_is_lost(told: Case, as_ben: Client, cast: Cast) -> None:
    drafted(told, cast.ben)
    one = draft_of(told, cast.ben).sentences[0]
    fields = form_of(as_ben.post(at(told), {"edit": one.id}).content.decode())
    assert fields["text"] == one.text
    saved(told, cast.dana, replace(one, text="As Dana writes it."), seen=one.changed)
    answer = as_ben.post(at(told), fields | {"text": "As Ben writes it."})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody changed this sentence meanwhile", "As Dana writes it.", "Dana", 'value="both"'):
        assert words in page
    again = form_of(page)
    assert again["text"] == "As Ben writes it."
    assert as_ben.post(at(told), again | {"do": "both"}).status_code == 302
    assert {"As Dana writes it.", "As Ben writes it."} < {each.text for each in draft_of(told, cast.ben).sentences}
    stale = as_ben.post(at(told), fields | {"text": "As Ben writes it now."}).content.decode()
    assert as_ben.post(at(told), form_of(stale) | {"do": "mine"}).status_code == 302
    found = draft_of(told, cast.ben).find(one.id)
    assert (found.text, found.by) == ("As Ben writes it now.", str(cast.ben.person.id))


def test_a_sentence_that_was_deleted_meanwhile_can_be_written_anew(told: Case, as_ben: Client, cast: Cast) -> None:
    drafted(told, cast.ben)
    one = draft_of(told, cast.ben).sentences[0]
    fields = form_of(as_ben.post(at(told), {"edit": one.id}).content.decode())
    dana = cast.dana
    composing.delete(
        case=told, by=dana.person, ring=dana.ring, variant="UJ-EN", sentence_id=one.id, seen=one.changed
    )  # fmt: skip
    answer = as_ben.post(at(told), fields | {"text": "Written all the same."})
    assert "Somebody deleted this sentence meanwhile" in answer.content.decode()
    assert as_ben.post(at(told), form_of(answer.content.decode())).status_code == 302
    assert "Written all the same." in {each.text for each in draft_of(told, cast.ben).sentences}


def test_moving_and_deleting_keep_what_is_being_typed(told: Case, as_ben: Client, ben: Member) -> None:
    [source] = drafted(told, ben).sentences[0].sources
    saved(told, ben, sentence("A third one.", source))
    first, other, third = draft_of(told, ben).ordered[0], *draft_of(told, ben).ordered[1:]
    assert (first.topic, other.text, third.topic) == ("arrest", "A third one.", "treatment")
    fields = form_of(opened(as_ben, told))
    assert as_ben.post(at(told), fields | {"move": f"down:{first.id}"}).status_code == 302
    assert [each.id for each in draft_of(told, ben).ordered] == [other.id, first.id, third.id]
    assert as_ben.post(at(told), fields | {"move": f"up:{other.id}"}).status_code == 302, "the first stays the first"
    page = as_ben.post(at(told), fields | {"text": "half a sen", "delete": f"{third.id}:{third.changed}"})
    assert page.status_code == 200
    assert form_of(page.content.decode())["text"] == "half a sen"
    assert [each.id for each in draft_of(told, ben).ordered] == [other.id, first.id]
    for name in ("edit", "take"):
        kept = as_ben.post(at(told), fields | {"text": "half a sen", name: first.id}).content.decode()
        assert "First save what you are writing" in kept
        assert form_of(kept)["text"] == "half a sen"


def test_deleting_what_somebody_changed_meanwhile_asks_to_look_again(told: Case, as_ben: Client, ben: Member) -> None:
    one = drafted(told, ben).sentences[0]
    answer = as_ben.post(
        at(told), form_of(opened(as_ben, told)) | {"delete": f"{one.id}:{one.changed + 5}"}, follow=True
    )
    assert "Somebody changed this sentence meanwhile. Look at it again." in answer.content.decode()
    assert draft_of(told, ben).find(one.id) is not None


def test_proposals_are_offered_one_by_one_and_none_is_taken_alone(reviewed: Case, as_ben: Client, ben: Member) -> None:
    before = draft_of(reviewed, ben)
    page = opened(as_ben, reviewed)
    assert re.search(r"\d proposals of the machine", page)
    number = re.search(r'name="take" value="(\d+)"', page)[1]
    taken = as_ben.post(at(reviewed), form_of(page) | {"take": number}).content.decode()
    fields = form_of(taken)
    assert fields["text"]
    assert fields["text"] in unescape(page)
    assert draft_of(reviewed, ben) == before
    assert as_ben.post(at(reviewed), fields | {"sources": "¶ 1"}).status_code == 302
    assert fields["text"] in {each.text for each in draft_of(reviewed, ben).sentences}


def test_in_a_hold_nothing_is_written_and_what_was_typed_is_said_back(told: Case, as_ben: Client, ben: Member) -> None:
    fields = form_of(opened(as_ben, told)) | {"text": TEXT, "sources": "¶ 1"}
    hold(case=told, by=ben.person, ring=ben.ring, reason="somebody looks for her")
    page = as_ben.post(at(told), fields).content.decode()
    assert "The case is in safety hold: nothing is written into the draft" in page
    assert form_of(page)["text"] == TEXT
    assert draft_of(told, ben).version == 0


def test_each_opening_is_recorded_and_names_what_it_is_for(told: Case, as_ben: Client, ben: Member) -> None:
    openings = AuditEvent.objects.filter(action="account.opened", subject=told.id)
    before = openings.count()
    fields = form_of(opened(as_ben, told)) | {"text": TEXT}
    entry = openings.latest("id")
    assert (entry.actor, entry.detail) == (ben.person.id, {"purpose": "dossier"})
    assert as_ben.post(at(told), fields | {"sources": "¶ 99"}).status_code == 200
    assert openings.count() == before + 2, "the page came back, with the account"
    assert as_ben.post(at(told), fields | {"sources": "¶ 1"}).status_code == 302
    assert openings.count() == before + 2, "nothing was shown"
    written = AuditEvent.objects.get(action="complaint.written", subject=told.id)
    assert (written.actor, written.detail) == (ben.person.id, {"version": 1})


def test_the_page_of_a_case_leads_here_and_counts(told: Case, as_ben: Client, ben: Member) -> None:
    where = f"/desk/cases/{told.reference}/"
    assert "Not written yet. A dossier can be asked for when they are." in as_ben.get(where).content.decode()
    assert as_ben.get(f"{where}sentences/")["Location"] == at(told)
    drafted(told, ben)
    saved(told, ben, sentence("Of nothing.", voice="counsel"))
    page = as_ben.get(where).content.decode()
    assert "3 sentences" in page
    assert "1 without a valid source" in page
    assert "It has no source." in opened(as_ben, told)


def test_a_variant_that_is_none_is_not_there(told: Case, as_ben: Client) -> None:
    assert as_ben.get(at(told, "mars")).status_code == 404
    assert as_ben.post(at(told, "mars"), {"text": TEXT}).status_code == 404
