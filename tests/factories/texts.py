"""The road of a text to the person's yes, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.actions import second_word, texts
from cases.actions.clearing import clear, cleared_for
from cases.actions.dossiers import request_dossier
from cases.complaint import rooms
from cases.dossier.inputs import FULL
from cases.dossier.points import all_points
from cases.dossier.variant import find
from cases.models import Case, Dossier, Text
from cases.texts import own, shown
from cases.texts.own import Line, Own
from tests.factories.cast import ROUTES, Cast, Survivor, delivered, requested
from tests.factories.complaint import VARIANT, drafted
from tests.factories.lawyers import briefed_road
from vault import worker
from vault.keyring import Keyring

WORD = "сіняя гара над ракой"
ABOUT = "Гэты тэкст пойдзе ў пракуратуру.\n\nЁн просіць пачаць расследаванне."
FORUM = ROUTES[0]


def with_word(amina: Survivor) -> Keyring:
    """Set the second word and return its keyring."""
    second_word.set_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
    ring = second_word.try_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
    assert ring is not None
    return ring


def in_review(amina: Survivor, cast: Cast, variant: str = VARIANT) -> Case:
    """Lena has the mandate and the brief; the draft is written and with the second reader."""
    Case.objects.filter(id=amina.case.id).update(status=Case.Status.MATCHING)
    briefed_road(amina.fresh(), amina, cast)
    drafted(amina.fresh(), cast.ben, variant)
    Case.objects.filter(id=amina.case.id).update(status=Case.Status.LEGAL_REVIEW)
    return amina.fresh()


def put(case: Case, cast: Cast, variant: str = VARIANT, language: str = "be") -> Own:
    """Every sentence in the person's language."""
    draft = rooms.read(case, cast.ben.ring, variant).draft
    lines = {each.id: Line(each.text, f"Па-беларуску: {each.text}") for each in draft.ordered}
    written = Own(variant, language, ABOUT, lines)
    own.write(case, cast.ben.ring, written)
    return written


def before_person(amina: Survivor, cast: Cast, route: dict[str, Any] | None = None, **how: Any) -> Text:
    """Dana clears the draft and shows the text."""
    case = amina.fresh()
    variant = how.pop("variant", VARIANT)
    return texts.show(
        case=case, by=cast.dana.person, ring=cast.dana.ring, route=route or FORUM, put=put(case, cast, variant), **how
    )


def answered(amina: Survivor, text: Text, said: str = shown.YES, *, second: Keyring | None = None, **how: Any) -> Text:
    """The person's word."""
    row = Text.objects.select_related("case__receipt").get(id=text.id)
    texts.answer(
        text=row, receipt=amina.ring, answer=said, words=how.pop("words", ""), language="be", second=second, **how
    )
    return Text.objects.select_related("case__receipt").get(id=text.id)


def days_ago(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """What is written into a text's records from now on says an earlier moment."""
    at = datetime.now(UTC) - timedelta(days=days)
    monkeypatch.setattr(texts, "_now", lambda: at.isoformat(timespec="seconds"))


def cleared_draft(amina: Survivor, cast: Cast, variant: str = VARIANT) -> None:
    """Lena has a draft, and cleared every marked point in it by name."""
    dossier = requested(amina, cast.ben, cast.lena)
    points = all_points(find(variant), FORUM, ())
    package = delivered(dossier, cast.lena, b"%PDF-1.4 draft", asker=cast.ben, points=points)
    for point in points:
        clear(dossier=package, by=cast.lena.person, ring=cast.lena.ring, key=point.key, because="Read in the code.")


def agreed_road(amina: Survivor, cast: Cast, monkeypatch: pytest.MonkeyPatch, rendering: str = FULL) -> Keyring:
    """A case whose person said yes five days ago; returns the keyring of the second word."""
    in_review(amina, cast)
    second = with_word(amina)
    with monkeypatch.context() as earlier:
        days_ago(earlier, 5)
        answered(amina, before_person(amina, cast, rendering=rendering), second=second)
    cleared_draft(amina, cast)
    return second


def for_filing(amina: Survivor, cast: Cast, rendering: str = FULL) -> Dossier:
    """Ben asks for the dossier that will be filed."""
    worker.ensure()
    return request_dossier(
        case=amina.fresh(), by=cast.ben.person, ring=cast.ben.ring, route=FORUM, lawyer=cast.lena.person,
        reason="She said yes.", cleared=cleared_for(amina.fresh(), cast.ben.ring), is_for_filing=True,
        rendering=rendering,
    )  # fmt: skip
