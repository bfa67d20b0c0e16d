"""The data of a dossier goes to bytes and back without loss, and nothing of a wrong shape comes in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.dossier import annex_inputs as annex
from cases.dossier.errors import BadInput
from cases.dossier.expected import is_day, is_partial_day
from cases.dossier.inputs import (
    AccountSection,
    Answer,
    Complainant,
    DossierInput,
    ElementRow,
    ExhibitInput,
    FactSentence,
)
from tests.factories.dossier import make_input

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates too


def test_the_bytes_come_back_as_the_same_input():
    data = make_input()
    assert DossierInput.from_bytes(data.to_bytes()) == data


@given(value=ANY_TEXT, name=ANY_TEXT)
def test_any_text_survives(value, name):
    answer = Answer("EPI-08", "?", "?", value, None, "be", True)
    data = replace(_bare(), account=(AccountSection("e", name, 1, "2026-11-18", "be", (answer,)),))
    again = DossierInput.from_bytes(data.to_bytes())
    assert again.account[0].answers[0].value == value
    assert again.account[0].title == name


def test_equal_inputs_give_equal_digests_whatever_the_order_of_keys():
    data = make_input()
    shuffled = replace(data, confirmed=dict(reversed(list(data.confirmed.items()))))
    assert shuffled.digest() == data.digest()
    assert replace(data, built_on="2026-11-23").digest() != data.digest()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda plain: plain.update(extra=1), ":keys"),
        (lambda plain: plain.pop("lawyer"), "lawyer:missing"),
        (lambda plain: plain.update(account={}), "account:list"),
        (lambda plain: plain.update(built_on=20261122), "built_on:str"),
        (lambda plain: plain.update(route=[]), "route:dict"),
        (lambda plain: plain["exhibits"][0].update(number=True), "exhibits.number:int"),
        (lambda plain: plain["exhibits"][0].update(sha256="AB"), "exhibits.sha256"),
        (lambda plain: plain["exhibits"][1].update(number=1), "exhibits.number"),
        (lambda plain: plain["exhibits"][0].update(content_type="text/html"), "exhibits.content_type"),
        (lambda plain: plain.update(reference="../../etc"), "reference"),
        (lambda plain: plain.update(variant="XX"), "variant"),
        (lambda plain: plain.update(built_on="2026-13-40"), "built_on"),
    ],
)
def test_a_wrong_shape_is_refused_by_the_name_of_the_field(change, code):
    plain = json.loads(make_input().to_bytes())
    change(plain)
    with pytest.raises(BadInput) as caught:
        DossierInput.from_bytes(json.dumps(plain).encode())
    assert caught.value.code == code


def test_what_is_not_json_is_refused():
    with pytest.raises(BadInput, match="json"):
        DossierInput.from_bytes(b"\xff{")


def test_codes_outside_the_vocabulary_are_refused():
    with pytest.raises(BadInput):
        Complainant("A.", "whatever")
    with pytest.raises(BadInput):
        FactSentence("x", "rumour", "¶ 1")
    with pytest.raises(BadInput):
        FactSentence("x", "account", "")
    with pytest.raises(BadInput):
        ElementRow("g", "e", "T1", "", "", "", "proved", "")


def test_exhibits_are_labelled_with_three_digits():
    exhibit = ExhibitInput(7, "x", "image/png", 1, "0" * 64, "2026-11-18")
    assert exhibit.label == "E-007"


@pytest.mark.parametrize(("text", "day", "partial"), [
    ("2020-08-12", True, True), ("2020-08", False, True), ("2020", False, True), ("", False, False),
    ("2020-8-1", False, False), ("12.08.2020", False, False), ("2020-02-30", False, False), ("2020-08-1", False, False),
])  # fmt: skip
def test_days_and_parts_of_days(text, day, partial):
    assert is_day(text) is day
    assert is_partial_day(text) is partial


def _bare() -> DossierInput:
    return make_input(account=(), facts=(), elements=(), exhibits=(), consent=(), public_sources=(), confirmed={})


def test_an_input_of_before_the_annexes_still_loads():
    plain = json.loads(make_input().to_bytes())
    more = {
        "persons", "witnesses", "episodes", "translation", "certificates", "papers", "mandate", "medical", "needs",
        "identity", "witness_contacts", "whereabouts", "salt", "certified",
    }  # fmt: skip
    older = {key: value for key, value in plain.items() if key not in more}
    assert set(plain) - set(older) == more
    assert DossierInput.from_bytes(json.dumps(older).encode()) == make_input()


def test_what_goes_into_the_envelope_asks_for_random_digits():
    identity = annex.Identity(family_name="Узорная")
    with pytest.raises(BadInput, match="salt"):
        make_input(identity=identity)
    with pytest.raises(BadInput, match="salt"):
        make_input(salt="0")
    assert (
        make_input(identity=identity, salt="0" * 64).digest() != make_input(identity=identity, salt="1" * 64).digest()
    )


@pytest.mark.parametrize(("bases", "is_confirmed", "sources"), [
    ((), False, 0),
    (("leak",), False, 1),
    (("leak", "later_media", "later_database"), False, 1),
    (("leak", "badge"), True, 2),
    (("badge", "voice", "document", "told_by_other"), True, 3),
])  # fmt: skip
def test_a_name_from_leaked_or_published_data_alone_is_not_confirmed(bases, is_confirmed, sources):
    person = annex.AccusedPerson("P-001", "be", bases=bases)
    assert (person.is_confirmed, person.sources) == (is_confirmed, sources)
