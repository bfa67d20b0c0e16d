"""Words of the team for what is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.dossier.pseudonym.days import DAY
from cases.dossier.pseudonym.patterns import CELL
from cases.dossier.pseudonym.table import (
    ADDRESS,
    BIRTH_DATE,
    BIRTH_PLACE,
    CONTACT,
    DOCUMENT,
    EMPLOYER,
    NAME,
    OTHER,
    PROFESSION,
    RELATIVE,
    SCHOOL,
    WITNESS,
    WORD,
)

KINDS: dict[str, Promise] = {
    NAME: _("name of the person"),
    RELATIVE: _("name of a relative or somebody near"),
    WITNESS: _("name of a witness"),
    OTHER: _("another name"),
    BIRTH_DATE: _("birth date"),
    BIRTH_PLACE: _("place of birth"),
    ADDRESS: _("address"),
    EMPLOYER: _("employer"),
    SCHOOL: _("school"),
    CONTACT: _("phone, mail, messenger or link"),
    DOCUMENT: _("number of a paper"),
    PROFESSION: _("profession"),
    WORD: _("another word that points to somebody"),
    DAY: _("day that no element needs"),
    CELL: _("number of a cell"),
}
RELATIONS: dict[str, Promise] = {
    "mother": _("mother"), "father": _("father"), "wife": _("wife"), "husband": _("husband"), "partner": _("partner"),
    "daughter": _("daughter"), "son": _("son"), "sister": _("sister"), "brother": _("brother"),
    "grandparent": _("grandparent"), "relative": _("relative"), "friend": _("friend"), "colleague": _("colleague"),
    "neighbour": _("neighbour"), "trusted": _("trusted person"), "lawyer": _("lawyer"),
}  # fmt: skip
CLASSES: dict[str, Promise] = {
    "education": _("works in education"), "health": _("works in health care"), "culture": _("works in culture"),
    "media": _("works in media"), "law": _("works in law"), "technology": _("works in technology"),
    "transport": _("works in transport"), "trade": _("works in trade or services"), "industry": _("works in industry"),
    "state": _("works for the state"), "sport": _("works in sport"), "studies": _("studies"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """How often something of a kind was replaced."""

    words: Promise
    number: int


def counted(counts: Mapping[str, int]) -> list[Count]:
    """In the order of KINDS; kinds of which nothing was replaced are left out."""
    return [Count(words, counts[kind]) for kind, words in KINDS.items() if counts.get(kind)]
