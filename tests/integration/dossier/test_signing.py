"""Signed documents: intact and not only valid, unchanged to the eye, tagged as before; nothing bad comes out signed."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from cases.dossier import check, sign, signature_field
from cases.dossier.authority import Authority
from cases.dossier.build import build
from cases.dossier.errors import PackageFailed, RenderFailed
from cases.dossier.render import DOCUMENT, Rendered, render_complaint
from cases.dossier.sign import PLAIN, STAMPED, Signed, sign_document
from cases.dossier.signer import read_signer
from tests.factories import signers
from tests.factories.dossier import account, make_input
from tests.factories.packages import flip
from tests.factories.time_authority import answering, authority
from tests.integration.dossier.reading import by_poppler

pytestmark = pytest.mark.slow

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def plain(tmpfs: Path) -> Rendered:
    """A small complaint, not signed yet."""
    return render_complaint(build(make_input(account=account("Кароткі расказ."))), tmpfs=tmpfs)


@pytest.fixture(scope="module")
def signed(plain: Rendered, tmpfs: Path) -> Signed:
    """The same, signed."""
    return sign_document(plain, signers.signing(), day=DAY, tmpfs=tmpfs)


def test_the_bytes_before_signing_stay_and_the_text_too(plain: Rendered, signed: Signed) -> None:
    assert signed.body.startswith(plain.body)
    assert by_poppler(signed.body) == by_poppler(plain.body)
    assert signed.pages == plain.pages


def test_tags_language_fonts_and_the_claim_of_the_archive_standard_survive(plain: Rendered, signed: Signed) -> None:
    before, after = check.examine(plain.body), check.examine(signed.body)
    assert not after.findings & DOCUMENT
    assert (after.findings, after.fonts, after.pages) == (before.findings, before.fonts, before.pages)


def test_metadata_say_nothing_about_who_signed_with_what(signed: Signed, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(signed.body)
    info = PdfReader(tmp_path / "x.pdf").metadata
    assert info is not None
    assert set(info) <= {"/Title", "/Producer", "/CreationDate"}
    assert b"pyHanko" not in signed.body
    assert b"/ModDate" not in signed.body


def test_poppler_and_qpdf_agree(signed: Signed, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(signed.body)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (checked.returncode, "WARNING" in checked.stdout + checked.stderr) == (0, False)


def test_it_is_intact_and_a_flipped_byte_is_not_though_the_library_calls_it_valid(signed: Signed) -> None:
    assert signature_field.faults(signed.body) == []
    assert signature_field.faults(flip(signed.body, 20_000)) == ["changed"]


def test_what_comes_after_the_signature_is_not_covered(signed: Signed, tmpfs: Path) -> None:
    assert "coverage" in signature_field.faults(signed.body + b"\n%x\n")
    again = sign_document(
        Rendered(signed.body[: signed.body.index(b"%%EOF") + 6], 1), signers.signing(), day=DAY, tmpfs=tmpfs
    )
    assert signature_field.faults(again.body) == []
    with pytest.raises(RenderFailed, match="broken"):  # it is signed already
        sign_document(Rendered(signed.body, 1), signers.signing(), day=DAY, tmpfs=tmpfs)


def test_an_unsigned_document_is_none(plain: Rendered) -> None:
    assert signature_field.faults(plain.body) == ["none"]


def test_a_time_stamp_goes_into_the_signature_where_an_authority_answers(plain: Rendered, tmpfs: Path) -> None:
    made = authority()
    with answering(made) as seen:
        silent = Authority("http://127.0.0.1:9/", made.root)
        found = sign_document(
            plain, signers.signing(silent, Authority(seen[0].decode(), made.root)), day=DAY, tmpfs=tmpfs
        )  # fmt: skip
    assert found.level == STAMPED
    assert len(seen) == 2


def test_without_one_or_with_a_false_one_it_is_signed_all_the_same(
    plain: Rendered, signed: Signed, tmpfs: Path
) -> None:
    assert signed.level == PLAIN
    with answering(authority("Stranger")) as seen:
        false = Authority(seen[0].decode(), authority().root)
        assert sign_document(plain, signers.signing(false), day=DAY, tmpfs=tmpfs).level == PLAIN


def test_a_certificate_whose_days_are_over_signs_nothing(plain: Rendered, tmpfs: Path) -> None:
    with pytest.raises(PackageFailed, match="signer-expired"):
        sign_document(plain, signers.signing(at=datetime(2126, 1, 1, tzinfo=UTC)), day=DAY, tmpfs=tmpfs)


def test_a_certificate_of_an_authority_brings_its_chain(plain: Rendered, tmpfs: Path) -> None:
    own = sign.Signing("x", signers.keys(""), read_signer(signers.brought_signer().encode()))
    found = sign_document(plain, own, day=DAY, tmpfs=tmpfs)
    assert signature_field.faults(found.body) == []


@pytest.mark.parametrize(
    "change",
    [lambda pdf, place: (b"%PDF-1.7 another" + pdf, place), lambda pdf, place: (pdf, [place[0] - 1, place[1]]),
     lambda pdf, place: (pdf, [0, len(pdf)]), lambda pdf, place: (flip(pdf, 9), place),
     lambda pdf, place: (pdf, [place[1], place[0]])],
    ids=["another file", "a byte off", "the whole file", "changed content", "turned round"],
)  # fmt: skip
def test_a_child_that_does_more_than_add_a_hole_gets_no_signature(
    plain: Rendered, tmpfs: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    prepared, place = signature_field.hole([plain.body, b"2026-11-22T00:00:00+00:00"])
    body, where = change(prepared, json.loads(place))  # type: ignore[operator]
    monkeypatch.setattr(sign, "run", lambda *args, **kwargs: [body, json.dumps(where).encode()])
    with pytest.raises(RenderFailed, match="check-hole"):
        sign_document(plain, signers.signing(), day=DAY, tmpfs=tmpfs)


def test_what_does_not_hold_after_signing_does_not_come_out(
    plain: Rendered, tmpfs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign, "_filled", lambda prepared, start, end, cms: prepared)
    with pytest.raises(RenderFailed, match="check-"):
        sign_document(plain, signers.signing(), day=DAY, tmpfs=tmpfs)


def test_a_form_that_is_more_than_a_signature_is_still_found(signed: Signed) -> None:
    assert "active" not in check.examine(signed.body).findings
    for old, new in ((b"/SigFlags 3", b"/Unknown1 3"), (b"/FT /Sig", b"/FT /Btn")):
        assert old in signed.body
        assert "active" in check.examine(signed.body.replace(old, new)).findings
