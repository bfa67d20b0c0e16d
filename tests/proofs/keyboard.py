"""By the keyboard alone: sign in, find a new case, take it, read it, reply, ask a lead; as the lead: find it, approve.

Real keys in Chromium, never a click and never a focus set by the test. Every stop of the focus has a ring of at least
two pixels and a contrast of 3 to 1, and is not covered. What each task takes is printed.
"""

from __future__ import annotations

import sys
from base64 import b32encode
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from portal.ops.walkthrough.browser import chromium
from portal.ops.walkthrough.desk import Member
from tests.factories import cast as made
from tests.factories.cast import Cast
from tests.proofs._desk_keys import DeskKeys

pytestmark = pytest.mark.django_db(transaction=True)

REPLY = "Дзякуй, што напісалі. Мы прачыталі ўсё і адкажам на гэтым тыдні."
WHY = "The person asked us to stop; nothing went outside."
QUIET, IN_DANGER = {"value": ["none"], "lang": "be"}, {"value": ["family_risk"], "lang": "be"}
SIZES = [(1280, 900), (360, 740)]


@pytest.fixture
def burning(live_server: Any, cast: Cast, loaded: object) -> str:
    """Six cases that wait, and one that waits for an answer today; returns its reference."""
    for _ in range(3):
        made.first_contact({**made.FIRST, "SAF-04": QUIET})
    urgent = made.first_contact({**made.FIRST, "SAF-04": IN_DANGER})
    for _ in range(3):
        made.first_contact({**made.FIRST, "SAF-04": QUIET})
    return made.tell(urgent).reference


def member(one: made.Member) -> Member:
    """Somebody with an authenticator that waits for a code that was not used."""
    return Member(one.person.login, one.password, b32encode(one.totp).decode())


@pytest.mark.parametrize("size", SIZES, ids=["1280 px", "360 px"])
def test_from_the_queue_to_the_decision(live_server: Any, cast: Cast, burning: str, size: tuple[int, int]) -> None:
    chloe, marek = member(cast.chloe), member(cast.marek)
    with chromium() as browser:
        worker = DeskKeys(browser, live_server.url, chloe, size)
        assign(worker, burning)
        read(worker, burning)
        reply(worker, burning)
        request(worker, burning)
        lead = approve(browser, live_server.url, marek, burning, size)
    said = [f"{name:<48}{keys:>4} keys" for name, keys in [*worker.tasks.items(), *lead.tasks.items()]]
    seen = f"{worker.stops + lead.stops} stops of the focus, each seen"
    sys.stdout.write("\n".join([f"\nby keyboard at {size[0]} px, letters not counted; {seen}", *said]) + "\n")


def assign(worker: DeskKeys, reference: str) -> None:
    """The case that burns most is the first of the queue: j comes to it, o opens it, one button takes it.

    Whoever does not know the letters yet finds a link to it before anything else of the page.
    """
    worker.sign_in()
    worker.task = "open the case that burns most, as a newcomer"
    worker.skip()
    worker.reach(words=f"Open next: {reference}")
    worker.go()
    assert worker.page.url.endswith(f"/desk/cases/{reference}/")
    worker.task = "back to the queue"
    worker.skip()
    worker.reach(href="/desk/")
    worker.go()
    worker.task = "open the case that burns most, by letters"
    worker.key("j")
    assert worker.at()["words"] == reference
    worker.go("o")
    worker.task = "assign it"
    worker.skip()
    worker.reach(words="Take the case")
    worker.go()
    worker.told("")


def read(worker: DeskKeys, reference: str) -> None:
    """A purpose, the account, the part that is folded."""
    worker.task = "open the account"
    worker.reach(name="purpose")
    worker.key("Space")
    worker.reach(words="Open the account")
    worker.go()
    expect(worker.page.locator("h1")).to_contain_text("Account of")
    worker.task = "unfold the violent part"
    worker.skip()
    assert made.STORY[:40] not in worker.page.inner_text("main")
    worker.reach(name="place")
    worker.go()
    assert made.STORY[:40] in worker.page.inner_text("main")
    worker.task = "close the unfolded part again"
    worker.key("Tab")
    found = worker.at()
    assert found["tag"] == "SUMMARY", found
    worker.key("Space")
    assert made.STORY[:40] not in worker.page.inner_text("main")


def reply(worker: DeskKeys, reference: str) -> None:
    """From the account to the letter; an empty one first, which says what is missing."""
    worker.task = "reply with a letter"
    worker.reach(back=True, href="/letters/")
    worker.go()
    worker.skip()
    worker.reach(words="Seal and send")
    worker.go()
    worker.told("There is a problem")
    worker.reach(href="#id_text")
    worker.key("Enter")
    worker.type(REPLY)
    worker.reach(words="Seal and send")
    worker.go()
    worker.told("")
    assert REPLY[:30] in worker.page.inner_text("main")


def request(worker: DeskKeys, reference: str) -> None:
    """From the letters to the case, its ways on, and a step that takes two."""
    worker.task = "ask a lead, with a reason and a letter"
    worker.reach(href=f"/cases/{reference}/")
    worker.go()
    worker.skip()
    worker.reach(href="/ways/")
    worker.go()
    worker.skip()
    worker.reach(href="/ask-lead/close/")
    worker.go()
    worker.skip()
    worker.fill("reason", WHY)
    worker.fill("letter", REPLY)
    worker.reach(words="Ask a lead")
    worker.go()
    worker.told("")


def approve(browser: Browser, base: str, member: Member, reference: str, size: tuple[int, int]) -> DeskKeys:
    """Another lead finds what waits, reads the reason, and agrees; Enter in the reason decides nothing."""
    lead = DeskKeys(browser, base, member, size)
    lead.sign_in()
    lead.tasks["sign in as the lead"] = lead.tasks.pop("sign in")
    lead.task = "find what waits for the lead"
    lead.reach(href="/desk/approvals/")
    lead.go()
    lead.skip()
    found = lead.reach(words="Close the case")
    assert reference in found["words"] or reference in lead.page.inner_text("main")
    lead.go()
    lead.task = "read and approve"
    lead.skip()
    assert WHY in lead.page.inner_text("main")
    lead.fill("reason", "I have read it.")
    lead.fill("code", lead.member.code())
    lead.reach(name="decision", value="agree")
    lead.go("Space")
    lead.told("")
    return lead
