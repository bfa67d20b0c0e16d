"""The texts of each variant: whole, in their language and their marks, in the order of the authority."""

import re
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import pytest

from cases.dossier import html, variant
from cases.dossier.build import build
from cases.dossier.conditions import holds
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.inputs import FactSentence
from cases.dossier.parts import MAKERS
from cases.dossier.passages import CLOSE, OPEN, SPOKEN, foreign, to_markup
from cases.dossier.variant import find
from tests.factories.annexed import annexed
from tests.factories.dossier import FACTS, account, make_input

VARIANTS = ("DE", "ICC", "LT", "PL", "UJ-EN")
FOREIGN = ("DE", "LT", "PL")
FILED = (
    FiledExhibit("E-001", "E-001_picture.pdf", "a" * 64, 2),
    FiledExhibit("E-002", "E-002_sheet.pdf", "b" * 64, 1, "x"),
)
BARE: dict[str, Any] = {
    "account": (), "facts": (), "elements": (), "exhibits": (), "consent": (), "public_sources": (), "confirmed": {},
}  # fmt: skip
MORE = {
    **FACTS,
    "complaints": [{"country": "PL", "date": "2022-06", "result": "refused"}, {"result": "unknown"}],
    "suspects": [{"id": "P-001", "office": "head_of_state", "last_seen": {"country": "CH"}}, {"office": "other"}],
}
# Headings of the main document, dossier.md 4.1.
HEADINGS = {
    "DE": [
        "An", "Anzeigeerstatterin, Anzeigeerstatter", "Vollmacht", "I Zusammenfassung",
        "II Zuständigkeit und Anwendbarkeit deutschen Strafrechts", "III Sachverhalt", "IV Tatverdächtige",
        "V Rechtliche Würdigung", "VI Beweismittel", "VII Schutzbedürftigkeit", "VIII Anträge und Anregungen",
        "Anlagenverzeichnis",
    ],
    "PL": [
        "Oznaczenie organu", "Zawiadamiający i pokrzywdzony", "Pełnomocnik", "Zawiadomienie",
        "Uzasadnienie: stan faktyczny", "Podstawa jurysdykcji", "Kwalifikacja prawna", "Osoby podejrzewane",
        "Wnioski dowodowe", "Wnioski o ochronę", "Załączniki",
    ],
    "LT": [
        "Kam", "Pareiškėjas ir atstovas", "Santrauka", "Jurisdikcija", "Faktinės aplinkybės",
        "Galimai kalti asmenys", "Teisinis vertinimas", "Įrodymai ir liudytojai", "Prašymai", "Apsaugos priemonės",
        "Priedai",
    ],
    "ICC": [
        "I Introduction and sender", "II Summary", "III Facts and context",
        "IV Jurisdiction: temporal, territorial (art. 12(2)(a)), subject matter", "V Contextual elements",
        "VI Deportation: law, facts, application", "VII Persecution", "VIII Torture and other acts as coercion",
        "IX Persons who appear most responsible", "X Admissibility: complementarity, gravity",
        "XI Interests of justice", "XII Protection and consent", "XIII Requests", "Annexes",
    ],
}  # fmt: skip
SIGNED = {"DE": "Ort, Datum, Unterschrift", "PL": "Podpis", "LT": "Data ir parašas"}
FILLED_MORE = {"colophon.made": {"on_day"}}


def flat(texts: dict[str, Any], above: str = "") -> dict[str, str]:
    """Dotted key -> text; lists of texts as one, lists of tables left out."""
    found: dict[str, str] = {}
    for key, value in texts.items():
        if isinstance(value, dict):
            found |= flat(value, f"{above}{key}.")
        elif isinstance(value, str):
            found[f"{above}{key}"] = value
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            found[f"{above}{key}"] = "\n".join(value)
    return found


def strings(value: Any) -> list[str]:
    """Every text of a variant, but what is for the house: review and verify notes, codes."""
    if isinstance(value, dict):
        apart = {"review", "verify", "what", "law_of", "code", "template", "not_needed"}
        return [text for key, each in value.items() if key not in apart for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def page(code: str, template: str = "complaint.html", make: Any = make_input, **changes: Any) -> str:
    document = build(make(variant=code, **changes), FILED)
    values = {**document.to_plain(), "foot": document.draft, "address": "-"}
    return html.to_html(template, values)


class Spoken(HTMLParser):
    """Collects what a page says, each text with the language it is marked with."""

    VOID = frozenset({"meta", "br", "img", "link", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.languages = [""]
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.languages.append(dict(attrs).get("lang") or self.languages[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append((self.languages[-1], data))


def spoken(markup: str) -> list[tuple[str, str]]:
    reader = Spoken()
    reader.feed(markup)
    assert len(reader.languages) == 1
    return reader.said


def test_these_variants_are_there():
    assert variant.codes() == VARIANTS


@pytest.mark.parametrize("code", VARIANTS)
def test_every_text_of_the_first_variant_exists_or_is_not_needed(code):
    base, own = flat(find("UJ-EN").texts), flat(find(code).texts)
    spared = tuple(find(code).texts.get("not_needed", ()))
    missing = [key for key in base if key not in own and not key.startswith(spared or ("-",))]
    assert missing == []
    assert [key for key in spared if not any(each.startswith(key) for each in base)] == []
    assert [key for key in own if key.startswith(spared or ("-",))] == []


@pytest.mark.parametrize("code", VARIANTS)
def test_texts_ask_for_no_value_that_nobody_gives(code):
    base = flat(find("UJ-EN").texts)
    for key, text in flat(find(code).texts).items():
        if key in base:
            asked = set(re.findall(r"{(\w+)}", text))
            given = set(re.findall(r"{(\w+)}", base[key])) | FILLED_MORE.get(key, set())
            assert key.startswith("dates.") or asked <= given, key


@pytest.mark.parametrize("code", VARIANTS)
def test_a_plan_names_makers_and_conditions_that_exist(code):
    plan, words = find(code).find("sections"), find(code)
    makers = [part["make"] for section in plan for part in section["parts"]]
    assert {maker.partition(":")[0] for maker in makers} <= set(MAKERS)
    named = {maker.partition(":")[2] for maker in makers if maker.startswith("law:")}
    assert named == set(words.find("law"))
    material = Material(make_input(variant=code), FILED)
    entries = list(chain.from_iterable(words.find("law").values()))
    assert len({entry["id"] for entry in entries}) == len(entries)
    for entry in entries:
        assert holds(entry.get("when", ""), material) in (True, False)
        assert entry["source"]
    topics = {maker.partition(":")[2] for maker in makers if maker.startswith("topic:")}
    assert topics == {
        "time_place", "arrest", "treatment", "release", "facts", "complainant", "context", "persons", "harm",
        "displacement", "complaints",
    }  # fmt: skip


@pytest.mark.parametrize("code", HEADINGS)
def test_headings_are_those_of_the_authority_in_its_order(code):
    document = build(make_input(variant=code), FILED)
    numbered = find(code).texts["numbering"] == "roman"
    titles = [f"{s.number} {s.title}".strip() if numbered else s.title for s in document.sections]
    assert titles == HEADINGS[code]
    assert document.words["declaration"] == SIGNED.get(code, "Declaration and signature")


@pytest.mark.parametrize("code", VARIANTS)
@pytest.mark.parametrize("changes", [{}, BARE, {"confirmed": MORE}], ids=["full", "bare", "more"])
def test_no_heading_is_empty_and_nothing_is_left_to_fill(code, changes):
    document = build(make_input(variant=code, **changes), FILED)
    for section in document.sections:
        assert section.groups, section.title
        assert all(group.paras for group in section.groups)
    said = " ".join(text for _, text in spoken(page(code, **changes)))
    assert "{" not in said
    assert ".." not in said
    assert not re.search(r" [.,;:](?!\w)", said)


@pytest.mark.parametrize("code", HEADINGS)
def test_a_bare_case_keeps_the_headings_of_the_law(code):
    titles = [section.title for section in build(make_input(variant=code, **BARE)).sections]
    wanted = [heading.split(" ", 1)[1] if heading.split()[0].isupper() and find(code).texts["numbering"] == "roman"
              and heading.split()[0] not in {"An", "Annexes"} else heading for heading in HEADINGS[code]]  # fmt: skip
    assert titles == wanted


ENGLISH = re.compile(r"\b(the|of|with|which|this|that|from|been|have|and|without|source|annex|page)\b", re.IGNORECASE)
NAMES = ("Adv. R. Example", "Example Street", "https://")


@pytest.mark.parametrize("code", FOREIGN)
@pytest.mark.parametrize("template", ["complaint.html", "letter.html"])
@pytest.mark.parametrize("changes", [{}, BARE, {"confirmed": MORE}], ids=["full", "bare", "more"])
def test_no_english_is_left_outside_passages_that_are_marked(code, template, changes):
    language = find(code).language
    markup = page(code, template, **changes)
    assert f'<html lang="{language}">' in markup
    left = [text for lang, text in spoken(markup) if lang == language and ENGLISH.search(text)]
    assert [text for text in left if not any(name in text for name in NAMES)] == []


@pytest.mark.parametrize("code", FOREIGN)
@pytest.mark.parametrize("template", ["complaint.html", "letter.html"])
def test_no_english_is_left_in_annexes_outside_passages_that_are_marked(code, template):
    said = spoken(page(code, template, make=annexed))
    left = [text for lang, text in said if lang == find(code).language and ENGLISH.search(text)]
    names = (*NAMES, "sworn translator no. 00-00")
    assert [text for text in left if not any(name in text for name in names)] == []
    assert "{" not in " ".join(text for _, text in said)


@pytest.mark.parametrize("code", FOREIGN)
def test_no_text_is_that_of_the_english_variant(code):
    base, own = flat(find("UJ-EN").texts), flat(find(code).texts)
    same = {key for key in base if own.get(key) == base[key]}
    alike = {"numbering", "labels.a1.code", "labels.b3.form", "labels.b3.hash", "slip.labels.original", "suspects.code"}
    alike |= {"counsel.phone", "counsel.mail"}
    letters = {key for key in same - alike if re.search(r"[A-Za-z]{3}", re.sub(r"{\w+}", "", base[key]))}
    assert letters - {"sizes.kib", "sizes.mib"} == set()


MARKS = {"lt": ("„", "“", "”"), "de": ("„", "“", "”"), "pl": ("„", "”", "“"), "en": ("“", "”", "„")}


@pytest.mark.parametrize("code", VARIANTS)
def test_quotation_marks_are_those_of_the_language(code):
    opening, closing, never = MARKS[find(code).language]
    assert find(code).quoted("x") == f"{opening}x{closing}"
    for text in strings(find(code).texts):
        assert never not in text, text
        assert text.count(opening) == text.count(closing), text


@pytest.mark.parametrize(("code", "day", "month", "year", "span", "months"), [
    ("UJ-EN", "on 12 August 2020", "in August 2020", "in 2020", "between 12 August 2020 and 3 February 2021",
     "between August 2020 and February 2021"),
    ("LT", "2020 m. rugpjūčio 12 d.", "2020 m. rugpjūtį", "2020 m.",
     "nuo 2020 m. rugpjūčio 12 d. iki 2021 m. vasario 3 d.", "nuo 2020 m. rugpjūčio iki 2021 m. vasario"),
    ("PL", "w dniu 12 sierpnia 2020 r.", "w sierpniu 2020 r.", "w 2020 r.",
     "od 12 sierpnia 2020 r. do 3 lutego 2021 r.", "od sierpnia 2020 r. do lutego 2021 r."),
    ("DE", "am 12. August 2020", "im August 2020", "im Jahr 2020",
     "zwischen dem 12. August 2020 und dem 3. Februar 2021", "zwischen August 2020 und Februar 2021"),
])  # fmt: skip
def test_dates_stand_in_the_grammar_of_the_language(code, day, month, year, span, months):
    v = find(code)
    given = [("2020-08-12", ""), ("2020-08", ""), ("", "2020"), ("2020-08-12", "2021-02-03"), ("2020-08", "2021-02")]
    assert [v.when(*each).replace("\u00a0", " ") for each in given] == [day, month, year, span, months]
    assert v.when("", "") == ""


@pytest.mark.parametrize(("code", "inside", "into", "unknown"), [
    ("LT", "Baltarusijoje", "į Lietuvą", "valstybėje: Brazilija"),
    ("PL", "na Białorusi", "na Litwę", "w państwie: Brazylia"),
    ("DE", "in Belarus", "nach Litauen", "in Brasilien"),
    ("UJ-EN", "in Belarus", "Lithuania", "in Brazil"),
])  # fmt: skip
def test_states_stand_in_the_grammar_of_the_language(code, inside, into, unknown):
    v = find(code)
    assert (v.country("BY", "in"), v.country("LT", "into"), v.country("BR", "in")) == (inside, into, unknown)


@pytest.mark.parametrize("code", FOREIGN)
def test_answers_from_a_list_are_quoted_in_their_own_language(code):
    v = find(code)
    opening, closing = v.quoted("|").split("|")
    assert f'{opening}<span lang="en">Released</span>{closing}' in page(code)


@pytest.mark.parametrize("code", FOREIGN)
def test_a_finding_without_a_translation_is_marked_as_english(code):
    english = next(each for each in make_input().facts if each.source == "public")
    assert page(code, facts=(english,)).count(f'<span lang="en">{english.text}</span>') == 2, "context and chronology"
    assert page(code, facts=(english,)).count(english.text) == 2
    own = next(each for each in make_input(variant=code).facts if each.source == "public")
    assert own.text in page(code)


@pytest.mark.parametrize("code", FOREIGN)
def test_heads_of_three_tables_stand_in_english_too(code):
    said = spoken(page(code))
    assert {"Gap, and how to close it", "What", "Name as received"} <= {text for lang, text in said if lang == "en"}
    assert "Gap, and how to close it" not in {text for lang, text in said if lang != "en"}


@pytest.mark.parametrize("code", VARIANTS)
def test_a_question_without_a_wording_makes_no_sentence(code):
    told = make_input(variant=code, account=account("Словы.")).facts
    assert not any("EPI-06" in fact.where for fact in told)
    assert any(fact.where == "EPI-28" for fact in told)


def test_a_marked_passage_cannot_be_forged():
    evil = f"{OPEN}en{SPOKEN}<script>alert(1)</script>{CLOSE}"
    markup = page("LT", facts=(FactSentence(evil, "account", evil, note=evil),), account=account(evil))
    assert "<script" not in markup
    assert f'<span lang="en">{evil}' not in markup
    assert markup.count("[U+E000]") > 2
    assert not {OPEN, SPOKEN, CLOSE} & set(markup)


def test_a_passage_in_the_language_of_the_document_is_not_marked():
    assert foreign("text", "lt", "lt") == "text"
    assert to_markup(foreign("text", "en", "lt")) == '<span lang="en">text</span>'
    assert to_markup(f"{OPEN}en onclick=x{SPOKEN}text{CLOSE}").startswith(OPEN)
