"""A lawyer clears marked points by name; nobody else can, and a changed text or value is open again."""

from __future__ import annotations

import pytest
from django.test import Client

from cases import records
from cases.actions.clearing import clear, cleared_for, cleared_in, points_of
from cases.actions.dossiers import approve, request_dossier
from cases.actions.packages import package_opened
from cases.dossier.inputs import DossierInput
from cases.dossier.points import all_points, open_in
from cases.dossier.variant import find
from cases.errors import Refused
from cases.models import Case, Dossier
from cases.release import open_released
from tests.factories import cast as made
from tests.factories.cast import ROUTES, Member
from vault import worker
from vault.errors import Forged
from vault.models import AuditEvent, SealedValue

pytestmark = pytest.mark.shown

WHY = "Read <today> in the official text & compared."


@pytest.fixture
def with_lena(request_made: Dossier, lena: Member, ben: Member) -> Dossier:
    """A delivered dossier with the marked points of its variant and route."""
    points = all_points(find("UJ-EN"), ROUTES[0])
    return made.delivered(request_made, lena, b"%PDF", asker=ben, points=points)


def address(dossier: Dossier) -> str:
    return f"/desk/dossiers/{dossier.id}/points/"


def test_each_point_stands_there_with_its_source_and_what_to_confirm(as_lena: Client, with_lena: Dossier) -> None:
    page = as_lena.get(address(with_lena)).content.decode()
    for point in all_points(find("UJ-EN"), ROUTES[0]):
        assert point.why in page.replace("&#x27;", "'")
    assert "variants/UJ-EN" in page
    assert "authorisation to prosecute" in page
    assert f'href="{address(with_lena)}"' in as_lena.get(f"/desk/dossiers/{with_lena.id}/").content.decode()


def test_the_lawyer_clears_one_by_name_with_a_reason(as_lena: Client, with_lena: Dossier, lena: Member) -> None:
    sent = {"key": "field:gatekeeper", "because": WHY}
    assert as_lena.post(address(with_lena), sent)["Location"] == address(with_lena)
    page = as_lena.get(address(with_lena)).content.decode()
    assert f"Cleared by {lena.person.name} on " in page
    assert "because: Read &lt;today&gt; in the official text &amp; compared." in page
    [one] = cleared_in(with_lena, lena.ring)
    assert (one.key, one.by, one.because) == ("field:gatekeeper", lena.person.name, WHY)
    event = AuditEvent.objects.get(action="dossier.point_cleared")
    assert (event.actor, event.subject, event.detail) == (lena.person.id, with_lena.id, {})
    assert WHY.encode() not in b"".join(bytes(row.blob) for row in SealedValue.objects.all())


def test_without_a_reason_nothing_is_cleared_and_what_was_typed_is_there(
    as_lena: Client, with_lena: Dossier, lena: Member
) -> None:
    answer = as_lena.post(address(with_lena), {"key": "template", "because": "  "})
    assert answer.status_code == 422
    assert "Nothing is written here yet." in answer.content.decode()
    assert cleared_in(with_lena, lena.ring) == []


def test_a_point_that_is_not_in_the_package_is_refused(as_lena: Client, with_lena: Dossier, lena: Member) -> None:
    assert as_lena.post(address(with_lena), {"key": "law:invented", "because": WHY}).status_code == 409
    with pytest.raises(Refused, match="unknown_point"):
        clear(dossier=with_lena, by=lena.person, ring=lena.ring, key="template", because=" ")


def test_saying_it_anew_replaces_the_word(with_lena: Dossier, lena: Member) -> None:
    for why in ("first", "second"):
        clear(dossier=with_lena, by=lena.person, ring=lena.ring, key="template", because=why)
    assert [each.because for each in cleared_in(with_lena, lena.ring)] == ["second"]


def test_nobody_but_the_lawyer_clears(with_lena: Dossier, ben: Member, dana: Member) -> None:
    for member in (ben, dana):
        with pytest.raises(Refused):
            clear(dossier=with_lena, by=member.person, ring=member.ring, key="template", because=WHY)


def test_a_word_that_the_asker_wrote_in_the_name_of_the_lawyer_is_forged(
    with_lena: Dossier, ben: Member, lena: Member
) -> None:
    point = points_of(with_lena, ben.ring)[0]
    word = {"key": point.key, "digest": point.digest, "by": lena.person.name, "on": "2026-11-28", "because": WHY}
    opened = package_opened(with_lena, ben.ring)
    records.write_next(opened, "dossier", "cleared", with_lena.id, {"cleared": [word]}, ben.ring.signer)
    with pytest.raises(Forged):
        cleared_in(with_lena, ben.ring)


def test_the_next_dossier_takes_what_was_cleared(
    with_lena: Dossier, reviewed: Case, ben: Member, dana: Member, lena: Member
) -> None:
    for point in points_of(with_lena, lena.ring):
        clear(dossier=with_lena, by=lena.person, ring=lena.ring, key=point.key, because=WHY)
    cleared = cleared_for(reviewed, ben.ring)
    assert {each.by for each in cleared} == {lena.person.name}
    after = asked_again(reviewed, ben, dana, lena, cleared=cleared)
    assert [each.key for each in open_in(after) if not each.key.startswith("fact:")] == []
    assert cleared_for(reviewed, dana.ring) == (), "whoever did not ask holds no package"


def asked_again(case: Case, ben: Member, dana: Member, lena: Member, **more) -> DossierInput:
    """The input of the next dossier, as the worker opens it."""
    dossier = request_dossier(
        case=case, by=ben.person, ring=ben.ring, route=ROUTES[0], lawyer=lena.person, reason="again", **more
    )
    approve(dossier=dossier, by=dana.person, ring=dana.ring, reason="fine")
    released = open_released(Dossier.objects.get(id=dossier.id), worker.keyrings())
    return DossierInput.from_bytes(records.as_bytes(released.content))
