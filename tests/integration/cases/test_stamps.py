"""Time stamps: in the package where an authority answers, later where none does, and never of anything else."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from cases import building, keeping, stamping, tasks
from cases.actions.dossiers import approve
from cases.actions.packages import open_package, package_facts
from cases.actions.withdrawing import drop
from cases.models import Dossier, Stamp
from tests.factories.cast import Cast, Member
from tests.factories.packages import verify
from tests.factories.time_authority import answering, authority
from tests.integration.cases.conftest import signed_in
from vault.models import AuditEvent

pytestmark = pytest.mark.slow


@pytest.fixture
def certificate(tmp_path: Path) -> str:
    """The file that proves the authority."""
    (tmp_path / "authority.pem").write_bytes(authority().root)
    return str(tmp_path / "authority.pem")


@pytest.fixture
def online(settings: object, certificate: str) -> Iterator[list[bytes]]:
    """An authority that answers."""
    with answering(authority()) as seen:
        settings.TIME_AUTHORITIES = [(seen[0].decode(), certificate)]
        yield seen


@pytest.fixture
def released(request_made: Dossier, dana: Member) -> Dossier:
    """A request that a lead has released."""
    approve(dossier=request_made, by=dana.person, ring=dana.ring, reason="Fits.")
    return request_made


def built(dossier: Dossier, lena: Member) -> dict[str, bytes]:
    """Build it, and open the package as the lawyer."""
    building.build(dossier.id)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.READY, dossier.trouble
    _, _, stream = open_package(dossier=dossier, by=lena.person, ring=lena.ring)
    body = b"".join(stream.chunks())
    stream.close()
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return {"": body, **{name: archive.read(name) for name in archive.namelist()}}


def test_a_worker_signs_and_stamps_and_the_verifier_says_whole(
    released: Dossier, lena: Member, online: list[bytes], certificate: str, settings: object, tmp_path: Path
) -> None:
    files = built(released, lena)
    assert "manifest.tsr" in files
    assert not Stamp.objects.exists()
    facts = package_facts(released, lena.ring)
    assert facts["fingerprint"] == settings.PACKAGE_FINGERPRINT
    assert (facts["self_made"], len(facts["stamped"])) == (True, 1)
    (tmp_path / "package.zip").write_bytes(files[""])
    said = verify(
        tmp_path / "package.zip", "--fingerprint", facts["fingerprint"], "--tsa-certificate", certificate
    )  # fmt: skip
    assert said.code == 0, said.text
    signed = [e["signature"] for e in json.loads(files["manifest.json"])["files"] if "signature" in e]
    assert signed == ["PAdES B-T", "PAdES B-T"]
    assert len(online) == 4  # two documents and the manifest


def test_offline_the_dossier_is_delivered_and_the_stamp_fetched_later(
    released: Dossier, lena: Member, as_lena: Client, settings: object, certificate: str, tmp_path: Path
) -> None:
    settings.TIME_AUTHORITIES = [("http://127.0.0.1:9/", certificate)]
    files = built(released, lena)
    assert "manifest.tsr" not in files
    row = Stamp.objects.get()
    assert bytes(row.imprint).hex() == package_facts(released, lena.ring)["imprint"]
    page = f"/desk/dossiers/{released.id}/"
    assert "still to come" in as_lena.get(page).content.decode()
    assert as_lena.get(f"{page}stamps/1/").status_code == 404
    assert stamping.fetch() == 0
    with answering(authority()) as seen:
        settings.TIME_AUTHORITIES = [(seen[0].decode(), certificate)]
        tasks.fetch_stamps()
        tasks.fetch_stamps()
        assert len(seen) == 2  # asked once
    assert "A time stamp came on" in as_lena.get(page).content.decode()
    answer = as_lena.get(f"{page}stamps/1/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="manifest.tsr"'
    (tmp_path / "manifest.tsr").write_bytes(answer.content)
    (tmp_path / "package.zip").write_bytes(files[""])
    said = verify(
        tmp_path / "package.zip", "--token", str(tmp_path / "manifest.tsr"), "--tsa-certificate", certificate,
        "--fingerprint", settings.PACKAGE_FINGERPRINT,
    )  # fmt: skip
    assert said.code == 0, said.text
    assert AuditEvent.objects.filter(action="dossier.stamped", subject=released.id).count() == 1
    assert AuditEvent.objects.filter(action="dossier.stamp_downloaded", subject=released.id).count() == 1


def test_only_the_hash_of_a_salted_manifest_leaves_the_house(
    released: Dossier, lena: Member, online: list[bytes]
) -> None:
    files = built(released, lena)
    assert len(json.loads(files["manifest.json"])["salt"]) == 64
    assert all(len(request) < 100 for request in online[1:])


@pytest.mark.parametrize("authorities", [[], None], ids=["none configured", "one that answers nonsense"])
def test_without_an_authority_one_stamp_waits_for_the_first_that_will_be(
    released: Dossier, lena: Member, settings: object, certificate: str, authorities: list[object] | None
) -> None:
    with answering(authority(), body=b"nonsense") as seen:
        settings.TIME_AUTHORITIES = [(seen[0].decode(), certificate)] if authorities is None else authorities
        built(released, lena)
    assert list(Stamp.objects.values_list("place", "token")) == [(1, None)]


def test_two_authorities_each_give_one_and_the_missing_one_is_waited_for(
    released: Dossier, lena: Member, online: list[bytes], settings: object, certificate: str
) -> None:
    settings.TIME_AUTHORITIES = [("http://127.0.0.1:9/", certificate), *settings.TIME_AUTHORITIES]
    files = built(released, lena)
    assert "manifest-2.tsr" in files
    assert "manifest.tsr" not in files
    assert list(Stamp.objects.values_list("place", flat=True)) == [1]


def test_a_stamp_that_somebody_put_into_the_table_is_not_given_out(package: Dossier, as_lena: Client) -> None:
    now = datetime.now(UTC)
    for token in (authority().token(bytes(32), now), b"\x30\x03no stamp at all"):
        Stamp.objects.filter(dossier=package).update(token=token, got_on=now.date())
        answer = as_lena.get(f"/desk/dossiers/{package.id}/stamps/1/")
        assert token not in answer.content
        assert "Content-Disposition" not in answer.headers


def test_nobody_else_gets_it(package: Dossier, as_tomas: Client, as_ben: Client) -> None:
    token = authority().token(bytes(Stamp.objects.get().imprint), datetime.now(UTC))
    Stamp.objects.update(token=token, got_on=datetime.now(UTC).date())
    address = f"/desk/dossiers/{package.id}/stamps/1/"
    assert as_tomas.get(address).status_code == 404
    assert as_ben.get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_stamps_go_with_the_package_or_the_permission(package: Dossier, cast: Cast) -> None:
    drop(package)
    assert not Stamp.objects.exists()


def test_stamps_go_when_the_clock_erases_our_copy(package: Dossier) -> None:
    Dossier.objects.update(state=Dossier.State.ACKNOWLEDGED, acknowledged_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert keeping.purge_packages(datetime(2027, 6, 1, tzinfo=UTC).date()) == 1
    assert not Stamp.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [({"PACKAGE_KEYS": Path("/nowhere")}, "no-keys"), ({"DOCUMENT_SIGNER": Path("/nowhere")}, "no-signer"),
     ({"PACKAGE_FINGERPRINT": "00" * 32}, "other-keys"),
     ({"TIME_AUTHORITIES": [("http://x/", "/nowhere")]}, "authority")],
    ids=["no keys", "no certificate", "other keys than people were told", "no certificate of the authority"],
)  # fmt: skip
def test_a_worker_that_cannot_sign_delivers_nothing_and_says_so(
    released: Dossier, as_ben: Client, settings: object, change: dict[str, object], code: str
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    for _ in range(3):
        building.build(released.id)
    released.refresh_from_db()
    assert (released.state, released.trouble) == (Dossier.State.FAILED, f"render_{code}")
    page = as_ben.get(f"/desk/cases/{released.case.reference}/dossiers/1/").content.decode()
    assert "The worker cannot sign" in page


def test_the_page_of_the_lawyer_says_how_to_verify(package: Dossier, lena: Member) -> None:
    page = signed_in(lena).get(f"/desk/dossiers/{package.id}/").content.decode()
    assert "verify_package.py" in page
    assert "01234567 89ABCDEF" in page.upper()
    assert "/verify/" in page
    assert "made on our own machine" in page
