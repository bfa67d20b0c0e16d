"""Which route is usually taken first in a situation: a hint beside the routes, never an order. Table of dossier.md 4.2.

The routes themselves are assessed elsewhere and for each case; this says what practitioners tend to do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
EU = frozenset({  # members of the European Union; 27 since 2020
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
FILES_AT_ONCE = frozenset({"FR", "CH"})  # where a case against a person who is there can be begun at once


@dataclass(frozen=True, slots=True)
class Usual:
    """One row that applies. situation: what was confirmed. second: "" when there is none."""

    code: str
    situation: Words
    first: Words
    second: Words = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rows ask about."""

    lives: str
    acts: frozenset[str]
    is_expelled: bool
    into: str
    is_party: bool
    seen_in: frozenset[str]
    has_suspects: bool
    flags: frozenset[str]


def usual(facts: Mapping[str, Any], flags: Collection[str], routes: Iterable[Mapping[str, Any]]) -> list[Usual]:
    """The rows that apply to confirmed facts, those that cannot wait first.

    flags: open ones of the case. routes: as they were assessed, for whether the border crossed was a State Party's.
    """
    found = situation(facts, flags, routes)
    return [row for applies, row in ROWS if applies(found)]


def situation(facts: Mapping[str, Any], flags: Collection[str], routes: Iterable[Mapping[str, Any]]) -> Situation:
    """What the rows ask about, from facts, flags and assessed routes; what is not known is empty."""
    moved, suspects = facts.get("displacement") or {}, facts.get("suspects") or ()
    seen = (str((each.get("last_seen") or {}).get("country") or "") for each in suspects)
    return Situation(
        lives=str((facts.get("victim") or {}).get("residence_now") or ""),
        acts=frozenset(str(act.get("country") or "") for act in facts.get("acts") or ()),
        is_expelled=moved.get("forced") is True and bool(moved.get("crossed_into")),
        into=str(moved.get("crossed_into") or ""),
        is_party=any(_crossed_a_party(route) for route in routes),
        seen_in=frozenset(seen) - {""},
        has_suspects=bool(suspects),
        flags=frozenset([*flags, *facts.get("flags", ())]),
    )


def _crossed_a_party(route: Mapping[str, Any]) -> bool:
    return route.get("forum") == "ICC" and any(each.get("code") == "icc_border" for each in route.get("reasons", ()))


ICC = _("the International Criminal Court, if a border into a State Party was crossed under coercion")
RESIDENCE = _("the State of residence")
ROWS: tuple[tuple[Callable[[Situation], bool], Usual], ...] = (
    (
        lambda s: "REFOULEMENT" in s.flags,
        Usual(
            "removal",
            _("The State of residence may remove the person."),
            _("article 22 of the Convention against Torture, or an interim measure in Strasbourg, by the lawyer"),
        ),
    ),
    (
        lambda s: "DETAINED" in s.flags,
        Usual(
            "detained",
            _("Somebody close is still detained."),
            _("an urgent appeal to the Special Rapporteur on torture"),
            _("other procedures of the United Nations"),
        ),
    ),
    (
        lambda s: bool(s.seen_in & FILES_AT_ONCE),
        Usual(
            "suspect_seen",
            _("A suspect was seen in France or Switzerland."),
            _("that State, at once"),
            RESIDENCE,
        ),
    ),
    (
        lambda s: s.is_expelled and s.into == "UA",
        Usual(
            "expelled_ukraine",
            _("The person was driven out to Ukraine."),
            _("the International Criminal Court, with a note that the open situation is Lithuania/Belarus"),
            RESIDENCE,
        ),
    ),
    (
        lambda s: s.is_expelled and s.is_party and s.into != "UA",
        Usual(
            "expelled",
            _("The person was driven out to a State Party of the Rome Statute."),
            _("the International Criminal Court"),
            _("Lithuania or Poland"),
        ),
    ),
    (
        lambda s: s.lives == "LT" and "BY" in s.acts,
        Usual(
            "lives_lt",
            _("The person lives in Lithuania, the acts were in Belarus."),
            _("Lithuania"),
            _("the International Criminal Court, if the person was driven out to Lithuania"),
        ),
    ),
    (
        lambda s: s.lives == "PL",
        Usual(
            "lives_pl",
            _("The person lives in Poland."),
            _("Poland, with the number of the file that is open there"),
            ICC,
        ),
    ),
    (
        lambda s: s.lives in EU - {"LT", "PL"} and not s.has_suspects,
        Usual(
            "lives_eu",
            _("The person lives elsewhere in the European Union, no suspect is known."),
            _("Germany or the State of residence, as part of a file on the structure"),
            ICC,
        ),
    ),
)
