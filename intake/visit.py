"""The state of one visit. It lives in the session, which is sealed under a key that only the cookie holds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from cases.actions.opening import receipt_keyring, with_receipt
from cases.models import Case
from cases.statement import catalogue
from intake import left
from vault import rows
from vault.envelope.receipt import ReceiptCode, ReceiptKeys, new_code
from vault.keyring import Keyring
from vault.session import MADE

ANSWERS, CODE, CASE, PLACE, NOTES, SHOWN, DONE = "answers", "code", "case", "place", "notes", "shown", "done"
UNFINISHED = "letter"
SECOND = "second"  # the seed of the second word, and when it was last used
SECOND_SECONDS = 15 * 60
REPLIES = "replies"
WHERE = "where"
PASS, TURN = "pass", "turn"  # see intake.floods
TOUCH_SECONDS = 60  # a signed-in visit is saved again at most this often


class Visit:
    """A typed view on the session of a survivor."""

    def __init__(self, request: HttpRequest) -> None:
        self.session: Any = request.session

    # -- before there is a case ------------------------------------------------------------------------------

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers of the first contact so far, by question id."""
        return dict(self.session.get(ANSWERS, {}))

    def keep(self, answers: dict[str, dict[str, Any]]) -> None:
        """Add answers of the first contact."""
        self.session[ANSWERS] = self.answers | answers

    @property
    def is_outdated(self) -> bool:
        """A visit without a case lives for 24 hours at most."""
        made = self.session.get(MADE)
        return made is not None and self.case_id is None and time.time() - float(made) > settings.VISIT_SECONDS

    def code(self) -> ReceiptCode:
        """The code of this visit; the same one until it is forgotten."""
        if CODE not in self.session:
            self.session[CODE] = new_code().digits
        return ReceiptCode(self.session[CODE])

    def has_code(self, code: ReceiptCode) -> bool:
        """Is this the code that was shown in this visit?"""
        return bool(self.session.get(CODE) == code.digits)

    def shown_code(self) -> ReceiptCode | None:
        """The code of this visit, if it has one that is not forgotten yet."""
        return ReceiptCode(self.session[CODE]) if CODE in self.session else None

    def forget_code(self) -> None:
        """Drop the digits, and the pass that belongs to them; what they open stays open for this visit."""
        for key in (CODE, PASS):
            self.session.pop(key, None)

    @property
    def form_pass(self) -> dict[str, Any] | None:
        """The pass of this visit's forms, see intake.floods.passes."""
        return self.session.get(PASS)  # type: ignore[no-any-return]

    @form_pass.setter
    def form_pass(self, given: dict[str, Any]) -> None:
        self.session[PASS] = given

    @property
    def turn(self) -> dict[str, Any] | None:
        """The place of this visit in the line of those who send, see intake.floods.turns."""
        return self.session.get(TURN)  # type: ignore[no-any-return]

    @turn.setter
    def turn(self, taken: dict[str, Any]) -> None:
        self.session[TURN] = taken

    # -- with a case -----------------------------------------------------------------------------------------

    @property
    def case_id(self) -> UUID | None:
        """The case that this visit has opened by its code."""
        found = self.session.get(CASE)
        return UUID(found) if found else None

    def sign_in(self, case: Case, keys: ReceiptKeys) -> None:
        """Open a case for this visit; its answers are in the case now, so they leave the session."""
        for key in (ANSWERS, PASS, TURN):
            self.session.pop(key, None)
        self.session[CASE] = str(case.id)
        self.session.seed = keys.seed

    def sign_out(self) -> None:
        """Close the case; the language and the place of the visit stay."""
        for key in (CASE, CODE, PASS, TURN, NOTES, DONE, UNFINISHED, REPLIES, WHERE, SECOND):
            self.session.pop(key, None)
        self.session.seed = None

    def case_and_ring(self) -> tuple[Case, Keyring] | None:
        """The open case with its keys, or None; after 60 idle minutes the visit is signed out here."""
        if self.case_id is None or self.session.seed is None:
            return None
        if self.session.idle_seconds > settings.SIGNED_OUT_SECONDS:
            self.sign_out()
            return None
        case = rows.first(Case, id=self.case_id)
        if (
            case is None or with_receipt(case).receipt.retired_on is not None
        ):  # erased, or closed in another window, meanwhile
            self.sign_out()
            return None
        if not 0 <= self.session.idle_seconds <= TOUCH_SECONDS:  # less than 0 after a clock was turned back
            self.session.modified = True
        return case, receipt_keyring(case, self.session.seed)

    def keep_second(self, seed: bytes) -> None:
        """Remember what the second word opens, for a quarter of an hour after its last use. seed: bytes, length 32."""
        self.session[SECOND] = {"seed": seed.hex(), "at": time.time()}

    def second_seed(self) -> bytes | None:
        """What the second word opens, or None when it was not typed, or long ago."""
        kept = self.session.get(SECOND)
        if kept is None:
            return None
        seed = bytes.fromhex(kept["seed"])
        if not 0 <= time.time() - kept["at"] <= SECOND_SECONDS:
            self.forget_second()
            return None
        self.keep_second(seed)
        return seed

    def forget_second(self) -> None:
        """Ask for the second word again."""
        self.session.pop(SECOND, None)

    # -- small things ----------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The path of the last question page, to come back to; empty when there was none."""
        return str(self.session.get(PLACE, ""))

    def be_at(self, path: str) -> None:
        """Remember the path of a page to come back to."""
        if self.place != path:
            self.session[PLACE] = path

    def note(self, *codes: str) -> None:
        """Leave notes that the next page says once, as codes."""
        self.session[NOTES] = [*self.session.get(NOTES, []), *codes]

    def take_notes(self) -> list[str]:
        """The notes that were left, which are gone then."""
        return list(self.session.pop(NOTES, [])) if NOTES in self.session else []

    def remember_answers(self, chosen: list[tuple[str, str]]) -> None:
        """Remember what was chosen and has a line that the next page says: question and code."""
        if chosen:
            self.session[REPLIES] = [list(each) for each in chosen]

    def take_answers(self, lang: str) -> list[str]:
        """The lines about what was just chosen, which are gone then."""
        chosen = self.session.pop(REPLIES, []) if REPLIES in self.session else []
        texts = [catalogue.question(question_id).answers.get(code) for question_id, code in chosen]
        return list(dict.fromkeys(text[lang] for text in texts if text and lang in text))

    def put_aside(self, words: str) -> None:
        """Let words wait as the unfinished letter, below what waits already."""
        before = str(self.session.get(UNFINISHED, ""))
        if words not in before:
            self.session[UNFINISHED] = f"{before}\n\n{words}" if before.strip() else words

    def was_shown(self, what: str) -> bool:
        """Was this page shown in this visit already?"""
        return what in self.session.get(SHOWN, [])

    def show_once(self, what: str) -> bool:
        """True the first time that it is asked for `what`."""
        if self.was_shown(what):
            return False
        self.session[SHOWN] = [*self.session.get(SHOWN, []), what]
        return True

    @property
    def where_now(self) -> str:
        """Where the person is, as said in an account that was sent in this visit; the number alone cannot read it."""
        return str(self.session.get(WHERE, ""))

    def keep_where(self, place: str | None) -> None:
        """Remember where the person is, for what is written after sending (S2)."""
        self.session[WHERE] = place or ""

    def is_done(self, act: str) -> bool:
        """Was a form with this number acted on before? Then it was sent twice."""
        return act in self.session.get(DONE, [])

    def mark_done(self, acts: Iterable[str]) -> None:
        """Remember the numbers of forms that were acted on; the last hundred are enough."""
        self.session[DONE] = [*self.session.get(DONE, []), *acts][-100:]

    def erase(self) -> None:
        """Forget everything, here and in the table."""
        self.session.flush()

    def leave(self) -> None:
        """Forget everything because the person wants it so: no form of this visit is shown again either."""
        left.remember(self.session)
        self.session.flush()
