"""What changed between two dossiers, and a package in parts, as the lawyer sees them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.test import Client

from cases import building, changed
from cases.actions.dossiers import approve
from cases.actions.packages import open_package
from cases.models import Case, Dossier
from tests.factories import cast as made
from tests.factories.cast import Member, Survivor
from tests.factories.dossier import exhibit, make_input
from tests.factories.kept import kept
from vault.errors import VaultError
from vault.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


def built(amina: Survivor, ben: Member, lena: Member, dana: Member) -> Dossier:
    dossier = made.requested(amina, ben, lena)
    approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="Fits.")
    building.build(dossier.id)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def both(reviewed: Case, amina: Survivor, ben: Member, lena: Member, dana: Member) -> list[Dossier]:
    """Two dossiers of one case for Lena; nothing was written between them."""
    return kept("two dossiers of one case", lambda: [built(amina, ben, lena, dana) for _ in range(2)])


@pytest.fixture
def as_lena(lena: Member) -> Client:
    return lena.browser()


def test_the_first_has_nothing_to_be_compared_with_and_the_second_is_the_same(
    both: list[Dossier], lena: Member, as_lena: Client
) -> None:
    first, second = both
    assert changed.since(first, lena.ring) is None
    found = changed.since(second, lena.ring)
    assert found is not None
    assert (found.is_nothing, found.same > 0) == (True, True)
    shown = as_lena.get(f"/desk/dossiers/{second.id}/").content.decode()
    assert "What changed since" in shown
    assert found.before in shown
    assert "are the same" in shown
    assert "What changed since" not in as_lena.get(f"/desk/dossiers/{first.id}/").content.decode()


def test_when_our_copy_of_the_earlier_one_is_erased_nothing_is_claimed(
    both: list[Dossier], lena: Member, as_lena: Client
) -> None:
    Dossier.objects.filter(id=both[0].id).update(file=None)
    found = changed.since(both[1], lena.ring)
    assert found is not None
    assert not found.is_known
    assert "nothing can be compared" in as_lena.get(f"/desk/dossiers/{both[1].id}/").content.decode()


def test_nobody_compares_without_the_key(both: list[Dossier], ben: Member, chloe: Member) -> None:
    with pytest.raises(VaultError):
        changed.since(both[1], chloe.ring)


def test_each_kind_of_change_is_named() -> None:
    old = make_input()
    new = replace(
        old,
        facts=(replace(old.facts[0], text="A new sentence."), *old.facts[1:]),
        exhibits=(*old.exhibits[:1], exhibit(3, "new.pdf", "application/pdf", b"new")),
        account=old.account[:0],
        route={**old.route, "provision": "Criminal Code, art. 1"},
    )
    found = changed._compared("D-1", changed.noted(old), changed.noted(new))
    assert (found.added, found.gone) == (("A new sentence.",), (old.facts[0].text,))
    assert (found.exhibits_added, found.exhibits_gone) == (("E-003",), ("E-002",))
    assert (found.has_new_account, found.has_new_basis, found.has_new_template) == (True, True, False)
    assert found.same == len(old.facts) - 1
    assert not found.is_nothing


def test_the_package_comes_in_parts_that_are_the_whole(both: list[Dossier], lena: Member, as_lena: Client) -> None:
    dossier = both[0]
    page = as_lena.get(f"/desk/dossiers/{dossier.id}/?parts=10").content.decode()
    links = re.findall(rf"/desk/dossiers/{dossier.id}/package/10/(\d+)/", page)
    assert links == ["1"]
    assert not AuditEvent.objects.filter(action="dossier.downloaded").exists()  # looking at the list is no download
    answer = as_lena.get(f"/desk/dossiers/{dossier.id}/package/10/1/")
    assert re.search(r'filename="D-[A-Z0-9]+-1_part-1-of-1.zip"', answer["Content-Disposition"])
    part = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert AuditEvent.objects.filter(action="dossier.downloaded", subject=dossier.id).count() == 1
    _, _, stream = open_package(dossier=dossier, by=lena.person, ring=lena.ring)
    whole = zipfile.ZipFile(io.BytesIO(b"".join(stream.chunks())))
    stream.close()
    again = zipfile.ZipFile(io.BytesIO(part))
    assert {n: again.read(n) for n in again.namelist()} == {n: whole.read(n) for n in whole.namelist()}


@pytest.mark.parametrize("place", ["10/2", "10/0", "11/1", "0/1"])
def test_a_part_or_a_limit_that_is_none_is_not_there(both: list[Dossier], as_lena: Client, place: str) -> None:
    assert as_lena.get(f"/desk/dossiers/{both[0].id}/package/{place}/").status_code == 404
    assert as_lena.get(f"/desk/dossiers/{both[0].id}/?parts=11").status_code == 200


def test_an_erased_package_says_so_instead_of_a_part(both: list[Dossier], as_lena: Client) -> None:
    Dossier.objects.filter(id=both[0].id).update(file=None)
    assert "erased" in as_lena.get(f"/desk/dossiers/{both[0].id}/package/10/1/").content.decode()


def test_what_is_no_package_is_not_given_in_parts(request_made: Dossier, lena: Member, as_lena: Client) -> None:
    made.delivered(request_made, lena, b"no ZIP")
    assert as_lena.get(f"/desk/dossiers/{request_made.id}/?parts=10").status_code == 200
    assert as_lena.get(f"/desk/dossiers/{request_made.id}/package/10/1/").status_code == 409
