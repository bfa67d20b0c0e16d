"""Two to four States side by side."""

import re

import pytest
from django.urls import reverse

from jurisdictions.models import State
from tests.integration.jurisdictions.showing import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


def compared(*codes: str, more: str = "") -> str:
    """The page for these codes."""
    return page(f"{reverse('jurisdictions:compare')}?{'&'.join(f's={code}' for code in codes)}{more}")


def line(text: str, label: str) -> str:
    """One line of the table, as words with a mark between its cells."""
    row = re.search(rf'<tr[^>]*><th scope="row">{label}.*?</tr>', text, re.S)
    assert row, label
    return " | ".join(words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row[0], re.S))


def test_lines_stand_side_by_side_in_the_order_of_the_address(loaded):
    text = compared("LT", "PL")
    assert line(text, "A case about acts abroad") == (
        "A case about acts abroad differs | Open needs nobody there "
        "| Conditional needs a link of the survivor unverified"
    )
    assert line(text, "Practice") == (
        "Practice differs | open file since 2020 | open file since 2024 unverified".replace("2024", year_of("PL"))
    )
    assert compared("PL", "LT").index(">Poland</a>") < compared("PL", "LT").index(">Lithuania</a>")


def year_of(iso2: str) -> str:
    """The year of the open file."""
    basis = State.objects.get(iso2=iso2).bases.filter(practice="open_file").order_by("practice_year")[0]
    return str(basis.practice_year)


def test_days_of_treaties_are_those_of_the_data(loaded):
    assert line(compared("LT", "BY"), "Convention against Torture").endswith(
        "Party, in force since 2 March 1996 | Party, in force since 26 June 1987"
    )


def test_a_line_differs_only_where_the_words_do(loaded):
    text = compared("LT", "PL")
    for row in re.findall(r"<tr( class=\"differs\")?><th scope=\"row\">(.*?)</tr>", text, re.S):
        cells = [words(cell).replace(" unverified", "") for cell in re.findall(r"<td.*?</td>", row[1], re.S)]
        if "Data" not in row[1][:5]:
            assert bool(row[0]) == (len(set(cells)) > 1), cells


def test_only_what_differs_can_be_asked_for(loaded):
    every, some = compared("LT", "PL"), compared("LT", "PL", more="&only=1")
    assert every.count('class="differs"') == some.count('class="differs"') > 5
    assert every.count("<tr") > some.count("<tr")
    assert "Only what differs" in words(some)


def test_a_state_with_itself_or_alone_is_no_comparison(loaded):
    for codes in ((), ("LT",), ("LT", "lt"), ("LT", "QQ"), ("LT", "%00")):
        assert "Choose at least two States" in words(compared(*codes))


def test_more_than_four_are_cut_and_said(loaded):
    text = compared("LT", "PL", "DE", "CZ", "FR")
    assert "these are the first four" in words(text)
    assert text.count('<th scope="col"><a ') == 4


def test_states_without_national_law_can_be_compared(loaded):
    text = compared("FJ", "TV")
    assert "no national law described yet" in words(text)
    assert "Law and filing" not in text


def test_the_table_of_states_leads_here(loaded):
    text = page(reverse("jurisdictions:states"))
    assert f'action="{reverse("jurisdictions:compare")}"' in text
    assert text.count('name="s"') == 199


def test_four_states_cost_few_questions(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        compared("LT", "PL", "DE", "CZ")
