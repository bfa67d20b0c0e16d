"""A survivor's whole way in Chromium without script in be, ru, en and ar, by keyboard alone, and out without a trace.

First contact, an account of two episodes and three files, return, addition, withdrawal; in Arabic first contact,
return, letter, withdrawal. At the end a caseworker finds every word and every byte. After leaving, Back, reload,
history and a new tab show nothing, with script and without.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from portal.ops.walkthrough import exhibits, survivor
from portal.ops.walkthrough.browser import PHONE, Walker
from portal.ops.walkthrough.story import Story, invented
from tests.browser import leaving
from tests.browser.looking import chromium, play
from tests.proofs._keyboard import Keyboard
from tests.proofs._survivors import Told
from tests.servers import Site, founded, last_object

__all__ = ["chromium", "play"]  # fixtures

STORIES = {
    "be": invented(),
    "ru": Story(
        "Меня остановили вечером, когда я шла от сестры домой.\n\nВ отделении был длинный коридор.",
        "В сентябре меня задержали ещё раз, возле дома. Через три часа отпустили без бумаг.",
        "ru", name="Алеся", place="Минск, третий этаж", anchor="через три дня после выборов", photo="Стена во дворе",
        paper="Бумага о задержании", picture="Снимок экрана", wish="Я хочу, чтобы об этом знали.",
        reply="Здравствуйте. Отвечать здесь мне удобно.",
    ),
    "en": Story(
        "They stopped me in the evening on my way home from my sister.\n\nThere was a long corridor at the station.",
        "In September I was detained again, near my house. They let me go after three hours, without a paper.",
        "en", name="Alesia", place="Minsk, third floor", anchor="three days after the vote", photo="Wall in the yard",
        paper="Paper about the detention", picture="Picture of a screen", wish="I want this to be known.",
        reply="Hello. I can answer here.",
    ),
}  # fmt: skip
ARABIC = Story("", language="ar", reply="أريد أن أتحدث إليكم. رقمي +370 600 00 000", contact="+370 600 00 000")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERMISSION, EVERYTHING = "CNS-03", "CNS-01"


@pytest.fixture(scope="module")
def dull() -> Iterator[str]:
    """The address of the dull page."""
    with leaving.dull_site() as address:
        yield address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, dull: str) -> Iterator[Site]:
    """A portal whose ways out lead to the dull page."""
    exits = {f"PORTAL_EXIT_URL_{each}": f"{dull}{each.lower()}" for each in ("BE", "RU", "EN", "AR")}
    yield from founded(tmp_path_factory.mktemp("site"), exits)


@pytest.fixture(scope="module")
def told(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Told]]:
    """What each journey was promised; at the end of the module a caseworker finds every word and every byte of it."""
    promises: list[Told] = []
    yield promises
    path = tmp_path_factory.mktemp("told") / "told"
    found = held(site, promises, path)
    assert found["faults"] == []
    assert found["promised"] == len(promises)
    assert found["files"] == sum(len(each.files) for each in promises)
    promises[0].also.append("Гэтага ніхто не пісаў")  # the control
    assert len(held(site, promises, path)["faults"]) == 1


def held(site: Site, promises: list[Told], path: Path) -> dict[str, Any]:
    """Hold what is there against what was promised."""
    ben = site.founded["people"][0]
    path.write_text(json.dumps({"login": ben["login"], "password": ben["password"], "told": list(map(vars, promises))}))
    return last_object(site.deployment.python("-m", "tests.proofs._kept", str(path)))


def files_of(folder: Path, story: Story) -> list[tuple[Path, str]]:
    """A photograph, a paper and a picture of a screen."""
    return [
        (exhibits.photograph(folder / story.photo_file), story.photo),
        (exhibits.paper(folder / story.paper_file), story.paper),
        (exhibits.screenshot(folder / story.picture_file), story.picture),
    ]


def promised(code: str, story: Story, files: list[tuple[Path, str]], **more: Any) -> Told:
    """What somebody who has sent all of it may expect to be there."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path, _name in files]
    also = [each for each in (story.second, more.pop("wish", "")) if each]
    return Told(code, story.account, files=digests, also=also, **more)


@pytest.mark.parametrize("language", STORIES)
def test_a_whole_account_and_coming_back_without_script(
    chromium: Browser, site: Site, told: list[Told], language: str, tmp_path: Path
) -> None:
    story, files = STORIES[language], files_of(tmp_path, STORIES[language])
    walker = Walker(chromium, site.url, "survivor", PHONE)
    code = survivor.first_contact(walker, story)
    survivor.tell(walker, story)
    survivor.attach(walker, files, language)
    survivor.leave_empty(walker, story)
    survivor.send(walker, language)
    walker.close()

    walker = Walker(chromium, site.url, "return", PHONE)
    survivor.enter(walker, code, language)
    assert story.account[:40] not in walker.page.content()  # the number alone adds, and does not read
    survivor.add(walker, story)
    walker.go(f"/{language}/page/")
    assert walker.page.locator("main .steps .was").count() == 3
    survivor.write(walker, story.reply)
    survivor.take_back(walker, PERMISSION)
    walker.close()
    told.append(promised(code, story, files, wish=story.wish, is_sent=True, letters=[story.reply]))


@pytest.mark.parametrize("goes_on", [True, False], ids=["send and tell more", "send"])
def test_first_contact_and_coming_back_in_arabic_without_script(
    chromium: Browser, site: Site, told: list[Told], goes_on: bool
) -> None:
    walker = Walker(chromium, site.url, "survivor", PHONE)
    code = survivor.first_contact(walker, replace(ARABIC, contact="" if goes_on else ARABIC.contact), goes_on=goes_on)
    walker.close()
    walker = Walker(chromium, site.url, "return", PHONE)
    survivor.enter(walker, code.translate(ARABIC_DIGITS), "ar")
    survivor.write(walker, ARABIC.reply)
    survivor.take_back(walker, EVERYTHING)
    walker.close()
    told.append(Told(code, letters=[ARABIC.reply]))


@pytest.mark.parametrize("language", ["be", "ar"])
def test_nothing_but_the_keyboard(
    chromium: Browser, site: Site, told: list[Told], language: str, tmp_path: Path
) -> None:
    """Tab, Enter, Space, arrows and what is typed; only the system's own dialog of files is not ours."""
    keys = Keyboard(chromium, site.url, language)
    code = keys.first_contact()
    if language == "ar":
        keys.come_back(code)
        keys.close()
        told.append(Told(code))
        return
    story = Story("Мяне спынілі вечарам, калі я вяртаўся ад сястры.")
    photo = exhibits.photograph(tmp_path / "photo.jpg")
    keys.tell(story.account)
    keys.attach(photo)
    keys.send()
    keys.come_back(code)
    keys.close()
    told.append(promised(code, story, [(photo, "")], is_sent=True))


@pytest.fixture(scope="module")
def copying(play: Playwright) -> Iterator[Browser]:
    """A browser that keeps copies of pages for Back."""
    browser = leaving.remembering(play)
    yield browser
    browser.close()


WAYS = {
    "no script, button": (False, leaving.by_button),
    "no script, hidden link": (False, leaving.by_hidden_link),
    "script, button": (True, leaving.by_button),
    "script, hidden link": (True, leaving.by_hidden_link),
    "script, Shift": (True, leaving.by_shift),
}
LEFT = [("before_sending", "no script, button"), ("before_sending", "script, Shift")]
LEFT += [("after_sending", way) for way in WAYS]


@pytest.mark.parametrize("language", ["be", "ru", "en", "ar"])
@pytest.mark.parametrize(("journey", "way"), LEFT)
def test_x7_after_leaving_the_browser_shows_nothing(
    copying: Browser, site: Site, dull: str, journey: str, way: str, language: str
) -> None:
    has_script, leave = WAYS[way]
    context = copying.new_context(java_script_enabled=has_script)
    visit = leaving.Visit(context.new_page(), site.url, language)
    getattr(leaving, journey)(visit)
    leaving.leave(visit, leave, dull)
    assert leaving.after(visit) == []
    context.close()
