"""Texts of letters: loaded without overwriting, in the person's language and form, put in without losing a word."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cases.letter_texts import DATA, load, text_for
from cases.models import Case, LetterTemplate
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor

GAP = "There is still a gap in the letter: [… the reason]"


@pytest.fixture
def loaded_texts(db: None) -> None:
    load()


@pytest.fixture
def spoken(amina: Survivor, ben: Member) -> Case:
    """Amina wants letters in Russian, addressed as a woman; Ben works on her case."""
    from tests.factories.kept import kept

    def tell() -> Case:
        made.assigned(amina, ben)
        wishes = {"LNG-01": {"value": "ru", "lang": "be"}, "LNG-05": {"value": "she", "lang": "be"}}
        return made.tell(amina, {"you": wishes, "story": made.SECTIONS["story"]})

    return kept("wants russian", tell)


def at(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def text_in(page: str, name: str = "text") -> str:
    """What stands in a text field of a page."""
    found = re.search(rf'<textarea name="{name}".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return unescape(found.group(1))


def test_loading_again_changes_no_text_that_somebody_edited(loaded_texts: None, tmp_path: Path) -> None:
    assert (load().added, load().changed, load().kept) == (0, 0, 0)
    edited = LetterTemplate.objects.get(kind="first", language="en", form="")
    LetterTemplate.objects.filter(id=edited.id).update(text="Ours.", is_reviewed=True)
    LetterTemplate.objects.filter(kind="read", language="en").update(is_reviewed=True)
    LetterTemplate.objects.filter(kind="closing", language="be").delete()
    newer = json.loads(DATA.read_text(encoding="utf-8"))
    newer["texts"]["first"][""]["en"] = newer["texts"]["read"][""]["en"] = "Newer."
    (tmp_path / "letters.json").write_text(json.dumps(newer), encoding="utf-8")
    done = load(tmp_path / "letters.json")
    assert (done.added, done.changed, done.kept) == (1, 1, 1)
    first, read = (LetterTemplate.objects.get(kind=kind, language="en", form="") for kind in ("first", "read"))
    assert (first.text, first.is_reviewed) == ("Ours.", True)
    assert (read.text, read.is_reviewed) == ("Newer.", False)


def test_it_is_signed_by_a_role_and_addressed_as_wished(loaded_texts: None, cast: Cast) -> None:
    def words(form: str = "", member: Member = cast.ben) -> str:
        found = text_for("first", language="be", form=form, by=member.person, day=None)
        assert found is not None
        return found.words

    said = {form: re.findall(r"не ад\w+", words(form)) for form in ("", "neutral", "they", "she", "he")}
    plain = ["не адны"]
    assert said == {"": plain, "neutral": plain, "they": plain, "she": ["не адна"], "he": ["не адзін"]}
    assert words().endswith("Чалавек, які працуе з вашым расказам")
    assert words(member=cast.dana).endswith("Чалавек, які кіруе камандай")
    assert not re.search("Ben|Бэн|Dana|Дана|{", words() + words(member=cast.dana))
    assert text_for("first", language="uk", form="", by=cast.ben.person, day=None) is None


@pytest.mark.shown
@pytest.mark.usefixtures("loaded_texts")
class TestPages:
    def test_an_address_fills_the_form_in_the_persons_language_and_form(self, spoken: Case, as_ben: Client) -> None:
        where = at("letters", spoken.reference)
        page = as_ben.get(f"{where}?template=first&day=2027-01-11").content.decode()
        assert text_in(page).startswith("Здравствуйте!")
        assert "Вы с этим не одна." in text_in(page)
        assert "до 11 января 2027." in text_in(page)
        assert '<option value="ru" selected>' in page
        assert "It is a draft that no native speaker has checked." in page
        for words in ("Address them <strong>as a woman", "Write to them in <strong>Russian"):
            assert words in page

    def test_what_was_typed_stays_above_and_nothing_is_sent(
        self, spoken: Case, as_ben: Client, amina: Survivor
    ) -> None:
        where = at("letters", spoken.reference)
        sent = {"text": "Мае словы.", "template": "closing", "language": "en", "day": "", "do": "fill"}
        page = as_ben.post(where, sent).content.decode()
        assert text_in(page).startswith("Мае словы.\n\nHello,")
        assert text_in(page).endswith("Your caseworker")
        refused = as_ben.post(where, {"text": text_in(page), "language": "en"}).content.decode()
        assert GAP in refused
        assert text_in(refused).startswith("Мае словы.")
        assert not amina.case.messages.exists()
        whole = re.sub(r"\[…[^]]*\]", "нашы словы", text_in(page))
        assert as_ben.post(where, {"text": whole, "language": "en", "template": "closing"}).status_code == 302
        assert amina.case.messages.count() == 1

    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            ({"template": ""}, "Choose a text first. Nothing of yours was changed."),
            ({"template": "../../etc"}, "Choose a text first."),
            ({"template": "first", "language": "xx"}, "There is no such text in this language."),
            ({"template": "first", "day": "soon"}, "A text stands below."),
            ({"template": "bad_news"}, "Bad news is told by a person"),
        ],
    )
    def test_what_cannot_be_put_in_is_said_and_loses_nothing(
        self, spoken: Case, as_ben: Client, wanted: dict[str, str], words: str
    ) -> None:
        sent = {"text": "Мае словы.", "language": "be", "do": "fill"} | wanted
        page = as_ben.post(at("letters", spoken.reference), sent).content.decode()
        assert words in page
        assert text_in(page).startswith("Мае словы.")

    def test_a_step_with_a_letter_gets_one_too(
        self, spoken: Case, amina: Survivor, ben: Member, as_ben: Client
    ) -> None:
        Case.objects.update(status=Case.Status.IN_REVIEW)
        where = at("ask-lead", spoken.reference, "support")
        typed = {
            "reason": "чаму",
            "plan": "лячэнне",
            "recheck_on": "2027-06-01",
            "language": "be",
            "letter": "",
            "seen": "",
        }
        page = as_ben.post(where, typed | {"do": "fill"}).content.decode()
        assert "Да 1 чэрвеня 2027 мы яшчэ раз" in text_in(page, "letter")
        assert (text_in(page, "reason"), text_in(page, "plan")) == ("чаму", "лячэнне")
        assert 'value="2027-06-01"' in page
        refused = as_ben.post(where, typed | {"letter": text_in(page, "letter")}).content.decode()
        assert "There is still a gap in the letter" in refused
        assert not spoken.approvals.exists()
        asked = as_ben.post(at("questions", spoken.reference), {"question_1": "Дзе?", "language": "be", "do": "fill"})
        assert text_in(asked.content.decode(), "opening").startswith("Добры дзень!")
        assert text_in(asked.content.decode(), "question_1") == "Дзе?"
