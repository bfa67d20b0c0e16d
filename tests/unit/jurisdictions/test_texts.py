"""Every code has a text, and no rule knows a State."""

import ast
import json
import string
from pathlib import Path

import pytest

from jurisdictions.assess import texts
from jurisdictions.assess.parse import countries
from jurisdictions.vocabulary import EXTRA, UNVERIFIED

ASSESS = Path(texts.__file__).parent
WORDING = sorted((ASSESS / "wording").glob("*.json"))
PLACEHOLDERS = {
    "about", "below", "channels", "crime", "day", "facts", "languages", "mine", "name", "named", "place", "since",
    "situation", "start", "theirs", "treaty", "what", "why", "year", "years",
}  # fmt: skip


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("file", WORDING, ids=lambda file: file.stem)
def test_each_language_has_the_same_codes_and_placeholders(file):
    own, english = json.loads(file.read_text(encoding="utf-8")), texts.TEXTS["en"]
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
    for code in texts.TEXTS["en"]["missing"]:
        assert f'"{code}"' in source


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
