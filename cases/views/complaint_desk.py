"""What the one form of the editor does: saves, cites, takes a proposal, opens a sentence, unfolds, moves, deletes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases import access
from cases.actions import composing
from cases.actions.composing import Changed
from cases.complaint import words
from cases.complaint.checked import Row, rows_of
from cases.complaint.draft import Source, language_of, variants
from cases.complaint.grounds import NEWER, Grounds, until
from cases.complaint.page import Page, codes_of
from cases.complaint.proposed import proposals
from cases.complaint.typed import NoSuchSource, sources_in
from cases.errors import CaseError, NotConsented
from cases.forms_complaint import FIELDS, SentenceForm
from cases.models import Case, Proposal
from cases.views import purposes
from cases.views.account import FOLD
from cases.views.fetch import REASONS
from people.models import Person
from people.requests import StaffRequest

STEPS = {"up": -1, "down": 1}
BOTH = "both"  # the button that keeps both texts, as two sentences
Values = dict[str, Any]


class Desk:
    """One request to the editor. proposal: under which a lawyer writes, None for a member."""

    def __init__(
        self, request: StaffRequest, case: Case, page: Page, address: str, proposal: Proposal | None = None
    ) -> None:  # fmt: skip
        self.request, self.case, self.page = request, case, page
        self.address, self.proposal = address, proposal
        self.variant, self.ring = page.draft.variant, request.keyring
        self.proposed = proposals(page)
        self.more: dict[str, Any] = {}

    def answer(self, more: dict[str, Any]) -> HttpResponseBase:
        """The answer to the request. more: what else the page shows."""
        self.more = more
        if self.request.method != "POST":
            return self._render(self._form(self._blank()))
        acts = {
            "move": self._move, "delete": self._delete, "unfold": self._unfold, "cite": self._cite,
            "take": self._take, "edit": self._edit, "clear": self._clear,
        }  # fmt: skip
        pressed = next((name for name in acts if name in self.request.POST), "")
        return acts[pressed](self.request.POST[pressed]) if pressed else self._save()

    def _save(self) -> HttpResponseBase:
        form = SentenceForm(self.request.POST, **self._sides(), then=self._then(), now=self.page.grounds)
        if not form.is_valid():
            return self._render(form)
        is_both = self.request.POST.get("do") == BOTH
        kept = self._kept(str(form.cleaned_data.get("id") or ""))
        sentence, seen = form.sentence(kept), form.version
        if is_both:
            sentence, seen = form.sentence_as(str(uuid4())), 0
        try:
            composing.save(**self._who(), sentence=sentence, seen=seen)
        except Changed as error:
            return self._changed(error)
        except CaseError as error:
            form.add_error(None, self._why(error))
            return self._render(form)
        messages.success(self.request, _("The sentence is sealed with the draft."))
        return HttpResponseRedirect(f"{self.address}#s-{sentence.id}" if seen else f"{self.address}#write")

    def _changed(self, error: Changed) -> HttpResponseBase:
        """Show what stands there now and what was typed, with the choice."""
        theirs = error.theirs
        values = self._typed() | {"seen": theirs.changed if theirs else 0}
        if theirs is None:
            values["id"] = uuid4()
        draft = self.page.draft if theirs is None else self.page.draft.with_sentence(theirs)
        rows = rows_of(draft, self.page.grounds)
        row = next((each for each in rows if theirs is not None and each.sentence.id == theirs.id), None)
        context = {"theirs": row, "who": self._names([row] if row else []), **self._about(self._form(values))}
        return render(self.request, "desk/complaint_both.html", context, status=409)

    def _move(self, pressed: str) -> HttpResponseBase:
        way, _colon, sentence_id = pressed.partition(":")
        steps = STEPS.get(way, 0)
        return self._done(lambda: composing.move(**self._who(), sentence_id=sentence_id, steps=steps), sentence_id)

    def _delete(self, pressed: str) -> HttpResponseBase:
        sentence_id, _colon, seen = pressed.partition(":")
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 8 else 0
        return self._done(lambda: composing.delete(**self._who(), sentence_id=sentence_id, seen=number))

    def _done(self, act: Any, sentence_id: str = "") -> HttpResponseBase:
        """Do it; with something typed the page comes back with it, else it is loaded anew."""
        try:
            act()
        except Changed:
            messages.warning(self.request, _("Somebody changed this sentence meanwhile. Look at it again."))
        except CaseError as error:
            messages.warning(self.request, self._why(error))
        if not self._is_typing():
            is_known = self.page.draft.find(sentence_id) is not None
            return HttpResponseRedirect(f"{self.address}#s-{sentence_id}" if is_known else f"{self.address}#draft")
        self._read_again()
        return self._render(self._form(self._typed()))

    def _unfold(self, place: str) -> HttpResponseBase:
        """Unfold a violent part; recorded and counted as in the reading view."""
        purpose = purposes.purpose_of(self.request, self.case)
        if self.proposal is None and purpose and FOLD.fullmatch(place):
            if place not in purposes.unfolded(self.request, self.case):
                access.note_violent(self.case, by=self.request.person, purpose=purpose)
                purposes.unfold(self.request, self.case, place)
            self._read_again()
        return self._render(self._form(self._typed()), goes_to=f"v{place}")

    def _cite(self, code: str) -> HttpResponseBase:
        """Add a place to what is being written."""
        values = self._typed()
        if code and code not in [each.strip() for each in values["sources"].split(",")]:
            values["sources"] = ", ".join(each for each in (values["sources"].strip(" ,"), code[:20]) if each)
        return self._render(self._form(values), goes_to="write")

    def _take(self, number: str) -> HttpResponseBase:
        """Bring a proposal into the form, for a person to read, change and save."""
        found = next((each for each in self.proposed if str(each.number) == number), None)
        if found is None or self._is_typing():
            return self._first_finish()
        return self._render(self._form(self._blank() | found.values), goes_to="write")

    def _edit(self, sentence_id: str) -> HttpResponseBase:
        row = next((each for each in self.page.rows if each.sentence.id == sentence_id), None)
        if row is None or self._is_typing():
            return self._first_finish()
        return self._render(self._form(self._values(row)), goes_to="write", editing=row)

    def _clear(self, _pressed: str) -> HttpResponseBase:
        return HttpResponseRedirect(f"{self.address}#write")

    def _first_finish(self) -> HttpResponseBase:
        messages.warning(self.request, _("First save what you are writing, or clear it. It is still here."))
        return self._render(self._form(self._typed()), goes_to="write")

    def _is_typing(self) -> bool:
        """Is there a text in the form that nobody has saved?"""
        text = self.request.POST.get("text", "").replace("\r\n", "\n")
        saved = self.page.draft.find(self.request.POST.get("id", ""))
        return bool(text.strip()) and (saved is None or saved.text != text)

    def _typed(self) -> Values:
        """What came with the form, as it was typed, with the numbers of the account as they are now."""
        values: Values = {name: self.request.POST.get(name, "") for name in FIELDS}
        try:
            found = [self.page.grounds.cite(each) for each in sources_in(values["sources"], self._then())]
            if self._then().version != self.page.grounds.version and all(each.is_here for each in found):
                values["sources"] = ", ".join(each.code for each in found)
                values["shown"] = self.page.grounds.version
        except NoSuchSource:
            pass  # it is said when the sentence is saved
        return self._blank() | {name: each for name, each in values.items() if each}

    def _values(self, row: Row) -> Values:
        """A sentence as the form shows it."""
        one = row.sentence
        provision = next((each.words for each in one.sources if each.kind == "provision"), "")
        return self._blank() | {
            "text": one.text, "topic": one.topic, "voice": one.voice, "on": one.on, "sources": codes_of(row),
            "provision": provision, "id": one.id, "seen": one.changed,
        }  # fmt: skip

    def _blank(self) -> Values:
        return {
            "id": uuid4(), "seen": 0, "shown": self.page.grounds.version, "voice": "person", "topic": "time_place",
            "sources": "", "text": "",
        }  # fmt: skip

    def _form(self, values: Values) -> SentenceForm:
        grounds = self.page.grounds
        return SentenceForm(initial=values, **self._sides(), then=grounds, now=grounds)

    def _sides(self) -> dict[str, Any]:
        return {"language": language_of(self.variant)}

    def _then(self) -> Grounds:
        """What could be cited on the page that was sent: its account may be older than what there is now."""
        shown = self.request.POST.get("shown", "")
        version = int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 8 else self.page.grounds.version
        if version >= self.page.grounds.version:
            return self.page.grounds
        return self.page.grounds.as_of(until(self.page.account, version))

    def _kept(self, sentence_id: str) -> tuple[Source, ...]:
        """Sources of a sentence that this writer's copy of the account does not reach: saving does not drop them."""
        found = self.page.draft.find(sentence_id)
        sources = found.sources if found else ()
        return tuple(each for each in sources if self.page.grounds.cite(each).why == NEWER)

    def _read_again(self) -> None:
        """After something was done, the draft and the open folds as they are now."""
        self.page = self.page.again(self.case, self.ring, self.proposal, self._open_folds())

    def _open_folds(self) -> frozenset[str] | None:
        return None if self.proposal else purposes.unfolded(self.request, self.case)

    def _who(self) -> dict[str, Any]:
        return {"case": self.case, "by": self.request.person, "ring": self.ring, "variant": self.variant}

    def _why(self, error: CaseError) -> str:
        if isinstance(error, NotConsented):
            return _("The person has not agreed to this, or took it back. What you typed is still here.")
        return str(words.NOT_READY.get(error.code) or REASONS.get(error.code, error.code))

    def _note(self) -> None:
        """Record that a member is shown the account, where it was only looked through so far."""
        purpose = purposes.purpose_of(self.request, self.case)
        if self.proposal is None and self.request.method == "POST" and purpose:
            access.note_opening(self.case, by=self.request.person, purpose=purpose)

    def _render(self, form: SentenceForm, goes_to: str = "", editing: Row | None = None) -> HttpResponseBase:
        self._note()
        return render(self.request, "desk/complaint.html", self._about(form) | {"goes_to": goes_to, "editing": editing})

    def _about(self, form: SentenceForm) -> dict[str, Any]:
        rows = self.page.rows
        return self.more | {
            "case": self.case, "proposal": self.proposal, "page": self.page, "form": form, "address": self.address,
            "total": len(rows), "without": sum(not row.is_sourced for row in rows), "names": self._names(rows),
            "proposals": self.proposed, "variant": words.variant(self.variant), "filed_in": language_of(self.variant),
            "variants": [(each.lower(), words.variant(each), each == self.variant) for each in variants()],
            "spoken": words.SPOKEN,
        }  # fmt: skip

    def _names(self, rows: list[Row]) -> dict[str, str]:
        """Who wrote each sentence, by the id of the sentence; "" for a former member."""
        ids = {row.sentence.by for row in rows}
        names = {str(each): name for each, name in Person.objects.filter(id__in=ids).values_list("id", "name")}
        return {row.sentence.id: names.get(row.sentence.by, "") for row in rows}
