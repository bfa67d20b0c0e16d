"""Headers, padding, cookies, language and the form token, over the whole chain of middleware."""

import pytest
from django.conf import settings
from django.test import Client

from portal.middleware import PAD_STEP, CompressedPageError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_site(settings: object) -> None:
    settings.ROOT_URLCONF = "tests.factories.pages"


def test_every_dynamic_page_says_that_nobody_may_keep_it(client: Client) -> None:
    for where in ("/be/html/", "/desk/html/", "/en/data/", "/nowhere/", "/en/fails/403/"):
        headers = client.get(where).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert not {"Server", "X-Powered-By"} & set(headers)


@pytest.mark.parametrize(("where", "who"), [("/desk/html/", "(self)"), ("/be/html/", "()"), ("/nowhere/", "()")])
def test_only_the_desk_may_ask_for_passkeys(client: Client, where: str, who: str) -> None:
    policy = client.get(where).headers["Permissions-Policy"].split(", ")
    assert {f"publickey-credentials-get={who}", f"publickey-credentials-create={who}"} <= set(policy)
    assert len(policy) == len(set(policy))


def test_the_content_security_policy_is_the_one_of_the_rules(client: Client) -> None:
    policy = {part.strip() for part in client.get("/be/html/").headers["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }
    of_desk = {part.strip() for part in client.get("/desk/html/").headers["Content-Security-Policy"].split(";")}
    assert of_desk - policy == {"connect-src 'self'"}
    assert policy <= of_desk


@pytest.mark.parametrize("where", ["/be/html/", "/be/long/", "/nowhere/", "/desk/html/", "/be/fails/403/"])
def test_html_is_padded_to_steps_with_white_space_only(client: Client, where: str) -> None:
    response = client.get(where)
    assert len(response.content) % PAD_STEP == 0
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_two_pages_of_other_lengths_have_the_same_size(client: Client) -> None:
    assert len(client.get("/be/html/").content) == len(client.get("/be/recall/").content) == PAD_STEP
    assert len(client.get("/be/long/").content) == 3 * PAD_STEP


def test_what_is_not_html_or_is_streamed_is_left_alone(client: Client) -> None:
    assert client.get("/en/data/").content == b'{"a": 1}'
    assert b"".join(client.get("/en/stream/").streaming_content) == b"one"


def test_a_compressed_page_never_leaves(client: Client) -> None:
    with pytest.raises(CompressedPageError):
        client.get("/en/squeezed/")


def test_the_onion_address_is_named_to_survivors_only(client: Client, settings: object) -> None:
    assert "Onion-Location" not in client.get("/be/html/").headers
    settings.ONION_ADDRESS = "abc.onion"
    assert client.get("/be/html/?secret=1").headers["Onion-Location"] == "http://abc.onion/be/html/"
    odd = client.get("/be/%0Aпытанне/").headers["Onion-Location"]  # no line end, no letter that a header cannot hold
    assert odd == "http://abc.onion/be/%0A%D0%BF%D1%8B%D1%82%D0%B0%D0%BD%D0%BD%D0%B5/"
    assert "Onion-Location" not in client.get("/desk/html/").headers


@pytest.mark.parametrize(
    ("where", "language"),
    [("/be/html/", "be"), ("/ru/html/", "ru"), ("/en/html/", "en"), ("/html/", "en"), ("/desk/html/", "ru")],
)
def test_the_address_chooses_the_language_and_the_browser_that_of_the_desk(
    client: Client, where: str, language: str
) -> None:
    response = client.get(where, headers={"Accept-Language": "ru"})
    assert response.headers["Content-Language"] == language
    assert f"<p>{language}".encode() in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")


# --- two cookies ---------------------------------------------------------------------------------------------------


def test_a_page_that_changes_nothing_sets_no_cookie(client: Client) -> None:
    for where in ("/be/html/", "/be/recall/", "/desk/html/", "/nowhere/"):
        assert not client.get(where).cookies


@pytest.mark.parametrize(("side", "name"), [("be", "__Host-s"), ("desk", "__Host-d")])
def test_each_side_has_a_cookie_of_its_own_that_dies_with_the_browser(client: Client, side: str, name: str) -> None:
    cookies = client.get(f"/{side}/remember/").cookies
    assert list(cookies) == [name]
    cookie = cookies[name]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert not cookie["expires"]
    assert not cookie["max-age"]
    assert not cookie["domain"]
    assert client.get(f"/{side}/recall/").content.startswith(b"kept")


def test_neither_side_sees_the_session_of_the_other(client: Client) -> None:
    client.get("/desk/remember/")
    assert client.get("/be/recall/").content.startswith(b"nothing")
    client.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.DESK_COOKIE_NAME].value
    assert client.get("/desk-like/recall/").status_code == 404


def test_an_emptied_session_takes_its_cookie_along(client: Client) -> None:
    client.get("/be/remember/")
    gone = client.get("/be/forget/").cookies["__Host-s"]
    assert (gone.value, gone["max-age"], gone["secure"]) == ("", 0, True)
    assert client.get("/be/recall/").content.startswith(b"nothing")


def test_a_failed_page_saves_no_session() -> None:
    client = Client(raise_request_exception=False)
    assert not client.get("/be/fails/remembering/").cookies


def test_a_cookie_that_opens_nothing_is_an_empty_session(client: Client) -> None:
    client.cookies["__Host-s"] = "A" * 43
    response = client.get("/be/recall/")
    assert response.content.startswith(b"nothing")


# --- the form token ------------------------------------------------------------------------------------------------


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def send(client: Client, token: str | None = None, *, secure: bool = True, **headers: str) -> int:
    """Post the form as a browser would, with the token of our own page unless another is given."""
    own = client.get("/be/form/", secure=secure).content.decode().strip()
    given = own if token is None else token
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/be/form/", {"csrfmiddlewaretoken": given}, secure=secure, headers=names).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec_Fetch_Site": "same-origin"},  # what browsers send under no-referrer
        {"Origin": "null"},  # older ones
        {},  # still older ones: neither Origin nor Referer
        {"Sec_Fetch_Site": "same-origin"},
        {"Origin": "https://testserver", "Sec_Fetch_Site": "same-origin"},
        {"Referer": "https://testserver/be/form/"},
    ],
)
def test_our_own_form_passes(strict: Client, headers: dict[str, str]) -> None:
    assert send(strict, **headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "null", "Sec_Fetch_Site": "same-site"},
        {"Origin": "null", "Sec_Fetch_Site": "none"},
        {"Origin": "null", "Sec_Fetch_Site": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://testserver", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
        {"Referer": "https://evil.example/"},
        {"Referer": "http://testserver/be/form/"},
    ],
)
def test_a_strangers_form_is_refused_even_with_a_good_token(strict: Client, headers: dict[str, str]) -> None:
    assert send(strict, **headers) == 403


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "B" * 32, "\0" * 64])
@pytest.mark.parametrize("headers", [{"Origin": "null", "Sec_Fetch_Site": "same-origin"}, {"Origin": "null"}, {}])
def test_a_wrong_token_is_refused_wherever_it_comes_from(strict: Client, token: str, headers: dict[str, str]) -> None:
    assert send(strict, token, **headers) == 403


def test_the_token_of_another_visitor_is_refused(strict: Client) -> None:
    other = Client(enforce_csrf_checks=True).get("/be/form/", secure=True).content.decode().strip()
    assert send(strict, other, Origin="null", Sec_Fetch_Site="same-origin") == 403


def test_a_survivors_token_does_not_open_the_desk(strict: Client) -> None:
    token = strict.get("/be/form/", secure=True).content.decode().strip()
    answer = strict.post("/desk/form/", {"csrfmiddlewaretoken": token}, secure=True, headers={"Origin": "null"})
    assert answer.status_code == 403


def test_a_plain_connection_is_judged_alike(strict: Client) -> None:
    assert send(strict, secure=False, Origin="null", Sec_Fetch_Site="same-origin") == 200
    assert send(strict, secure=False, Origin="null", Sec_Fetch_Site="cross-site") == 403
    assert send(strict, secure=False, Sec_Fetch_Site="cross-site") == 403
