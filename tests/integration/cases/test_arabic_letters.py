"""A survivor who writes in Arabic, as the desk sees it."""

from __future__ import annotations

from django.test import Client

from tests.factories import cast as made
from tests.factories.cast import FIRST, Member


def test_the_desk_reads_a_first_contact_in_arabic(as_ben: Client, ben: Member) -> None:
    arabic = {key: {**answer, "lang": "ar"} for key, answer in FIRST.items()}
    survivor = made.first_contact(arabic, language="ar")
    assert "Arabic" in as_ben.get("/desk/", {"language": "ar"}).content.decode()
    made.assigned(survivor, ben)
    case = f"/desk/cases/{survivor.case.reference}/"
    as_ben.post(f"{case}account/open/", {"purpose": "reply"})
    assert "Lithuania" in as_ben.get(f"{case}account/").content.decode()
    letter = as_ben.get(f"{case}letters/").content.decode()
    assert '<option value="ar" selected>Arabic</option>' in letter
