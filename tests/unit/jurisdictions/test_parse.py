from datetime import date

import pytest

from jurisdictions.assess import check_facts
from jurisdictions.assess.facts import Act, Facts
from jurisdictions.assess.parse import FactsError, countries, parse_facts

WHOLE = {
    "acts": [{"country": "BY", "from": "2020-08-09", "to": "2020-08-14", "crime_facts": ["torture_by_officials"]}],
    "victim": {
        "nationalities": [{"country": "BY"}, {"country": "PL", "from": "2015-03-01"}],
        "residence_now": "LT",
        "residence_at_acts": "BY",
        "refugee": True,
        "age_now": 31,
    },
    "displacement": {"forced": True, "crossed_into": "LT", "date": "2021-02-03"},
    "suspects": [
        {
            "id": "P-001",
            "office": "other",
            "nationality": "BY",
            "last_seen": {"country": "CH", "date": "2026-05-01", "certainty": "reported"},
        }
    ],
    "complaints": [{"country": "PL", "date": "2022-06-01", "result": "refused"}],
    "consents": {"countries": ["LT", "PL"], "icc": True},
    "languages": ["be", "ru"],
    "flags": ["SUSPECT_ABROAD"],
}


def test_the_whole_shape_is_read():
    facts = parse_facts(WHOLE)
    assert facts.acts[0].country == "BY"
    assert facts.victim.nationalities[1].since.isoformat() == "2015-03-01"
    assert facts.suspects[0].last_seen.certainty == "reported"
    assert facts.consents.countries == {"LT", "PL"}
    check_facts(WHOLE)


def test_nothing_given_means_nothing_known():
    assert parse_facts({}) == Facts()
    assert parse_facts({"victim": None, "acts": [{"country": None}]}).acts == (Act(),)
    assert parse_facts({"suspects": []}).suspects == ()


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"vicitm": {}}, "vicitm"),
        ({"acts": {}}, "acts"),
        ({"acts": [[]]}, "acts[0]"),
        ({"acts": [{"country": "Belarus"}]}, "acts[0].country"),
        ({"acts": [{"country": "by"}]}, "acts[0].country"),
        ({"acts": [{"country": "ZZ"}]}, "acts[0].country"),
        ({"acts": [{}, {"from": "2020-13-01"}]}, "acts[1].from"),
        ({"acts": [{"from": "20200809"}]}, "acts[0].from"),
        ({"acts": [{"from": 20200809}]}, "acts[0].from"),
        ({"acts": [{"from": "2020-08-09", "to": "2020-08-08"}]}, "acts[0].to"),
        ({"acts": [{"crime_facts": ["torture"]}]}, "acts[0].crime_facts[0]"),
        ({"acts": [{"crime_facts": "custody"}]}, "acts[0].crime_facts"),
        ({"acts": [{"where": "x"}]}, "acts[0].where"),
        ({"victim": {"nationalities": [{"from": "2020-01-01"}]}}, "victim.nationalities[0].country"),
        ({"victim": {"nationalities": ["BY"]}}, "victim.nationalities[0]"),
        ({"victim": {"refugee": "yes"}}, "victim.refugee"),
        ({"victim": {"age_now": True}}, "victim.age_now"),
        ({"victim": {"age_now": 200}}, "victim.age_now"),
        ({"displacement": {"forced": 1}}, "displacement.forced"),
        ({"displacement": {"on": "2021-02-03"}}, "displacement.on"),
        ({"suspects": [{"office": "king"}]}, "suspects[0].office"),
        ({"suspects": [{"id": "P-1"}, {"id": "P-1"}]}, "suspects[1].id"),
        ({"suspects": [{"id": "with spaces"}]}, "suspects[0].id"),
        ({"suspects": [{"last_seen": {"certainty": "maybe"}}]}, "suspects[0].last_seen.certainty"),
        ({"complaints": [{"result": "lost"}]}, "complaints[0].result"),
        ({"consents": {"countries": ["LT", "Poland"]}}, "consents.countries[1]"),
        ({"consents": {"icc": None, "un": True}}, "consents.un"),
        ({"languages": ["Belarusian"]}, "languages[0]"),
        ({"flags": ["suspect abroad"]}, "flags[0]"),
        ({"acts": [{}] * 501}, "acts"),
        ([], ""),
        ("text", ""),
    ],
)
def test_a_wrong_key_code_or_date_is_an_error_that_names_it(facts, key):
    with pytest.raises(FactsError) as caught:
        parse_facts(facts)
    assert caught.value.key == key
    assert (key or "facts") in str(caught.value)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"acts": [{"from": "2026-11-23"}]}, "acts[0].from"),
        ({"acts": [{}, {"from": "2020-08-09", "to": "2026-11-23"}]}, "acts[1].to"),
        ({"victim": {"nationalities": [{"country": "LT", "from": "2027-01-01"}]}}, "victim.nationalities[0].from"),
        ({"displacement": {"date": "2027-01-01"}}, "displacement.date"),
        ({"suspects": [{"last_seen": {"date": "2027-01-01"}}]}, "suspects[0].last_seen.date"),
        ({"complaints": [{"date": "2027-01-01"}]}, "complaints[0].date"),
    ],
)
def test_nothing_has_happened_after_the_day_of_the_assessment(facts, key):
    check_facts(facts)
    with pytest.raises(FactsError, match="after the day of the assessment") as caught:
        check_facts(facts, date(2026, 11, 22))
    assert caught.value.key == key


def test_the_day_of_the_assessment_itself_is_no_future():
    check_facts({"acts": [{"from": "2026-11-22", "to": "2026-11-22"}]}, date(2026, 11, 22))


def test_an_error_repeats_a_code_and_never_the_words_of_a_person():
    with pytest.raises(FactsError, match="'ZZ'"):
        parse_facts({"victim": {"residence_now": "ZZ"}})
    with pytest.raises(FactsError) as caught:
        parse_facts({"victim": {"residence_now": "with my sister in Kaunas"}})
    assert "sister" not in str(caught.value)


def test_the_country_codes_are_those_of_the_standard_and_the_table(real):
    assert len(countries()) == 250
    assert set(real.names) <= countries()
