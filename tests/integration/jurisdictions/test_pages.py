"""The pages on States, rendered through their views."""

import re

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from jurisdictions import views
from jurisdictions.models import NationalLaw, State
from tests.integration.jurisdictions.showing import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.shown]


def test_the_list_shows_every_state_with_treaties_bases_and_practice(loaded):
    text = page(reverse("jurisdictions:states"))
    assert text.count('<th scope="row">') == 199
    assert "Lithuania party party Open needs nobody there 3 open file since 2020 high" in words(text)
    assert "Practice on Belarus" in text
    assert text.index(">Lithuania<") < text.index(">Poland<") < text.index(">Switzerland<") < text.index(">Germany<")
    assert text.index(">Ukraine<") < text.index(">Afghanistan<")


def test_what_nobody_confirmed_says_so_in_the_list(loaded):
    row = re.search(r">Hungary</a>.*?</tr>", page(reverse("jurisdictions:states")), re.S)[0]
    assert 'class="unverified">party' in row
    assert "unverified</span>" in row


@pytest.mark.parametrize(("asked", "found"), [("lith", 1), ("LT", 2), ("united", 3), ("  POLAND ", 1), ("zzz", 0)])
def test_the_search_goes_by_name_and_code(loaded, asked, found):
    text = page(f"{reverse('jurisdictions:states')}?q={asked}")
    assert text.count('<th scope="row">') == found
    assert f"{found} found for" in words(text)


def test_an_exact_code_comes_first(loaded):
    text = page(f"{reverse('jurisdictions:states')}?q=lt")
    assert text.index(">Lithuania<") < text.index(">Malta<")


def test_a_search_shows_what_was_asked_and_nothing_of_it_as_markup(loaded):
    text = page(reverse("jurisdictions:states") + "?q=<script>alert(1)</script>%00")
    assert "<script>" not in text
    assert "No State fits" in text


def test_an_empty_database_says_so(db):
    assert "not loaded yet" in page(reverse("jurisdictions:states"))


def test_the_briefing_of_lithuania(loaded):
    text = page(reverse("jurisdictions:state", args=["LT"]))
    said = words(text)
    assert "Checked 22 November 2026. Confirmed by an admitted lawyer: not yet." in said
    assert "A file on acts in Belarus has been open since 2020." in re.search(r'class="lede">([^<]*)', text)[1]
    for sentence in (
        "Torture, universal jurisdiction",
        "No suspect in the country is needed to open a case.",
        "Whether it yields to another State or court is unknown.",
        "Crimes against humanity: do not lapse.",
        "Prosecutor General&#x27;s Office of the Republic of Lithuania, Vilnius.",
        "Post, in person.",
        "Lithuanian.",
        "Signed by the complainant.",
        "A refusal can be appealed.",
        "In force since 2 March 1996",
        "About sixty people recognised as victims",
        "8 points to confirm",
    ):
        assert sentence in said
    assert 'lang="lt">Lietuvos Respublikos generalinė prokuratūra' in text
    assert text.count("tag-unverified") > 8
    assert '<span class="conf high" aria-hidden="true"></span>high confidence' in text


def test_each_number_of_a_source_leads_to_one_source_of_the_page(loaded):
    for iso2 in ("LT", "PL", "DE", "FJ"):
        text = page(reverse("jurisdictions:state", args=[iso2]))
        named = set(re.findall(r'href="#s(\d+)"', text))
        listed = re.findall(r'id="s(\d+)"', text)
        assert named <= set(listed)
        assert listed == [str(number + 1) for number in range(len(listed))]


@pytest.mark.parametrize(
    ("iso2", "sentence"),
    [
        ("FR", "Consent of a prosecutor is needed before a case is opened."),
        (
            "BE",
            "a recognised refugee or a long resident at the time of the acts. For at least 3 years.",
        ),
        ("CH", "A suspect must be in the country to open a case."),
        ("UA", "In force since 2024; the day is not confirmed."),
        ("AT", "Lapses after 10 years; when that starts is unknown."),
        ("KZ", "Do not file there before wanted lists and the survivor&#x27;s location are checked."),
        ("GE", "Check wanted lists and the survivor&#x27;s location before filing there."),
        ("SN", "The survivor must live there when the complaint is made."),
        ("PH", "Until 17 March 2019"),
        ("US", "Whether"),
    ],
)
def test_conditions_are_said_in_words(loaded, iso2, sentence):
    assert sentence in words(page(reverse("jurisdictions:state", args=[iso2])))


def test_a_state_without_a_national_file_still_has_a_page(loaded):
    said = words(page(reverse("jurisdictions:state", args=["FJ"])))
    assert "There is no national file for Fiji yet" in said
    assert "bound by the Convention against Torture since 13 April 2016" in said
    assert "Older than twelve months: check again before use." in said
    assert "Can a complaint be taken?" not in said


def test_every_state_has_a_page(loaded):
    for iso2 in State.objects.values_list("iso2", flat=True):
        assert "<h1>" in page(reverse("jurisdictions:state", args=[iso2]))
    assert NationalLaw.objects.count() == 48


def test_a_code_may_be_written_small_and_an_unknown_one_is_404(loaded):
    assert "Lithuania" in page("/desk/states/lt/")
    for wrong in ("QQ", "LTU", "%00", "x" * 200):
        with pytest.raises(Http404):
            views.state(RequestFactory().get("/"), wrong)


def test_the_pages_only_show(loaded):
    request = RequestFactory().post(reverse("jurisdictions:states"))
    assert views.states(request).status_code == 405
    assert views.state(request, "LT").status_code == 405
    assert views.compare(request).status_code == 405


def test_a_page_asks_the_database_few_questions(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page(reverse("jurisdictions:states"))
    with django_assert_max_num_queries(10):
        page(reverse("jurisdictions:state", args=["PL"]))
