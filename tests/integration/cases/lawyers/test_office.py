"""The lawyer's office: written by the lawyer alone, read by the team, printed where an authority looks for it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from cases import building
from cases.actions.clearing import points_of
from cases.actions.dossiers import approve, request_dossier
from cases.actions.lawyer_records import keep, keep_office
from cases.actions.packages import open_package
from cases.dossier.variant import codes, find
from cases.errors import Refused
from cases.lawyers import office, record
from cases.lawyers.office import Office
from cases.lawyers.record import Apart
from cases.models import Case, Dossier
from cases.routing import route_key
from people.models import Person
from tests.factories.cast import ROUTES, Cast, Member
from tests.factories.complaint import drafted
from tests.factories.intruder import erase
from tests.factories.lawyers import APART, COLUMNS, record_of
from tests.integration.dossier.reading import by_pypdf
from vault import worker
from vault.errors import Forged
from vault.models import AuditEvent, SealedValue

WHERE = "/desk/office/"
ADDRESS, PHONE, MAIL = "ul. Zmyślona 7, 00-950 Warszawa", "+48 22 000 00 07", "lena@kancelaria.example"
TYPED = {"address": ADDRESS, "phone": PHONE, "mail": MAIL}
HERS = Office(ADDRESS, PHONE, MAIL)
NOT_YET = find("PL").say("counsel.line")


@pytest.fixture
def kept(cast: Cast) -> Cast:
    """Lena has a record."""
    record_of(cast.lena, cast)
    return cast


def said(member: Member, given: Office = HERS) -> None:
    keep_office(by=member.person, ring=member.ring, office=given)


@pytest.mark.shown
class TestItsPage:
    def test_the_lawyer_writes_it_and_the_team_reads_it(self, kept: Cast, as_lena: Client, as_ben: Client) -> None:
        assert "Nothing is given yet." in as_lena.get(WHERE).content.decode()
        assert as_lena.post(WHERE, TYPED)["Location"] == WHERE
        page = as_lena.get(WHERE).content.decode()
        assert all(f'value="{each}"' in page for each in TYPED.values())
        team = as_ben.get(f"/desk/lawyers/{kept.lena.person.id}/").content.decode()
        assert all(each in team for each in TYPED.values())
        assert AuditEvent.objects.filter(action="lawyer.office_kept", actor=kept.lena.person.id).count() == 1

    def test_an_address_is_needed_and_a_mail_must_be_one(self, kept: Cast, as_lena: Client) -> None:
        page = as_lena.post(WHERE, TYPED | {"address": " ", "mail": "nowhere"}).content.decode()
        assert "There is a problem" in page
        assert PHONE in page, "what was typed stays"
        assert office.read(kept.lena.person, kept.lena.ring) == Office()

    def test_before_a_lead_wrote_a_record_it_says_so(self, cast: Cast, as_lena: Client) -> None:
        assert "A lead has not written your record yet." in as_lena.get(WHERE).content.decode()
        assert as_lena.post(WHERE, TYPED).status_code == 409
        with pytest.raises(Refused, match="no_lawyer"):
            said(cast.lena)

    def test_a_record_in_which_nothing_is_sealed_yet_is_enough(self, cast: Cast, as_lena: Client) -> None:
        keep(lawyer=cast.lena.person, by=cast.dana.person, ring=cast.dana.ring, columns=COLUMNS, apart=Apart())
        assert as_lena.post(WHERE, TYPED)["Location"] == WHERE

    def test_ends_of_lines_do_not_reach_print(self, kept: Cast, as_lena: Client) -> None:
        as_lena.post(WHERE, TYPED | {"address": "ul. Zmyślona 7\r\n\r\nPodpisano:\tX"})
        assert office.read(kept.lena.person, kept.lena.ring).address == "ul. Zmyślona 7 Podpisano: X"


class TestWhoseWordItIs:
    def test_nobody_else_writes_it(self, kept: Cast) -> None:
        for member in (kept.ben, kept.dana):
            with pytest.raises(Refused):
                said(member)
        assert office.read(kept.lena.person, kept.ben.ring) == Office()

    def test_an_address_that_a_member_sealed_in_its_place_is_forged(self, kept: Cast) -> None:
        """Letters of an authority would go where the forger wants them."""
        said(kept.lena)
        office.write(kept.lena.person, kept.dana.ring, Office("Elsewhere 1"))
        with pytest.raises(Forged, match="another hand"):
            office.read(kept.lena.person, kept.ben.ring)

    def test_an_older_one_put_back_shows(self, kept: Cast) -> None:
        said(kept.lena, Office("Before 1"))
        said(kept.lena)
        erase(SealedValue.objects.filter(table="lawyer", field="office", version=2))
        with pytest.raises(Forged):
            office.read(kept.lena.person, kept.ben.ring)

    def test_one_of_a_key_that_the_lawyer_does_not_have_any_more_counts_no_longer(self, kept: Cast) -> None:
        said(kept.lena)
        moved = Person.objects.select_related("pair").get(id=kept.lena.person.id)
        moved.pair = kept.tomas.person.pair
        assert office.read(moved, kept.ben.ring) == Office()

    def test_the_record_of_the_lead_stays_as_it_is(self, kept: Cast) -> None:
        said(kept.lena)
        assert record.read(kept.lena.person.lawyer_record, kept.ben.ring) == APART
        record_of(kept.lena, kept)
        assert office.read(kept.lena.person, kept.ben.ring) == HERS

    def test_it_is_readable_in_no_table(self, kept: Cast) -> None:
        said(kept.lena)
        rows = b" ".join(bytes(each.blob) for each in SealedValue.objects.all())
        assert not any(each.encode() in rows for each in TYPED.values())


@pytest.mark.shown
class TestInPrint:
    @pytest.mark.parametrize("code", codes())
    def test_the_line_in_each_language(self, code: str) -> None:
        words = find(code)
        assert HERS.line(words).startswith(ADDRESS)
        assert PHONE in HERS.line(words)
        assert MAIL in HERS.line(words)
        assert Office().line(words) == words.say("counsel.line")

    @pytest.mark.parametrize(
        ("given", "statement"),
        [
            (Office(ADDRESS), "numeru telefonu ani adresu poczty elektronicznej nie podaje się"),
            (Office(ADDRESS, PHONE), "adresu poczty elektronicznej nie podaje się"),
            (Office(ADDRESS, "", MAIL), "numeru telefonu nie podaje się"),
        ],
    )
    def test_polish_law_wants_it_said_that_there_is_none(self, given: Office, statement: str) -> None:
        assert given.line(find("PL")).endswith(f", {statement}")
        assert "nie podaje" not in HERS.line(find("PL"))

    def test_the_longest_that_the_form_takes_is_printed_whole(self) -> None:
        longest = Office("a" * 140, "1" * 30, f"{'m' * 60}@x.example"[:70])
        assert all(len(longest.line(find(code))) <= 300 for code in codes())

    def test_it_stands_in_complaint_and_letter_of_a_dossier(self, kept: Cast, reviewed: Case) -> None:
        said(kept.lena)
        dossier, files = built(kept, reviewed)
        for name in ("00_cover", "01_complaint"):
            text = plain(by_pypdf(next(body for each, body in files.items() if each.startswith(name))))
            assert plain(ADDRESS) in text
            assert plain(PHONE) in text
            assert NOT_YET[:30] not in text
        assert "office" not in {point.key for point in points_of(dossier, kept.lena.ring)}

    def test_without_one_a_point_is_open_and_marked(self, kept: Cast, reviewed: Case) -> None:
        dossier, files = built(kept, reviewed)
        [point] = [each for each in points_of(dossier, kept.lena.ring) if each.key == "office"]
        assert (point.text, point.source) == (NOT_YET, "art. 119 § 1 pkt 2 k.p.k.")
        text = plain(by_pypdf(next(body for name, body in files.items() if name.startswith("01_complaint"))))
        served = text.index(plain("Adres do doręczeń"))
        assert plain("do sprawdzenia") in text[served - 60 : served + 200]


def plain(text: str) -> str:
    """Without white space and hyphens of any kind."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def built(cast: Cast, case: Case) -> tuple[Dossier, dict[str, bytes]]:
    """A Polish dossier, asked for, released, built and opened by Lena."""
    worker.ensure()
    drafted(case, cast.ben, "PL")
    asked = request_dossier(
        case=case, by=cast.ben.person, ring=cast.ben.ring, route=ROUTES[0], lawyer=cast.lena.person, reason="why",
        variant="PL",
    )  # fmt: skip
    approve(dossier=asked, by=cast.dana.person, ring=cast.dana.ring, reason="Fits.")
    building.build(asked.id)
    dossier = Dossier.objects.select_related("case", "lawyer", "file").get(id=asked.id)
    _, _, stream = open_package(dossier=dossier, by=cast.lena.person, ring=cast.lena.ring)
    with zipfile.ZipFile(BytesIO(b"".join(stream.chunks()))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stream.close()
    return dossier, files


@pytest.mark.shown
def test_the_request_says_whose_address_is_missing_where_the_law_asks_for_one(
    kept: Cast, reviewed: Case, as_ben: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    routes = {forum: {**ROUTES[0], "forum": forum} for forum in ("PL", "LT")}
    monkeypatch.setattr("cases.actions.facts.assess_routes", lambda facts, on, language="en": list(routes.values()))

    def page(forum: str) -> str:
        return as_ben.get(
            f"/desk/cases/{reviewed.reference}/routes/{route_key(routes[forum])}/dossier/"
        ).content.decode()

    record_of(kept.tomas, kept)
    assert "not given by Lena and Tomas" in page("PL")
    assert "art. 119 § 1 pkt 2 k.p.k." in page("PL")
    said(kept.lena)
    assert "not given by Tomas" in page("PL")
    said(kept.tomas)
    assert "not given by" not in page("PL")
    assert "the law asks for" not in page("LT")
