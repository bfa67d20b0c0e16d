"""A server is seized after the whole road, and once more in the middle of a job: nothing of it can be read."""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import WIDE, Walker, chromium
from portal.ops.walkthrough.road import Road, members_of
from portal.ops.walkthrough.story import Story, invented
from tests.attack.stolen import Places

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.slow]
MARKED = ("photo_marker", "paper_marker", "photo_file", "paper_file", "picture_file")  # in Latin letters


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    """A running deployment with its log."""
    log = tmp_path / "log"
    with log.open("wb") as output:
        portal = Deployment(tmp_path / "state", settings=HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"}, output=output)
        yield Places(portal, log)
        portal.stop()
        portal.remove()


def marked_story() -> tuple[Story, list[str]]:
    """A story in which everything that can be typed, named or attached carries a word of its own."""
    plain = invented()
    names = [
        "account", "second", "name", "place", "anchor", "photo", "paper", "picture", "letter", "reply", "reason",
        "decision", "contact",
    ]  # fmt: skip
    cyrillic = {name: f"Знічка{secrets.token_hex(5)}ў" for name in names}
    latin = {name: f"Zn{secrets.token_hex(6)}" for name in MARKED}
    changed = {name: f"{getattr(plain, name)} {word}" for name, word in cyrillic.items()}
    for name, word in latin.items():
        changed[name] = word + (Path(getattr(plain, name)).suffix if name.endswith("_file") else "")
    return replace(plain, **changed), [*cyrillic.values(), *latin.values()]


def steals(places: Places, member: desk.Member) -> dict[str, int]:
    """Run the thief in the stolen environment."""
    return json.loads(places.portal.python("-m", "tests.attack.thief", member.login, member.password))


def opens_nothing(found: dict[str, int]) -> bool:
    """Nothing opened with what was stolen, although there was plenty, and a password would have opened it."""
    assert found["grants"] > 20
    assert found["values"] > 20
    assert found["secrets"] > 20
    assert found["with_password"] > 5
    return found["opened_grants"] == found["opened_values"] == found["opened_seeds"] == 0


def test_nothing_can_be_read_in_the_middle_of_a_job_nor_after_the_whole_road(places: Places, tmp_path: Path) -> None:
    """The power goes while a worker builds, the job is finished all the same, and the thief comes each time."""
    story, words = marked_story()
    members = members_of(places.portal)
    places.portal.start()
    with chromium() as browser:
        road = Road(places.portal.url, browser, members, story, tmp_path)
        road.first_half()
        road.release()
        wait_for_step(places.portal, "exhibits")
        places.power_off()
        secret = [*words, road.code]
        assert places.search(secret) == []
        assert opens_nothing(steals(places, members["ben"]))

        a_minute_later(places.portal)
        places.portal.manage("worker_key")
        places.portal.start()
        hand_over_again(road, members["ben"])
        road.release("marek")  # no waiting for codes that Dana has not used yet
        assert road.deliver().stat().st_size > 100_000
    is_seized_after_the_road(places, secret, members["ben"])


def is_seized_after_the_road(places: Places, secret: list[str], member: desk.Member) -> None:
    """Nothing is found while it runs nor when it has stopped, and the control is found in every place."""
    assert places.search(secret) == []
    control = f"Кантроль{secrets.token_hex(5)}"
    expected = places.plant_running(control)
    assert found_in(places.search([control]), expected)

    places.portal.stop()
    assert places.search(secret) == []
    expected = places.plant(control)
    assert found_in(places.search([control]), expected)
    assert opens_nothing(steals(places, member))


def wait_for_step(portal: Deployment, step: str) -> None:
    """Look into the table until the worker has done a step and is in the next."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(portal.state / "db.sqlite3")) as database, database:
            row = database.execute("SELECT state, step FROM cases_dossier").fetchone()
        if row == ("building", step):
            return
        time.sleep(0.01)
    raise AssertionError(f"the job did not reach {step}")


def a_minute_later(portal: Deployment) -> None:
    """The claim of the worker that lost its power has run out."""
    with closing(sqlite3.connect(portal.state / "db.sqlite3")) as database, database:
        database.execute("UPDATE cases_dossier SET claimed_until = datetime('now', '-1 minute')")


def hand_over_again(road: Road, member: desk.Member) -> None:
    """The caseworker sees that the worker's key is gone and hands share A to the new one."""
    walker = Walker(road.browser, road.base, "caseworker", WIDE)
    desk.sign_in(walker, member)
    deadline = time.monotonic() + 180
    while not walker.page.query_selector("form[action$='/again/']"):
        assert time.monotonic() < deadline, walker.text
        time.sleep(1)
        walker.go(f"/desk/cases/{road.reference}/dossiers/1/")
    walker.press("form[action$='/again/'] button")
    walker.close()


def found_in(hits: list, expected: set[str]) -> bool:
    """Was the control found in every place?"""
    missing = {place for place in expected if not any(place in hit.place for hit in hits)}
    assert missing == set()
    return True
