"""Words of the desk: codes, days, sizes, facts, routes, limits."""

from datetime import date

import pytest
from django.utils import translation

from cases import raising, routing, wording
from cases.limit_words import Limit, line
from cases.limits import Limits
from cases.progress import MAKING, ORDER
from cases.templatetags import desk
from jurisdictions.assess.parse import CERTAINTIES, CRIME_FACTS, OFFICES
from jurisdictions.pages import factsheet, ranking
from jurisdictions.pages.facts_form import CERTAINTY_WORDS, CRIME_WORDS, OFFICE_WORDS, FactsForms, country_choices

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 kB"), (1887437, "1.8 MB"), (2**30, "1.0 GB")]
)
def test_sizes(count: int, words: str) -> None:
    assert wording.size(count) == words


def test_days() -> None:
    assert wording.day(date(2026, 11, 16), TODAY) == "16 November"
    assert wording.day(date(2020, 8, 12), TODAY) == "12 August 2020"
    assert wording.day(None, TODAY) == ""


@pytest.mark.parametrize(
    ("code", "words"), [("LT", "Lithuania"), ("", "not said"), ("XN", "not said"), ("NZ", "New Zealand")]
)
def test_countries(code: str, words: str) -> None:
    assert wording.country(code) == words


def test_languages() -> None:
    assert [wording.language(code) for code in ("be", "")] == ["Belarusian", "not said"]


def test_digests_stand_in_groups() -> None:
    assert wording.grouped("0123456789abcdef01") == "01234567 89abcdef 01"


def test_every_flag_has_words() -> None:
    assert {rule.code for rule in raising.rules()} <= set(wording.FLAGS)
    assert set(wording.FLAGS) >= wording.STRONG_FLAGS


def test_every_code_of_the_assessment_has_words() -> None:
    assert set(CRIME_WORDS) == set(CRIME_FACTS)
    assert set(OFFICE_WORDS) == set(OFFICES)
    assert set(CERTAINTIES) >= set(CERTAINTY_WORDS)
    assert ("LT", "Lithuania") in country_choices()
    assert country_choices()[0] == ("", "unknown")


def test_every_step_of_making_has_words() -> None:
    assert list(MAKING) == ORDER[1:]


def test_joined_names() -> None:
    assert [desk.joined(names) for names in ([], ["Ben"], ["Ben", "Dana"], ["Ben", "Dana", "Lena"])] == [
        "", "Ben", "Ben and Dana", "Ben, Dana and Lena",
    ]  # fmt: skip


def test_facts_in_lines() -> None:
    facts = {
        "acts": [{"country": "BY", "from": "2020-08-12", "crime_facts": ["custody"]}, {"country": "RU"}],
        "victim": {"residence_now": "LT", "refugee": False, "age_now": 0, "nationalities": [{"country": "BY"}]},
        "suspects": [{"id": "P-1", "last_seen": {"country": "CH"}}, {}],
        "consents": {"countries": []},
    }
    assert factsheet.lines(facts, wording.country) == [
        ("Country of the acts", "Belarus"),
        ("When", "12 August 2020"),
        ("What", "while somebody held the person"),
        ("2. Country of the acts", "Russia"),
        ("Nationality", "Belarus"),
        ("Lives in", "Lithuania"),
        ("Refugee status", "no"),
        ("Age now", "0"),
        ("Suspect", "P-1, last seen in Switzerland"),
        ("Suspect", "place unknown"),
        ("Agreed countries", "none"),
    ]
    assert factsheet.lines({}) == []


def test_forms_give_back_what_they_were_given() -> None:
    facts = {
        "acts": [{"country": "BY", "from": "2020-08-09", "to": "2020-08-14", "crime_facts": ["custody", "pattern"]}],
        "victim": {
            "nationalities": [{"country": "BY"}, {"country": "PL", "from": "2015-03-01"}],
            "residence_now": "LT",
            "residence_at_acts": "BY",
            "refugee": True,
            "age_now": 31,
        },
        "displacement": {"forced": False, "crossed_into": "LT", "date": "2021-02-03"},
        "suspects": [
            {
                "id": "P-001",
                "office": "other",
                "nationality": "BY",
                "last_seen": {"country": "CH", "date": "2026-05-01", "certainty": "reported"},
            }
        ],
        "complaints": [{"country": "PL", "date": "2022-06-01", "result": "refused"}],
    }
    posted = FactsForms(facts, sent(FactsForms(facts)))
    assert posted.is_valid()
    assert posted.facts() == facts


def test_an_empty_form_is_no_facts() -> None:
    posted = FactsForms({}, sent(FactsForms({})))
    assert posted.is_valid()
    assert posted.facts() == {}


def sent(forms: FactsForms) -> object:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for part in forms.all:
        rows = list(part) if hasattr(part, "management_form") else [part]
        for row in [*rows, *([part.management_form] if len(rows) != 1 or rows[0] is not part else [])]:
            for field in row:
                value = field.value()
                query.setlist(field.html_name, value if isinstance(value, list) else [] if value is None else [value])
    return query


def route(forum: str, verdict: str, effect: str = "+") -> dict[str, object]:
    reasons = [{"effect": effect, "text": f"reason {effect}"}]
    return {"forum": forum, "verdict": verdict, "reasons": reasons, "missing": [{"text": "a fact"}]}


def test_routes_are_parted_in_order() -> None:
    routes = [route("LT", "open"), route("DE", "blocked"), route("PL", "conditional"), route("FR", "unknown")]
    first, others = ranking.parted(routes)
    assert [each["forum"] for each in first] == ["LT", "PL"]
    assert [each["forum"] for each in others] == ["DE", "FR"]
    assert len(ranking.parted([route(str(n), "open") for n in range(20)])[0]) == ranking.SHOWN


def test_what_stands_in_the_way() -> None:
    assert routing.against(route("LT", "open", "-")) == "reason -"
    assert routing.against(route("LT", "open")) == "a fact"


def test_a_key_names_one_route() -> None:
    one, two = route("LT", "open"), route("LT", "open") | {"provision": "art. 7"}
    assert routing.route_key(one) != routing.route_key(two)
    assert routing.find_route([one, two], routing.route_key(two)) is two
    assert routing.find_route([one], "0" * 12) is None


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, ["only here, through the code", "not asked yet", "not asked yet"]),
        (
            {"CTC-01": {"value": "phone"}, "CNS-02": {"value": ["pl", "other"]}, "CNS-03": {"value": "no"}},
            ["Phone call", "Poland", "no"],
        ),
        (
            {"CNS-02": {"value": ["not_sure"]}, "CNS-03": {"value": "ask_later"}},
            ["only here, through the code", "in no country yet", "ask later"],
        ),
        (
            {"CNS-02": {"value": None, "said": "unsaid"}, "CNS-03": {"value": None}},
            ["only here, through the code", "in no country yet", "asked, not answered"],
        ),
    ],
)
def test_limits(answers: dict[str, dict[str, object]], words: list[str]) -> None:
    assert [line.strong for line in Limits(answers).lines] == words


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        (None, None),
        ({"value": "yes"}, True),
        ({"value": "no"}, False),
        ({"value": "later"}, None),
        ({"said": "unsaid"}, None),
        ({"said": "withdrawn"}, False),
    ],
)
def test_the_court_gets_the_account_only_after_a_yes(answer: dict[str, object] | None, agreed: bool | None) -> None:
    assert Limits({"CNS-05": answer} if answer else {}).court is agreed


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("be", "Спосаб адказу: Тэлефонны званок; адрас у расказе."),
        ("en", "Answer by Phone call; the address is in the account."),
    ],
)
def test_a_limit_is_one_sentence_in_the_language_of_whoever_reads(language: str, said: str) -> None:
    with translation.override(language):
        first = Limits({"CTC-01": {"value": "phone"}}).lines[0]
    assert f"{first.before}{first.strong}{first.after}" == said


def test_a_star_in_what_somebody_typed_is_only_a_star() -> None:
    assert line("Write to them in *%(language)s*.", language="*ours*") == Limit("Write to them in ", "*ours*", ".")
