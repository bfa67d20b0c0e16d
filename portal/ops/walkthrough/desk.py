"""The desk's part: caseworker, lead and lawyer, each in an own browser with an own second factor."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from django_otp.oath import totp

from portal.ops.deployment import HURRIED
from portal.ops.walkthrough.browser import Stuck, Walker
from portal.ops.walkthrough.story import Story

BUILT_SECONDS = 240  # how long the worker may take
UNSTAMPED = 10  # the verifier's exit code where nothing is wrong and only the time stamp is not there
PERIOD = int(HURRIED["PORTAL_CODE_SECONDS"])


@dataclass
class Member:
    """Login, password and the authenticator of one person; a code is never used twice."""

    login: str
    password: str
    totp: str = field(repr=False)
    used: int = 0

    def code(self) -> str:
        """A fresh code: that of now or the next one, waiting if that was used too."""
        period = max(int(time.time()) // PERIOD, self.used + 1)
        while period > int(time.time()) // PERIOD + 1:
            time.sleep(0.5)
        self.used = period
        offset = (int(time.time()) // PERIOD - period) * PERIOD
        return f"{totp(base64.b32decode(self.totp), PERIOD, offset):06d}"


@dataclass(frozen=True)
class Verdict:
    """What the verifier said: its exit code, its last line, everything."""

    code: int
    last: str
    text: str = field(repr=False)


def sign_in(walker: Walker, member: Member) -> None:
    """Login, password, code."""
    walker.go("/desk/sign-in/")
    walker.page.fill("input[name=login]", member.login)
    walker.page.fill("input[name=password]", member.password)
    walker.press("main button")
    walker.page.fill("input[name=code]", member.code())
    walker.press("main button")


def take(walker: Walker) -> str:
    """Find the newest unassigned case in the queue and take it; returns its reference."""
    walker.go("/desk/?person=nobody")
    link = walker.page.query_selector("main a.ref")
    if link is None:
        raise Stuck("caseworker: the queue is empty")
    reference = link.inner_text().strip()
    walker.go(f"/desk/cases/{reference}/")
    walker.press(f"form[action='/desk/cases/{reference}/take/'] button")
    return reference


def read_account(walker: Walker, reference: str, story: Story) -> None:
    """Open the account with a purpose; before that nothing of it may be in the page."""
    walker.go(f"/desk/cases/{reference}/")
    sentence = story.account.split("\n")[0][:60]
    if sentence in walker.page.content():
        raise Stuck("caseworker: the account is in the page before it was opened")
    walker.go(f"/desk/cases/{reference}/account/")
    walker.page.check("input[name=purpose][value=first_reading]")
    walker.press("main form button.go")
    if sentence in walker.page.content():
        raise Stuck("caseworker: the violent part is in the page before it was unfolded")
    unfold(walker)
    if sentence not in walker.page.content():
        raise Stuck("caseworker: the account does not show")


def unfold(walker: Walker) -> None:
    """Unfold every violent part of an account that is open."""
    while walker.page.query_selector("main button[name=place]"):
        walker.press("main button[name=place] >> nth=0")


def write_letter(walker: Walker, reference: str, story: Story) -> None:
    """Write to the survivor in the language of the account."""
    walker.go(f"/desk/cases/{reference}/letters/")
    walker.page.fill("textarea[name=text]", story.letter)
    walker.page.select_option("select[name=language]", "be")
    walker.press("main form button.go")


def read_reply(walker: Walker, reference: str, story: Story) -> None:
    """The survivor's answer is on the case's letters page."""
    walker.go(f"/desk/cases/{reference}/letters/")
    if story.reply not in walker.text:
        raise Stuck("caseworker: the reply is not there")


def confirm_facts(walker: Walker, reference: str) -> None:
    """Confirm the facts that the answers propose, and add what a person concludes after reading."""
    walker.go(f"/desk/cases/{reference}/facts/")
    walker.page.check("main input[value=torture_by_officials] >> nth=0")
    walker.press("main form button.go")


def write_facts(walker: Walker, reference: str, story: Story) -> None:
    """Write the sentences of each complaint, each from a paragraph of the account that stands beside the draft."""
    for variant, sentences in story.facts.items():
        walker.go(f"/desk/cases/{reference}/sentences/{variant}/")
        while walker.page.query_selector("#account button[name=unfold]"):
            walker.press("#account button[name=unfold] >> nth=0")
        for number, sentence in enumerate(sentences, start=1):
            walker.press(f"#account button[name=cite][value='¶ {number}']")
            walker.page.fill("#write-form textarea[name=text]", sentence)
            walker.press("#write-form button.go")
        if walker.page.locator("#draft article.sentence").count() != len(sentences):
            raise Stuck(f"caseworker: not every sentence is in the draft: {walker.text[:400]}")
        if "without a valid source" in walker.text:
            raise Stuck("caseworker: a sentence has no source")


def ask_for_dossier(
    walker: Walker, reference: str, story: Story, lawyer: str, *, variant: str = "", purpose: str = "draft"
) -> int:
    """Ask for a dossier on the first route in Lithuania; returns its number.

    variant: of the text, if not the one that is offered. purpose: "draft" or "filing".
    """
    walker.go(f"/desk/cases/{reference}/routes/")
    walker.press("main a[href*='/dossier/']:has-text('Lithuania')")
    option = walker.page.locator("select[name=lawyer] option", has_text=lawyer).get_attribute("value")
    walker.page.select_option("select[name=lawyer]", option)
    if variant:
        walker.page.select_option("select[name=variant]", variant.upper())
        walker.page.check("input[name=is_other]")
    walker.page.check(f"input[name=purpose][value={purpose}]")
    walker.page.fill("textarea[name=reason]", story.reason)
    walker.press("main form button.go")
    number = re.search(r"/dossiers/(\d+)/$", walker.path)
    if number is None:
        raise Stuck(f"caseworker: no dossier was asked for: {walker.text[:800]}")
    return int(number[1])


def approve(walker: Walker, member: Member, story: Story) -> None:
    """A lead who did not ask releases the second share."""
    walker.go("/desk/approvals/")
    walker.press("main a[href*='/desk/approvals/']")
    decide_dossier(walker, member, story)


def decide_dossier(walker: Walker, member: Member, story: Story) -> None:
    """On the page of a request: approve it with a reason and a fresh code."""
    walker.page.fill("textarea[name=reason]", story.decision)
    walker.page.fill("input[name=code]", member.code())
    walker.press("main button[name=decision][value=approve]")


def wait_until_built(walker: Walker, reference: str, number: int = 1) -> None:
    """Reload the progress page until the dossier is with the lawyer."""
    deadline = time.monotonic() + BUILT_SECONDS
    while time.monotonic() < deadline:
        walker.go(f"/desk/cases/{reference}/dossiers/{number}/")
        if "With the lawyer" in walker.text:
            return
        if "Stopped by an error" in walker.text:
            break
        time.sleep(1)
    raise Stuck(f"caseworker: the dossier was not built: {walker.text[:400]}")


def receive(walker: Walker, folder: Path) -> Path:
    """The lawyer sees one dossier, downloads the package, verifies it and acknowledges it; returns the package."""
    walker.go("/desk/dossiers/")
    links = walker.page.query_selector_all("main a[href^='/desk/dossiers/']")
    if len({link.get_attribute("href") for link in links}) != 1:
        raise Stuck("lawyer: not exactly one dossier is offered")
    walker.press("main a[href^='/desk/dossiers/']")
    package, program = (fetch(walker, link, folder) for link in ("main a[href$='/package/']", "main a[download]"))
    verdict = verify(program, package, walker.text)
    if verdict.code != UNSTAMPED:
        raise Stuck(f"lawyer: the package does not verify: {verdict.text}")
    walker.press("main form[action$='/received/'] button")
    return package


def fetch(walker: Walker, link: str, folder: Path) -> Path:
    """Download what a link leads to."""
    with walker.page.expect_download() as download:
        walker.page.click(link)
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def verify(program: Path, package: Path, page: str, authority: Path | None = None) -> Verdict:
    """Run the verifier as the page says. authority: the certificate of who says the time.

    Without an authority in this deployment nothing says it: then the code is UNSTAMPED.
    """
    fingerprint = re.search(r'--fingerprint "([0-9a-f ]+)"', page)
    if fingerprint is None:
        raise Stuck("lawyer: the page names no fingerprint")
    command = [sys.executable, "-I", str(program), str(package), "--fingerprint", fingerprint[1], "--language", "en"]
    if authority is not None:
        command += ["--tsa-certificate", str(authority)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "those whose fingerprint you gave" not in done.stdout:
        raise Stuck(f"lawyer: the keys of the package are not those of the page: {done.stdout}")
    return Verdict(done.returncode, done.stdout.strip().splitlines()[-1], done.stdout)
