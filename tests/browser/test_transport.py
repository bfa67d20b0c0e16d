"""Cookies, the form token and foreign hosts, as a real browser treats them."""

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.servers import Site

PLAIN = ("", "leaving/", "safe/", "kept/", "tor/", "person/", "pause/", "back/", "q/1/", "nowhere/")


def answer_first(page: Page, language: str = "be") -> None:
    """Answer the first question, which begins the visit."""
    page.goto(f"/{language}/q/1/")
    page.check("input[name=ELG-01-value][value=BY]")
    with page.expect_navigation():
        page.click(".actions button[value=go]")


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_one_strict_cookie_that_dies_with_the_browser_and_only_from_the_first_form_on(
    page: Page, visitor: BrowserContext, language: str
) -> None:
    page.goto(f"/{language}/")
    assert visitor.cookies() == []
    answer_first(page, language)
    (cookie,) = visitor.cookies()
    assert cookie["name"] == "__Host-s"
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (True, True, "Strict", "/")
    assert cookie["expires"] == -1


def test_the_number_is_sent_with_work_or_without_a_script_at_all(page: Page, request: pytest.FixtureRequest) -> None:
    """The script is ours, needs no exception from the policy, and nobody needs the script."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer_first(page)
    for value in ("LT", "none", "code_only", "yes"):
        page.check(f"main input[value={value}]")
        with page.expect_navigation():
            page.click("main .actions button[value=go]")
    assert urlsplit(page.url).path == "/be/number/"
    if "with script" in request.node.callspec.id:
        page.wait_for_selector("#work[value]", state="attached")
    with page.expect_navigation():
        page.click("main button[value=send]")
    assert urlsplit(page.url).path == "/be/sent/"
    assert [text for text in complaints if "favicon" not in text] == []


def test_our_form_passes_although_the_browser_names_no_origin(page: Page) -> None:
    sent: list[dict[str, str]] = []
    page.on("request", lambda request: sent.append(request.all_headers()) if request.method == "POST" else None)
    answer_first(page)
    assert urlsplit(page.url).path == "/be/q/2/"
    assert [(headers["origin"], headers["sec-fetch-site"]) for headers in sent] == [("null", "same-origin")]
    assert "referer" not in sent[0]


def test_reloading_after_a_form_shows_the_page_and_no_error(page: Page) -> None:
    answer_first(page)
    page.go_back()
    page.go_forward()
    response = page.reload()
    assert response is not None
    assert response.status == 200


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_no_page_asks_any_other_host_for_anything(page: Page, site: Site, language: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for where in PLAIN:
        page.goto(f"/{language}/{where}")
    page.goto("/")
    page.goto("/desk/sign-in/")
    assert asked == {urlsplit(site.url).netloc}


def test_no_page_breaks_the_content_security_policy(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for where in PLAIN[:-1]:
        page.goto(f"/be/{where}")
    page.goto("/desk/sign-in/")
    context.close()
    assert [text for text in complaints if "favicon" not in text] == []


# --- a stranger's page ---------------------------------------------------------------------------------------------


@pytest.fixture
def stranger(site: Site) -> Iterator[int]:
    """The port of a web server whose page posts a form to us at once."""
    body = (
        f"<form id=f method=post action='{site.url}/be/q/1/'><input name=csrfmiddlewaretoken value={'A' * 64}>"
        "<input name=ELG-01-value value=BY><input name=do value=go></form><script>f.submit()</script>"
    ).encode()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["same site, other port", "other site"])
def test_a_form_on_a_strangers_page_is_refused(chromium: Browser, site: Site, stranger: int, host: str) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    answer_first(page)
    with page.expect_response(lambda response: response.request.method == "POST") as posted:
        page.goto(f"http://{host}:{stranger}/", wait_until="commit")
    assert posted.value.status == 403
    assert posted.value.request.all_headers()["sec-fetch-site"] == (
        "same-site" if host == "localhost" else "cross-site"
    )
    context.close()


def test_no_strangers_page_can_frame_ours(chromium: Browser, site: Site) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(f"<iframe src='{site.url}/be/'></iframe>")
    page.wait_for_timeout(500)
    assert all(not frame.url.startswith(site.url) for frame in page.frames)
    context.close()
