"""An invented dossier: the Belarusian account, a photograph with a place in it, a scan of two pages."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational
from weasyprint import HTML

from cases.dossier.elements import propose_elements
from cases.dossier.html import OnlyOurs
from cases.dossier.inputs import (
    AccountSection,
    Answer,
    Complainant,
    Consent,
    CustodyEvent,
    DossierInput,
    ExhibitInput,
    Lawyer,
)
from cases.dossier.public import public_context
from cases.dossier.sentences import propose_sentences
from cases.dossier.variant import find

HERE = Path(__file__).parent
LATITUDE, LONGITUDE = (53, 54, 8.6), (27, 33, 40.1)
CAMERA = "Invented Camera X1"

FACTS: dict[str, Any] = {
    "acts": [
        {
            "country": "BY",
            "from": "2020-08-12",
            "to": "2020-08-14",
            "crime_facts": ["torture_by_officials", "custody", "pattern"],
        }
    ],
    "victim": {
        "nationalities": [{"country": "BY"}],
        "residence_now": "LT",
        "residence_at_acts": "BY",
        "refugee": True,
    },
    "displacement": {"forced": True, "crossed_into": "LT", "date": "2021-02-03"},
    "consents": {"countries": ["LT", "PL"], "icc": True},
    "languages": ["be", "ru"],
    "flags": ["FAMILY"],
}
ROUTE: dict[str, Any] = {
    "forum": "LT",
    "forum_name": "Prosecutor General’s Office of the Republic of Lithuania",
    "crime": "torture",
    "basis": "universal",
    "provision": "Criminal Code, art. 7(1) with art. 100-3",
    "verdict": "open",
    "stages": {"file": "open", "open": "open", "try": "conditional"},
    "reasons": [
        {
            "code": "practice_open_file",
            "effect": "+",
            "text": "The Prosecutor General opened an investigation on Belarus in December 2020.",
            "source": "https://source.example/investigation",
            "confidence": "high",
        },
        {
            "code": "presence_none",
            "effect": "+",
            "text": "The law asks for no presence of a suspect to open an investigation.",
            "source": "https://source.example/code",
            "confidence": "low",
        },
        {
            "code": "trial_presence",
            "effect": "-",
            "text": "A trial needs the accused; without arrest the case rests.",
            "source": "https://source.example/trial",
            "confidence": "medium",
        },
    ],
    "missing": ["unit of the officials"],
    "deadline": {"date": None, "kind": "unknown: lawyer must confirm"},
    "next_steps": ["Counsel files in Lithuanian, with a translation of annex B1."],
    "cautions": ["A second filing in Poland is to be coordinated with this one."],
    "unverified": ["limitation"],
}


def own_words() -> str:
    """The invented account in Belarusian, at least 600 words."""
    return (HERE / "account_be.txt").read_text(encoding="utf-8")


def chosen(question_id: str, be: str, en: str, value: str, value_en: str, *purposes: str) -> Answer:
    """An answer chosen from a list."""
    return Answer(question_id, be, en, value, value_en, "be", False, purposes)


def account(words: str | None = None) -> tuple[AccountSection, ...]:
    """One section with an episode, as the form would give it."""
    answers = (
        chosen("EPI-02", "Калі гэта пачалося?", "When did it begin?", "12 жніўня 2020", "12 August 2020", "T1"),
        chosen("EPI-04", "У якіх месцах гэта адбывалася?", "In what kind of places did it happen?",
               "Вуліца або плошча; Аддзел міліцыі (РУУС, РАУС); ІЧУ, ЦІП",
               "Street or square; Police department (RUVD, ROVD); Temporary detention (IVS, TsIP)", "H5", "J"),
        Answer("EPI-06", "Горад, вуліца, камера, паверх або тое, што дапаможа знайсці месца",
               "Town, street, cell, floor or anything that helps to find the place",
               "Бетонны плот і зялёныя вароты, у калідоры дробная плітка", None, "be", False, ("EV", "H3")),
        chosen("EPI-07", "Як вас забралі і перавозілі?", "How were you taken and moved?",
               "Бус без нумароў; Дакументаў не паказалі", "Minibus without plates; No papers were shown", "H5", "T4"),
        Answer("EPI-08", "Раскажыце сваімі словамі, што адбылося. Пачніце з чаго хочаце.",
               "Tell in your own words what happened. Start where you want.",
               own_words() if words is None else words, None, "be", True, ("T1", "T2", "T3", "T4", "H5")),
        chosen("EPI-28", "Чым скончыўся гэты эпізод?", "How did this episode end?", "Адпусцілі", "Released", "H6"),
    )  # fmt: skip
    return (AccountSection("episode-1", "Што адбылося", 1, "2026-11-18", "be", answers),)


def agreed(question: str, answer: str) -> Consent:
    """An answer to a consent question."""
    return Consent(question, answer, "2026-11", "be", "2026-11-18")


def exhibit(number: int, name: str, content_type: str, body: bytes) -> ExhibitInput:
    """The record of an exhibit with the hash of its bytes."""
    digest = hashlib.sha256(body).hexdigest()
    custody = (
        CustodyEvent("received", "2026-11-18", "survivor"),
        CustodyEvent("hashed and sealed", "2026-11-18", "system"),
    )
    return ExhibitInput(number, name, content_type, len(body), digest, "2026-11-18", custody)


def make_input(**changes: Any) -> DossierInput:
    """A complete input; keyword arguments replace fields."""
    sections = changes.get("account", account())
    variant = find(changes.get("variant", "UJ-EN"))
    found = public_context(FACTS, variant=variant)
    values: dict[str, Any] = {
        "reference": "D-7QK4MT-1",
        "case_reference": "7QK-4MT",
        "variant": "UJ-EN",
        "built_on": "2026-11-22",
        "route": ROUTE,
        "lawyer": Lawyer("Adv. R. Example", "Example Street 1, 01100 Vilnius, Lithuania"),
        "complainant": Complainant("A.", "pseudonym"),
        "account": sections,
        "facts": (*propose_sentences(FACTS, sections, variant), *found.sentences),
        "elements": tuple(propose_elements(FACTS, sections, found.sources, variant)),
        "exhibits": (
            exhibit(1, "IMG_0412.jpg", "image/jpeg", photograph()),
            exhibit(2, "даведка.pdf", "application/pdf", scan()),
        ),
        "consent": (
            agreed("In which countries may we prepare a criminal complaint for you?", "Lithuania; Poland"),
            agreed("May we share your case with a partner lawyer whom we name to you first?", "Yes"),
            agreed("Under what name may the complaint be filed?", "Under a pseudonym"),
        ),
        "public_sources": found.sources,
        "confirmed": FACTS,
    }  # fmt: skip
    return DossierInput(**{**values, **changes})


def originals() -> dict[str, bytes]:
    """The bytes behind the exhibits of make_input, by label."""
    return {"E-001": photograph(), "E-002": scan()}


@cache
def photograph(width: int = 1600, height: int = 1200) -> bytes:
    """A JPEG with GPS position, camera, comment and an orientation that turns it by a quarter."""
    image = Image.new("RGB", (width, height), "#8d9aa5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill="#6b6f62")
    draw.rectangle((width // 4, height // 4, width // 2, height * 2 // 3), fill="#2f5d3a")
    for at in range(0, width, width // 16):
        draw.line((at, 0, at, height), fill="#7a8690", width=3)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Invented", CAMERA, 6
    exif[0x8825] = {1: "N", 2: _degrees(LATITUDE), 3: "E", 4: _degrees(LONGITUDE)}
    body = BytesIO()
    image.save(body, "JPEG", quality=85, exif=exif, comment=b"taken by " + CAMERA.encode())
    return body.getvalue()


def _degrees(value: tuple[int, int, float]) -> tuple[IFDRational, ...]:
    return tuple(IFDRational(int(part * 100), 100) for part in value)


@cache
def scan() -> bytes:
    """A PDF of two pages with text, an author, and a photograph that carries its own position."""
    markup = """<html lang="be"><head><title>Даведка</title><meta name="author" content="Invented Author">
    <style>@page { size: Letter } body { font-family: "Noto Sans" } section { break-after: page }</style></head>
    <body><section><h1>Даведка</h1><p>Бальніца выдала гэтую даведку 15 жніўня 2020 года.</p><p>Забой левай нагі.</p>
    </section><section><p>Старонка другая. Здымак зроблены.</p><img src="asset:x" style="width:10cm" alt="x">
    <p><a href="https://canary.example/">link</a></p></section></body></html>"""
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH="1597449600"):
        return written(markup)


def written(markup: str) -> bytes:
    body: bytes = HTML(string=markup, url_fetcher=OnlyOurs({"asset:x": (photograph(), "image/jpeg")})).write_pdf(
        pdf_identifier=b"scan"
    )
    return body
