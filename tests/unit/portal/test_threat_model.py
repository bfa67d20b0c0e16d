"""docs/threat-model.md and docs/ux-rules.md name tests; each must exist, and each attacker and rule has its row."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "threat-model.md").read_text()
RULES = (ROOT / "docs" / "ux-rules.md").read_text()
NAMED = re.compile(r"`((?:attack|integration|unit|browser|proofs)/[\w/]+\.py)(?:::(test_\w+))?`")


def attackers() -> list[str]:
    """The rows of the table of attackers, without its head."""
    table = [line for line in TEXT.split("## Readable without a key")[0].splitlines() if line.startswith("|")]
    return table[2:]


def functions(path: Path) -> set[str]:
    """The names of all functions of a file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", attackers(), ids=lambda row: row.split("|")[1].strip()[:40])
def test_every_attacker_has_a_test(row: str) -> None:
    assert [name for _, name in NAMED.findall(row) if name], row


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(TEXT + RULES))))
def test_every_named_test_exists(file: str, name: str) -> None:
    path = ROOT / "tests" / file
    assert path.is_file()
    assert not name or name in functions(path)


def test_every_attack_is_named() -> None:
    written = {path.name for path in (ROOT / "tests" / "attack").glob("test_*.py")}
    assert written == {Path(file).name for file, _ in NAMED.findall(TEXT) if file.startswith("attack/")}


def test_every_rule_of_the_survivors_pages_has_one_row() -> None:
    counts = {"X": 9, "S": 5, "C": 6, "T": 11, "N": 10, "L": 9, "A": 8, "U": 2, "R": 8}
    wanted = [f"{letter}{number}" for letter, most in counts.items() for number in range(1, most + 1)]
    found = re.findall(r"^\| ([A-Z]\d+) \|", RULES, re.MULTILINE)
    assert sorted(found) == sorted({*wanted, *found})
    assert set(wanted) <= set(found)


@pytest.mark.parametrize("row", [line for line in RULES.splitlines() if re.match(r"\| [A-Z]\d+ \|", line)])
def test_every_rule_says_what_looks_after_it(row: str) -> None:
    last = row.split("|")[4]
    assert NAMED.search(last) or re.search("looked at|not yet", last), row
