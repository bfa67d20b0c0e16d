"""Every code has a text, and no rule knows a State."""

import ast
import json
import re
import string
from datetime import date
from pathlib import Path

import pytest

from jurisdictions.assess import assess_routes, gatekeeper, order, safety, texts
from jurisdictions.assess.immunity import SHIELDED
from jurisdictions.assess.parse import countries
from jurisdictions.assess.verdicts import BEST_FIRST
from jurisdictions.vocabulary import CRIME_FACTS, CRIMES, EXTRA, LANGUAGES, TREATIES, UNVERIFIED
from tests.unit.jurisdictions.test_parse import WHOLE

ASSESS = Path(texts.__file__).parent
WORDING = sorted((ASSESS / "wording").glob("*.json"))
PLACEHOLDERS = {
    "about", "below", "channels", "crime", "day", "facts", "languages", "mine", "name", "named", "office", "other",
    "place", "since", "situation", "start", "theirs", "treaty", "what", "who", "why", "year", "years",
}  # fmt: skip


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("file", WORDING, ids=lambda file: file.stem)
def test_each_language_has_the_same_codes_and_placeholders(file):
    own, english = json.loads(file.read_text(encoding="utf-8")), texts.TEXTS["en"]
    assert len(own["months"]) == 12
    assert own["words"].keys() == english["words"].keys()
    assert all(own["words"].values())
    for table in ("reasons", "missing"):
        assert own[table].keys() == english[table].keys()
        for code, text in own[table].items():
            assert placeholders(text) == placeholders(english[table][code]) <= PLACEHOLDERS
            assert text.strip()


def test_every_code_that_the_rules_can_say_is_in_the_table():
    source = "".join(file.read_text(encoding="utf-8") for file in ASSESS.glob("*.py"))
    links = ("none", "presence", "residence", "nationality", "unknown")
    verdicts = ("open", "conditional", "unknown", "blocked")
    possible = {f"suspect_{link}_{verdict}" for link in links[1:4] for verdict in verdicts}
    possible |= {
        f"victim_{kind}_{verdict}"
        for kind in ("nationality", "residence", "refugee_or_residence")
        for verdict in verdicts
    }
    possible |= {"suspect_none_open", *(f"suspect_unknown_{verdict}" for verdict in verdicts[:3])}
    possible |= {
        f"gatekeeper_{grade}"
        for grade in ("prosecutor", "prosecutor_general", "attorney_general", "minister", "unknown")
    }
    assert possible <= texts.TEXTS["en"]["reasons"].keys()
    said = {code for code in texts.TEXTS["en"]["missing"] if not code.startswith("flags.")}
    assert all(f'"{code}"' in source for code in said)
    assert {f"flags.{flag}" for flag in safety.CHECKS} == texts.TEXTS["en"]["missing"].keys() - said


def called(name):
    """Codes that a rule passes to reason(), caution(), missing() or _step() as they stand in the source."""
    for file in ASSESS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                place = 1 if name == "_step" else 0
                if isinstance(node.args[place], ast.Constant) and node.args[place].value:
                    yield node.args[place].value


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_no_code_lacks_a_text_in_a_staff_language(language):
    own = texts.TEXTS[language]
    spoken = {*called("reason"), *called("caution"), *called("_step")}
    assert len(spoken) > 30
    assert spoken <= own["reasons"].keys()
    assert set(called("missing")) <= own["missing"].keys()
    assert {f"order_{code}" for code, _, _ in order.CRITERIA} <= own["reasons"].keys()
    assert {f"gatekeeper_{grade}" for grade in gatekeeper.GRADES} <= own["words"].keys()
    assert {*order.SAFETY, *order.PRACTICE, *order.CONFIDENCE, *BEST_FIRST, *SHIELDED} <= own["words"].keys()


@pytest.mark.parametrize("language", ["ru", "be"])
def test_every_word_of_the_data_exists_in_the_other_staff_languages(language, real):
    own = texts.TEXTS[language]
    tables = (("crimes", CRIMES), ("treaties", TREATIES), ("crime_facts", CRIME_FACTS), ("languages", LANGUAGES))
    for table, english in (*tables, ("extra", EXTRA)):
        assert own[table].keys() == english.keys()
        assert all(own[table].values())
    assert countries() | {situation.forum for situation in real.situations} == own["countries"].keys()


@pytest.mark.parametrize("language", ["ru", "be"])
def test_whole_assessments_are_said_in_the_other_staff_languages(language, real):
    latin = re.compile(r"[A-Za-z]{3,}")
    own_words = {"order_reason": [], "missing": [], "reasons": []}
    for route in assess_routes(WHOLE, date(2026, 11, 22), real, language):
        own_words["order_reason"].append(route["order_reason"])
        own_words["missing"] += [it["text"] for it in route["missing"]]
        own_words["reasons"] += [it["text"] for it in route["reasons"] if not it["code"].startswith("icc_")]
    for said in own_words.values():
        assert said
        assert not [text for text in said if latin.search(text)]


def test_the_language_changes_words_and_nothing_else(real):
    def bare(routes):
        return [
            (it["forum"], it["provision"], it["verdict"], [(r["code"], r["source"]) for r in it["reasons"]])
            for it in routes
        ]

    english, russian = (assess_routes(WHOLE, date(2026, 11, 22), real, language) for language in ("en", "ru"))
    assert bare(english) == bare(russian)


def test_values_are_put_into_words():
    said = texts.say("treaty_forum_party", name="Arcadia", treaty="CAT", since=None)
    assert (
        said
        == "Arcadia has been bound by the Convention against Torture since a day that is not known, before the acts."
    )
    assert texts.ask("acts.crime_facts", facts=("pattern", "policy")).endswith(
        "a pattern of such acts or a policy behind them."
    )


@pytest.mark.parametrize("file", sorted(ASSESS.glob("*.py")), ids=lambda file: file.stem)
def test_no_rule_contains_the_code_of_a_country(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not strings & countries()


def test_codes_of_the_data_have_words(real):
    assert {code for base in real.bases for code in base.extra} <= EXTRA.keys()
    assert {code for base in real.bases for code in base.unverified} <= UNVERIFIED.keys()
