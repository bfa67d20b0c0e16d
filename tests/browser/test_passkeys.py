"""Passkeys in Chromium with an authenticator of its own: made, used at sign-in, at unlocking, and asked for again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from portal.ops.walkthrough import desk
from tests.servers import Site

NAME = "blue token <on> my keys"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Desk:
    """One tab of a member, with script and with an authenticator."""

    def __init__(self, chromium: Browser, site: Site, member: desk.Member) -> None:
        self.context = chromium.new_context(base_url=site.url)
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.refused: list[str] = []
        self.page.on(
            "console", lambda line: self.refused.append(line.text) if "Content Security" in line.text else None
        )
        self.wire = self.context.new_cdp_session(self.page)
        self.wire.send("WebAuthn.enable")
        self.device = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
        self.member = member

    def note(self, line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            self.refused.append(line.text)

    @property
    def keys(self) -> list[dict[str, object]]:
        """What the authenticator holds."""
        return self.wire.send("WebAuthn.getCredentials", {"authenticatorId": self.device})["credentials"]

    def text(self) -> str:
        return self.page.inner_text("main")

    def password(self) -> None:
        self.page.goto("/desk/sign-in/")
        self.page.fill("input[name=login]", self.member.login)
        self.page.fill("input[name=password]", self.member.password)
        self.page.click("main button")

    def sign_in_by_code(self) -> None:
        self.password()
        self.page.fill("input[name=code]", self.member.code())
        self.page.click("text=Sign in")
        self.page.wait_for_url("**/desk/")

    def sign_in_by_passkey(self) -> None:
        self.password()
        self.page.click("text=Use a passkey")
        self.page.wait_for_url("**/desk/")

    def sign_out(self) -> None:
        self.page.goto("/desk/account/")
        self.page.click("text=Sign out >> nth=0")
        self.page.wait_for_url("**/desk/sign-in/")

    def add_passkey(self, name: str = NAME) -> None:
        self.page.goto("/desk/account/passkeys/add/")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=code]", self.member.code())
        self.page.click("main button.go")
        self.page.click("text=Make the passkey")
        self.page.wait_for_url("**/desk/account/")


@pytest.fixture(scope="module")
def bens(chromium: Browser, site: Site, members: dict[str, desk.Member]) -> Iterator[Desk]:
    """Ben's tab, with a passkey that he has made on the pages."""
    at = Desk(chromium, site, members["ben"])
    at.sign_in_by_code()
    at.add_passkey()
    assert f"Passkey: {NAME}" in at.text()
    yield at
    assert not at.refused
    at.context.close()


@pytest.fixture
def ben(bens: Desk) -> Desk:
    """Ben, signed in afresh: the tests come in any order."""
    bens.page.goto("/desk/account/")
    if not bens.page.url.endswith("/desk/sign-in/?next=%2Fdesk%2Faccount%2F"):
        bens.sign_out()
    bens.sign_in_by_passkey()
    return bens


def test_the_authenticator_learns_the_host_and_the_login_and_nothing_else(ben: Desk) -> None:
    (key,) = ben.keys
    assert key["rpId"] == "localhost"
    assert key["isResidentCredential"] is False


def test_signing_in_with_a_passkey_after_the_password(ben: Desk) -> None:
    ben.page.goto("/desk/account/")
    assert "last used" in ben.page.inner_text(f"li:has-text('{NAME}')")


def test_without_the_password_a_passkey_opens_nothing(ben: Desk) -> None:
    ben.sign_out()
    ben.page.goto("/desk/code/")
    assert ben.page.url.endswith("/desk/sign-in/")
    assert ben.page.query_selector("[data-passkey]") is None


def test_unlocking_with_password_and_passkey(ben: Desk) -> None:
    ben.page.goto("/desk/approvals/")
    ben.page.click("text=Lock now")
    ben.page.click("text=Unlock with the password and a passkey")
    assert ben.page.evaluate("document.activeElement.name") == "password", "the password comes first"
    ben.page.fill("input[name=password]", ben.member.password)
    ben.page.click("text=Unlock with the password and a passkey")
    ben.page.wait_for_url("**/desk/approvals/")


def test_a_fresh_passkey_stands_for_the_code(ben: Desk) -> None:
    ben.page.goto("/desk/account/recovery-codes/")
    with ben.context.expect_page() as opened:
        ben.page.click("text=show your passkey in a new tab")
    assert opened.value.url.endswith("/desk/passkey/")
    opened.value.close()
    ben.page.click("main button.go")
    ben.page.wait_for_selector("text=There is a problem")  # nothing was shown yet
    ben.page.goto("/desk/passkey/")
    ben.page.click("text=Use a passkey")
    ben.page.wait_for_selector("text=For five minutes it stands for a code")
    ben.page.goto("/desk/account/recovery-codes/")
    ben.page.click("main button.go")
    ben.page.wait_for_selector(".codes li")
    assert ben.page.locator(".codes li").count() == 10


def test_an_answer_is_taken_once(ben: Desk) -> None:
    """A form with an answer that was seen is sent again."""
    ben.page.goto("/desk/passkey/")
    with ben.page.expect_request("**/desk/passkey/") as sent:
        ben.page.click("text=Use a passkey")
    ben.page.wait_for_selector("text=For five minutes")
    body = sent.value.post_data_json
    ben.page.goto("/desk/passkey/")
    ben.page.eval_on_selector("input[name=passkey]", "(field, text) => { field.value = text }", body["passkey"])
    ben.page.eval_on_selector("form:has(input[name=passkey])", "form => form.submit()")
    ben.page.wait_for_selector("text=There is a problem")


def test_a_refusal_of_the_device_leaves_the_code(ben: Desk) -> None:
    ben.sign_out()
    ben.password()
    kept = ben.keys
    ben.wire.send("WebAuthn.clearCredentials", {"authenticatorId": ben.device})
    ben.page.click("text=Use a passkey")
    ben.page.wait_for_selector("text=No passkey answered")
    ben.wire.send("WebAuthn.addCredential", {"authenticatorId": ben.device, "credential": kept[0]})
    ben.page.fill("input[name=code]", ben.member.code())
    ben.page.click("main button.go")
    ben.page.wait_for_url("**/desk/")


def test_another_persons_passkey_is_no_factor(
    ben: Desk, chromium: Browser, site: Site, members: dict[str, desk.Member]
) -> None:
    chloe = Desk(chromium, site, members["chloe"])
    chloe.sign_in_by_code()
    chloe.page.goto("/desk/passkey/")
    assert "You have no passkey yet" in chloe.text()
    chloe.add_passkey()
    chloe.page.click("text=Sign out")
    chloe.password()
    question = json.loads(chloe.page.get_attribute("[data-passkey]", "data-question"))
    assert len(question["allowCredentials"]) == 1
    assert question["allowCredentials"][0]["id"] not in {str(key["credentialId"]) for key in ben.keys}
    chloe.context.close()


def test_removing_a_passkey(ben: Desk) -> None:
    """The device refuses to make a second one for the same person, so this one is made on another device."""
    (kept,) = ben.keys
    ben.wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": ben.device})
    other = ben.wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    ben.add_passkey("the other one")
    ben.page.click("li:has-text('the other one') a")
    ben.page.fill("input[name=code]", ben.member.code())
    ben.page.click("button[value=remove]")
    ben.page.wait_for_url("**/desk/account/")
    assert "the other one" not in ben.text()
    assert NAME in ben.text()
    ben.wire.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": other})
    ben.device = ben.wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    ben.wire.send("WebAuthn.addCredential", {"authenticatorId": ben.device, "credential": kept})
