"""An invented dossier with people, places, a translation, papers and rights; every name in it is made up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from cases.dossier import annex_inputs as annex
from cases.dossier import certified
from cases.dossier.inputs import DossierInput
from tests.factories.dossier import make_input

SALT = "5a" * 32
PAPER = b"%PDF-1.4\nsigned by an invented hand\n"
FAMILY, LATIN, BIRTH_PLACE, NUMBER = "Узорная-Прыклад", "Uzornaja Prykladava", "вёска Выдуманая", "XX 0000000"
WITNESS, CONTACT, SEEN_AT = "Аксана Сведкавая", "signal +000 00 000 00", "у Выдуманску, вуліца Прыдуманая 1"
ARABIC = "سمعت الصوت في الممر رقم 4"
SECRET = (FAMILY, LATIN, BIRTH_PLACE, NUMBER, WITNESS, CONTACT, SEEN_AT, "Прыдуманая", "Сведкавая", "+000 00")

PERSONS = (
    annex.AccusedPerson(
        "P-001", "be", name="Прыдумка Іван", variants=("Prydumka Ivan",), agency="gubopik", unit="3-і аддзел",
        rank="капітан", roles=("hit", "ordered"), episodes=("1",), bases=("badge", "document"), certainty="sure",
        exhibits=("E-001",),
    ),
    annex.AccusedPerson(
        "P-002", "ru", name="Небылицын", agency="omon_minsk", roles=("watched",), bases=("leak",), certainty="unsure",
        episodes=("1", "2"),
    ),
    annex.AccusedPerson("P-003", "be", kind="group", agency="other", other_agency="невядомая служба"),
    annex.AccusedPerson("P-004", "be"),
)  # fmt: skip
WITNESSES = (
    annex.Witness("W-01", "be", f"Аксана бачыла ўсё, {WITNESS.split()[1][:-2]}ую можна спытаць пра камеру"),
    annex.Witness("W-02", "ar", ARABIC),
    annex.Witness("W-03", "be"),
)
EPISODES = (
    annex.Episode(1, "be", "2020-08-12", "2020-08-14", "akrestsina_tsip", places=("temporary_detention",),
                  town="Мінск", region="minsk", country="BY"),
    annex.Episode(2, "be", "2020-11", "", "rovd_other", "аддзел у Выдуманску", country="BY"),
    annex.Episode(3, "be"),
)  # fmt: skip
IDENTITY = annex.Identity(
    FAMILY, "Марыя Іванаўна", LATIN, "Ранейшая", "1990-05-12", BIRTH_PLACE, "f", ("by_passport",), NUMBER
)
NEEDS = (
    annex.Need("CNS-14", "via_lawyer"), annex.Need("LNG-06", "short_meetings"), annex.Need("LNG-07", "woman"),
    annex.Need("WSH-01", "compensation"), annex.Need("WSH-01", "not_sure"), annex.Need("WSH-02", "money"),
    annex.Need("WSH-03", "", "Каб пра гэта не даведалася мама.", "be"), annex.Need("WSH-06", "video_link"),
    annex.Need("REP-06", "yes"),
)  # fmt: skip
MEDICAL = annex.Medical("ip", "highly", (annex.Care(1, "be", ("hospital",), "бальніца ў Выдуманску"),), ("E-002",))
TEXTS = {"LT": "Vertimas: pirma pastraipa.", "PL": "Tłumaczenie: akapit.", "DE": "Übersetzung: Absatz."}


def paper(number: int, kind: str, *, has_file: bool = True) -> annex.PaperInput:
    """A paper with the hash of PAPER."""
    digest = hashlib.sha256(PAPER).hexdigest()
    return annex.PaperInput(
        f"L-{number:03d}", kind, "application/pdf", len(PAPER), digest, "2026-11-20", has_file, file=str(number)
    )


def translated(data: DossierInput) -> tuple[annex.Translated, ...]:
    """The own words, with as many paragraphs as they have, and a short answer."""
    words = TEXTS.get(data.variant, "Translation: a paragraph.")
    own = next(each for section in data.account for each in section.answers if each.own_words)
    count = len([part for part in own.value.split("\n\n") if part.strip()])
    many = "\n\n".join(f"{words} {number}" for number in range(1, count + 1))
    section = data.account[0]
    return tuple(
        annex.Translated(section.id, section.version, question, data_language(data), text, 2)
        for question, text in (("EPI-06", words), ("EPI-08", many))
    )


def data_language(data: DossierInput) -> str:
    """The language of filing."""
    return {"LT": "lt", "PL": "pl", "DE": "de"}.get(data.variant, "en")


def certificate(data: DossierInput, **changes: Any) -> annex.Certificate:
    """A certificate that holds for the translation in the data."""
    version = data.account[0].version
    made = annex.Certificate(
        version, "T-7", "sworn translator no. 00-00", "be", data_language(data),
        certified.source_digest(data.account, version), certified.translation_digest(data.translation, version),
        "Vilnius", "2026-11-21", True, "", "L-003",
    )  # fmt: skip
    return replace(made, **changes)


def annexed(**changes: Any) -> DossierInput:
    """The input of make_input with every annex; keyword arguments replace fields."""
    data = make_input(
        **{
            "persons": PERSONS, "witnesses": WITNESSES, "episodes": EPISODES, "identity": IDENTITY,
            "witness_contacts": (annex.WitnessContact("W-01", "be", WITNESS, CONTACT, "LT"),),
            "whereabouts": (annex.Whereabouts("P-001", "be", SEEN_AT),),
            "needs": NEEDS, "medical": MEDICAL, "mandate": annex.Mandate("2026-11-10", "LT"),
            "papers": (paper(1, "statement"), paper(2, "power"), paper(3, "certificate"), paper(4, "receipt")),
            "salt": SALT, **changes,
        }
    )  # fmt: skip
    if "translation" not in changes:
        data = replace(data, translation=translated(data))
    if "certificates" not in changes and data.translation:
        data = replace(data, certificates=(certificate(data),))
    return data
