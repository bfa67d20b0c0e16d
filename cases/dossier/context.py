"""What several parts of the document need to know about the data, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cases.dossier.inert import one_line
from cases.dossier.inputs import DossierInput, FactSentence
from cases.dossier.paragraphs import Paragraph, number_account, span
from cases.dossier.passages import foreign
from cases.dossier.points import Point, open_in
from cases.dossier.public import english_sentences
from cases.dossier.variant import Variant


@dataclass(frozen=True)
class FiledExhibit:
    """What became of an exhibit: the stamped PDF that is filed.

    note: empty, or why there is only a sheet. derived: how it was made, as a line of the chain of custody.
    """

    label: str
    file_name: str
    sha256: str
    pages: int
    note: str = ""
    derived: str = ""


@dataclass(frozen=True)
class Material:
    """The input, the filed exhibits, and phrases derived from both."""

    data: DossierInput
    filed: tuple[FiledExhibit, ...]

    @cached_property
    def variant(self) -> Variant:
        return self.data.words

    @cached_property
    def open_points(self) -> tuple[Point, ...]:
        """What no lawyer has cleared."""
        return open_in(self.data)

    def mark(self, key: str) -> str:
        """The mark of a point that is open, in the words of the variant; empty once it is cleared."""
        return self.variant.say("source.unverified") if key in {point.key for point in self.open_points} else ""

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return number_account(self.data.account)

    @property
    def span(self) -> str:
        """ "¶ 1 to 9", or empty when there are no own words."""
        return span(self.paragraphs)

    @property
    def confirmed(self) -> dict[str, Any]:
        return self.data.confirmed

    @property
    def name(self) -> str:
        """The name for this complaint; empty when none was chosen."""
        return one_line(self.data.complainant.name, 200)

    @property
    def named(self) -> str:
        """How the cover names the complainant."""
        naming = self.data.complainant.naming if self.name else "unnamed"
        return self.variant.say(f"naming_short.{naming}", name=self.name)

    @property
    def addressee(self) -> str:
        """The authority: the one of the variant, or the one that the route names."""
        named = str(self.data.route.get("forum_name") or self.variant.say("addressee_unknown"))
        return one_line(self.variant.say("addressee", forum=named), 300)

    @property
    def provision(self) -> str:
        """Of the route; a variant that argues in its own words names it in its own language."""
        if self.variant.is_own:
            return str(self.variant.table("provisions").get(str(self.data.route.get("crime")), ""))
        return one_line(str(self.data.route.get("provision") or ""), 500)

    @property
    def crime(self) -> str:
        crimes = self.variant.table("crimes")
        return str(crimes.get(str(self.data.route.get("crime")), crimes["unnamed"]))

    @cached_property
    def argued(self) -> list[dict[str, Any]]:
        """The reasons of the route that the complaint argues with; consent is recorded in annex B5 instead."""
        reasons = self.data.route.get("reasons", ())
        words = self.variant.table("reasons_own")
        return [
            reason
            for reason in reasons
            if reason.get("effect") == "+"
            and not str(reason.get("code", "")).startswith("consent")
            and (not self.variant.is_own or str(reason.get("code")) in words)
        ]

    @cached_property
    def references(self) -> dict[str, str]:
        """Address -> reference R-01 and onwards, for the sources of those reasons; listed in annex A8."""
        addresses = dict.fromkeys(str(r["source"]) for r in self.argued if r.get("source"))
        return {address: f"R-{number:02d}" for number, address in enumerate(addresses, start=1)}

    @cached_property
    def place(self) -> str:
        """ "in Belarus", from the confirmed facts; empty when unknown."""
        codes = [str(act["country"]) for act in self.confirmed.get("acts", ()) if act.get("country")]
        return self.variant.within(dict.fromkeys(codes))

    @cached_property
    def period(self) -> tuple[str, str]:
        """Earliest and latest confirmed ISO day of the acts; empty strings when unknown."""
        days = [str(act[key]) for act in self.confirmed.get("acts", ()) for key in ("from", "to") if act.get(key)]
        return (min(days), max(days)) if days else ("", "")

    @cached_property
    def english_findings(self) -> frozenset[str]:
        """Sentences on public findings as they stand in the data, in English."""
        return frozenset(english_sentences())

    @cached_property
    def listed_answers(self) -> tuple[str, ...]:
        """The English of answers that were chosen from a list, longest first."""
        found = {a.value_en for s in self.data.account for a in s.answers if a.value_en and not a.own_words}
        return tuple(sorted(found, key=lambda text: (-len(text), text)))

    def spoken(self, fact: FactSentence) -> str:
        """The sentence, with what is not in the language of filing marked: a public finding that nobody has put into
        it, and the English of answers from a list."""
        text, language = one_line(fact.text, 2_000), self.variant.language
        if fact.text in self.english_findings:
            return foreign(text, "en", language)
        for answer in self.listed_answers:
            quoted = self.variant.quoted(answer)
            text = text.replace(quoted, self.variant.quoted(foreign(answer, "en", language)))
        return text

    @cached_property
    def is_displaced(self) -> bool:
        """Whether the facts or the elements speak of displacement."""
        return bool(self.confirmed.get("displacement")) or any(r.code.startswith("D") for r in self.data.elements)

    @property
    def languages(self) -> str:
        """Languages in which the complainant can be heard, as in "in Belarusian or Russian"."""
        codes = self.confirmed.get("languages") or [section.language for section in self.data.account] or ["en"]
        return self.variant.listed((self.variant.tongue(str(code), "in") for code in dict.fromkeys(codes)), "or")

    @property
    def account_languages(self) -> str:
        codes = dict.fromkeys(paragraph.lang for paragraph in self.paragraphs)
        return self.variant.listed(self.variant.tongue(code, "in") for code in codes)

    @property
    def sent(self) -> str:
        """ "18 November 2026", the day of the first send; empty without an account."""
        days = [section.sent_on for section in self.data.account]
        return self.variant.day(min(days), "at") if days else ""

    @property
    def exhibit_span(self) -> str:
        labels = [exhibit.label for exhibit in self.data.exhibits]
        if len(labels) < 2:
            return "".join(labels)
        return self.variant.say("cover.exhibit_span", first=labels[0], last=labels[-1])
