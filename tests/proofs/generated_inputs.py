"""Thousands of generated inputs: no form, code, envelope, fact or file breaks the portal, and no typed word is logged.

New examples at every run. A failure prints what found it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from jurisdictions.assess import FactsError, assess_routes
from jurisdictions.load import parse as reference_files
from jurisdictions.load.tables import KEYS
from jurisdictions.snapshot import Reference, build
from tests.factories import typed
from tests.factories.listening import Ear, listening
from tests.factories.submitting import FORM, MULTIPART, PNG, as_kept, have_file, post, submit
from tests.factories.walk import Walk, fields_of, where
from tests.proofs import _facts
from vault.envelope import aead, receipt, shares, signature, stream, suite
from vault.envelope.errors import BadCode, EnvelopeError
from vault.envelope.header import Kind, read_header
from vault.envelope.seeds import public_of

KEY, CONTEXT = bytes(range(32)), b"here"
TODAY = date(2026, 11, 20)
TOGETHER = 4  # exhibits that are prepared at the same time


def many(examples: int) -> settings:
    """So many new examples, however long one takes."""
    return settings(
        max_examples=examples, deadline=None, derandomize=False, database=None, suppress_health_check=list(HealthCheck)
    )


# -- forms -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Hears what is logged."""
    with listening() as found:
        yield found


@pytest.fixture
def inside(cast: Any) -> Walk:
    """A survivor at the list of sections, past the notice before the own words, with a file."""
    walk = Walk("be", raise_request_exception=False).begin()
    walk.open_words()
    have_file(walk)
    return walk


@many(1000)
@given(sent=typed.forms(typed.INSIDE))
def test_forms_of_the_account(inside: Walk, ear: Ear, sent: tuple[str, typed.Pairs]) -> None:
    have_file(inside)  # an example may have sent the account, or closed the page
    submit(inside, ear, *sent)


@many(1000)
@given(sent=typed.forms(typed.OUTSIDE))
def test_forms_of_the_first_contact(cast: Any, ear: Ear, sent: tuple[str, typed.Pairs]) -> None:
    submit(Walk("be", raise_request_exception=False), ear, *sent)


@many(300)
@given(words=typed.WORDS)
def test_own_words_are_there_again_as_they_were_typed(inside: Walk, ear: Ear, words: bytes) -> None:
    place = where("EPI-08")
    seen = fields_of(inside.read(place))["seen"][0].encode()
    pairs = [("EPI-08-shown", b"1"), ("EPI-08-value", words), ("do", b"save"), ("seen", seen)]
    if post(inside, ear, place, typed.urlencoded(pairs), FORM).status_code == 302:
        assert fields_of(inside.read(place))["EPI-08-value"] == [as_kept(words)]


@many(400)
@given(data=st.data(), sent=typed.forms(typed.INSIDE))
def test_broken_multipart(inside: Walk, ear: Ear, data: st.DataObject, sent: tuple[str, typed.Pairs]) -> None:
    place, pairs = sent
    body = data.draw(typed.broken(typed.multipart(pairs, PNG)))
    kinds = [MULTIPART] * 4 + ["multipart/form-data", f"{MULTIPART}x", "multipart/form-data; boundary=", "text/odd"]
    post(inside, ear, place, body, data.draw(st.sampled_from(kinds)))


# -- codes -------------------------------------------------------------------------------------------------------------

DIGITS = [chr(start + value) for value in range(10) for start in (0x30, 0x660, 0x6F0, 0x966, 0xFF10)]
BETWEEN = st.text(st.sampled_from(" -‐‑–—−\u00ad\u200e\u200f\u2066\u2069\u00a0\t\n"), max_size=3)


@many(2500)
@given(st.text(st.characters(), max_size=60) | st.text(st.sampled_from([*DIGITS, " ", "-", "x"]), max_size=40))
def test_any_text_is_a_code_or_a_bad_code(text: str) -> None:
    with suppress(BadCode):
        assert receipt.parse(receipt.parse(text).digits).digits.isascii()


@many(1500)
@given(st.integers(0, 10**29 - 1), st.lists(BETWEEN, min_size=30, max_size=30), st.integers(0, 29), st.integers(1, 9))
def test_a_code_is_read_however_it_is_written_and_one_wrong_digit_is_found(
    number: int, between: list[str], place: int, step: int
) -> None:
    digits = f"{number:029d}"
    digits += receipt.check_digit(digits)
    assert receipt.parse("".join(map(str.__add__, digits, between))).digits == digits
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    with pytest.raises(BadCode, match="check"):
        receipt.parse(wrong)


# -- envelopes ---------------------------------------------------------------------------------------------------------


@cache
def sealed() -> dict[str, bytes]:
    """One of each kind."""
    body = BytesIO()
    sealer = stream.StreamSealer(KEY, CONTEXT, body.write)
    sealer.update(b"a" * 70_000)
    sealer.finish()
    return {
        "value": aead.seal_value(KEY, b"words", CONTEXT),
        "hpke": suite.seal_to(public_of(KEY).kem, b"words", CONTEXT),
        "stream": body.getvalue(),
        "signature": signature.sign(KEY, "domain", b"words"),
    }


def opened(kind: str, blob: bytes) -> bytes:
    """Open a blob of a kind; EnvelopeError when it does not."""
    if kind == "value":
        return aead.open_value(KEY, blob, CONTEXT)
    if kind == "hpke":
        return suite.open_with(KEY, blob, CONTEXT)
    if kind == "signature":
        signature.verify(public_of(KEY).sign, "domain", b"words", blob)
        return b""
    opener = stream.StreamOpener(KEY, CONTEXT, BytesIO(blob), len(blob), 70_000)
    return b"".join(opener.chunks())


@many(2500)
@given(st.data(), st.sampled_from(sorted(Kind)))
def test_headers(data: st.DataObject, kind: Kind) -> None:
    blob = data.draw(st.binary(max_size=12) | typed.broken(sealed()["value"][:12]))
    with suppress(EnvelopeError):
        read_header(blob, kind)
        assert blob[:4] == sealed()["value"][:4]


@many(2500)
@given(st.data(), st.sampled_from(["value", "hpke", "stream", "signature"]))
def test_changed_envelopes(data: st.DataObject, kind: str) -> None:
    blob = data.draw(typed.broken(sealed()[kind]) | st.binary(max_size=3000))
    if blob == sealed()[kind]:
        opened(kind, blob)
        return
    with pytest.raises(EnvelopeError):
        opened(kind, blob)


@many(500)
@given(st.binary(max_size=80), st.binary(max_size=80))
def test_shares(left: bytes, right: bytes) -> None:
    with suppress(EnvelopeError):
        assert len(shares.join(left, right)) == len(left) == len(right)


# -- facts -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def law() -> Reference:
    """The real reference data."""
    tables = reference_files()
    return build({model: tables.of(model) for model in KEYS})


@many(800)
@given(facts=_facts.spoiled() | _facts.ANYTHING)
def test_any_facts_give_routes_or_a_facts_error(law: Reference, facts: Any) -> None:
    with suppress(FactsError):
        assess_routes(facts, TODAY, law)


@many(350)
@given(data=st.data(), facts=_facts.RIGHT)
def test_right_facts_give_routes_and_forgetting_opens_none(law: Reference, data: st.DataObject, facts: Any) -> None:
    known = open_routes(facts, law)
    if not facts.get("acts") or not (facts.get("consents") or {}).get("countries"):
        assert not known  # nobody was asked, or nothing has happened that is known
    if found := list(_facts.places(facts)):
        path = data.draw(st.sampled_from(found))
        if path[-1] != "country" or "nationalities" not in path:
            with suppress(FactsError):
                assert open_routes(_facts.changed(facts, path, None), law) <= known


def open_routes(facts: Any, law: Reference) -> set[tuple[str, ...]]:
    """What is open, without a fact missing for it."""
    names = ("forum", "crime", "basis", "provision")
    return {tuple(str(route[name]) for name in names) for route in assess_routes(facts, TODAY, law) if is_open(route)}


def is_open(route: dict[str, Any]) -> bool:
    """Is this the verdict, and does every stage that matters say so too?"""
    if route["verdict"] != "open":
        return False
    assert route["stages"]["file"] == route["stages"]["open"] == "open"
    assert "blocks" not in {reason["effect"] for reason in route["reasons"]}
    return True


# -- exhibits ----------------------------------------------------------------------------------------------------------


@cache
def originals() -> dict[str, bytes]:
    """Small files of each kind."""
    from tests.factories.dossier import photograph

    picture = BytesIO()
    Image.effect_noise((60, 40), 50).save(picture, "PNG")
    paper = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(300, 200))
        document.save(paper)
    return {
        "image/jpeg": photograph(160, 120), "image/png": picture.getvalue(), "application/pdf": paper.getvalue()
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "application/pdf"])
def test_changed_files_become_exhibits(kind: str, settings: Any) -> None:
    @many(17)
    @given(bodies=st.lists(typed.broken(originals()[kind]), min_size=TOGETHER, max_size=TOGETHER))
    def prepared_all(bodies: list[bytes]) -> None:
        with ThreadPoolExecutor(TOGETHER) as pool:
            for body in pool.map(lambda body: prepared(kind, body, Path(settings.TMPFS_DIR)), bodies):
                with pikepdf.open(BytesIO(body)) as document:
                    assert len(document.pages) > 0

    prepared_all()


def prepared(kind: str, body: bytes, tmpfs: Path) -> bytes:
    """The PDF that is filed for a file."""
    from cases.dossier.exhibits import prepare_exhibit
    from cases.dossier.variant import find
    from tests.factories.dossier import exhibit

    record = exhibit(1, "x", kind, body)
    assert record.sha256 == hashlib.sha256(body).hexdigest()
    made = prepare_exhibit(
        record, body, reference="D-7QK4MT-1", built_on="2026-11-22", tmpfs=tmpfs, words=find("UJ-EN")
    )
    return made.body
