"""The verifier speaks five languages, each with every text; an old Python reads it; and it stands alone."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cases.dossier import package
from cases.dossier.keys import DOMAIN
from cases.dossier.token_names import token_name
from tests.factories import signers
from tests.factories.packages import VERIFIER

TEXT = VERIFIER.read_text()


@pytest.fixture(scope="module")
def program() -> ModuleType:
    """The verifier as a module; it is none of ours."""
    spec = importlib.util.spec_from_file_location("verify_package", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_it_speaks_five_languages(program: ModuleType) -> None:
    assert set(program.TEXTS) == {"en", "ru", "pl", "lt", "de"}


@pytest.mark.parametrize("language", ["ru", "pl", "lt", "de"])
def test_every_language_has_every_text_with_the_same_places(program: ModuleType, language: str) -> None:
    english, other = program.TEXTS["en"], program.TEXTS[language]
    assert list(other) == list(english)
    assert {code: fields(text) for code, text in other.items()} == {c: fields(t) for c, t in english.items()}
    assert not [code for code, text in other.items() if text == english[code] or not text.strip()]


def test_every_text_is_said_somewhere_and_nothing_else_is(program: ModuleType) -> None:
    said = set(re.findall(r"[\"']([a-z]+(?:-[a-z]+)*)[\"']", TEXT[TEXT.index("class Report") :]))
    assert set(program.TEXTS["en"]) <= said


@pytest.mark.parametrize(
    ("environment", "language"),
    [("lt_LT.UTF-8", "lt"), ("pl", "pl"), ("de_AT", "de"), ("ru_RU.KOI8-R", "ru"), ("fr_FR.UTF-8", "en"), ("C", "en")],
)
def test_the_language_is_that_of_the_machine(
    program: ModuleType, monkeypatch: pytest.MonkeyPatch, environment: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", environment)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert program.language_of(None) == language
    assert program.language_of("pl") == "pl"


def test_a_python_of_2020_reads_it() -> None:
    assert ast.parse(TEXT, feature_version=(3, 9))


def test_it_needs_nothing_but_python_and_cryptography() -> None:
    tree = ast.parse(TEXT)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    foreign = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert foreign == {"cryptography"}


def test_it_opens_nothing_for_writing_and_speaks_to_nobody() -> None:
    calls = [node for node in ast.walk(ast.parse(TEXT)) if isinstance(node, ast.Call)]
    opened = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "open"]
    assert opened
    assert all(isinstance(node.args[1], ast.Constant) and node.args[1].value == "rb" for node in opened)
    assert not re.search(r"\b(socket|urllib|http|subprocess|extract|extractall|write|unlink|mkdir)\b\(?", code_of(TEXT))


def code_of(text: str) -> str:
    """The program without its texts, comments and docstrings."""
    body = text[text.index("def clean") :]
    return re.sub(r'"""(?s:.*?)"""|#.*|"[^"\n]*"', "", body)


def test_it_knows_the_format_that_the_portal_writes(program: ModuleType) -> None:
    assert program.FORMAT == package.FORMAT
    assert (program.MANIFEST, program.SUMS, program.KEYS) == (package.MANIFEST, package.SUMS, package.KEYS)
    assert all(program.TOKEN.match(token_name(place)) for place in (1, 2))
    public = signers.keys("").public
    ours = hashlib.sha256(DOMAIN + public["ed25519"] + public["mldsa65"]).hexdigest()
    assert program.fingerprint_of({"Ed25519": public["ed25519"], "ML-DSA-65": public["mldsa65"]}) == ours


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x05\x00", b"\x30\x80\x00\x00", b"\x1f\x81\x00\x00", b"\x30\x84\xff\xff\xff\xff"]
)
def test_der_that_is_none_is_refused(program: ModuleType, data: bytes) -> None:
    with pytest.raises(program.Unreadable):
        program.der(data)


@pytest.mark.parametrize(
    ("body", "oid"),
    [
        (b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "1.2.840.113549.1.7.2"),
        (b"\x55\x04\x03", "2.5.4.3"),
        (b"\x88\x37", "2.999"),
    ],
)
def test_identifiers_are_read(program: ModuleType, body: bytes, oid: str) -> None:
    assert program.Der(6, body, b"").oid() == oid


def test_a_version_that_does_not_know_the_second_signature_leaves_it_open_and_says_so(
    program: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "mldsa", None)
    report = program.Report("en")
    program.check_signature("ML-DSA-65", bytes(1952), bytes(3309), b"manifest", report)
    assert (report.kinds, report.is_open) == (set(), True)
    assert "ML-DSA-65 signature was not checked" in capsys.readouterr().out


def test_a_failure_of_the_program_is_no_word_about_the_package(
    program: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(program, "verify", fail)
    assert program.main([str(tmp_path), "--language", "en"]) == 1
    out = capsys.readouterr().out
    assert "This program failed (RuntimeError). That says nothing about the package." in out
    assert "secret words" not in out
