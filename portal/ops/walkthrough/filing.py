"""Dossiers of several texts: drafts whose marked points the lawyer clears, then those for filing, which verify."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import Stuck, Walker
from portal.ops.walkthrough.desk import Member, Verdict
from portal.ops.walkthrough.story import Story
from portal.ops.walkthrough.team import expect

WHOLE = 0  # the verifier's exit code where everything was checked and nothing is wrong
MOST_POINTS = 200


@dataclass(frozen=True)
class Filed:
    """A package that the lawyer has, and what the verifier said of it."""

    package: Path
    verdict: Verdict


def route_key(walker: Walker, reference: str) -> str:
    """The key of the first route in Lithuania, as its addresses name it."""
    walker.go(f"/desk/cases/{reference}/routes/")
    found = walker.page.get_attribute("main a[href*='/dossier/']:has-text('Lithuania') >> nth=0", "href") or ""
    return found.rstrip("/").split("/")[-2]


def release(walker: Walker, member: Member, story: Story, *, is_for_filing: bool) -> None:
    """A lead looks at the conditions, which are met, and releases the second share."""
    walker.go("/desk/approvals/")
    walker.press("main a[href*='/desk/approvals/']:has-text('ossier') >> nth=0")
    if is_for_filing:
        expect(walker, "for filing")
        if "Not yet." in walker.text:
            raise Stuck(f"lead: a condition is not met: {walker.text[:2000]}")
    desk.decide_dossier(walker, member, story)


def fetch(walker: Walker, number: int, folder: Path) -> Path:
    """The lawyer opens one dossier by its number and downloads the package."""
    walker.go("/desk/dossiers/")
    walker.press(f"main a[href^='/desk/dossiers/']:has-text('-{number}')")
    return desk.fetch(walker, "main a[href$='/package/']", folder)


def clear_points(walker: Walker) -> int:
    """On the page of a dossier: clear every marked point by name, each with a reason; returns how many there were."""
    walker.press("main a[href$='/points/']")
    for count in range(MOST_POINTS):
        if not walker.page.query_selector("main button.go"):
            return count
        walker.page.fill("main section:has(button.go) textarea >> nth=0", "Read in the code, as it stands today.")
        walker.press("main section:has(button.go) button.go >> nth=0")
    raise Stuck("lawyer: the marked points have no end")


def receive(walker: Walker, number: int, folder: Path, authority: Path) -> Filed:
    """Download, verify wholly, acknowledge. authority: the certificate of who says the time, got by another way."""
    package = fetch(walker, number, folder)
    program = desk.fetch(walker, "main a[download]", folder)
    verdict = desk.verify(program, package, walker.text, authority)
    if verdict.code != WHOLE:
        raise Stuck(f"lawyer: the package does not verify: {verdict.text}")
    walker.press("main form[action$='/received/'] button")
    return Filed(package, verdict)
