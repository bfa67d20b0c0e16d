"""Proofs: run, recorded with date and commit, and held against the folder."""

import json
from datetime import date
from pathlib import Path

import pytest

from portal.ops import check, prove
from portal.ops.suites import Result

GOOD = Result("x", "proof", 3, 0, 0, 2.4, 0)


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "proofs").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "proofs" / "pages.py").write_text('"""Every page passes.\n\nMore."""\n')
    (tmp_path / "proofs" / "_shared.py").write_text("")
    monkeypatch.setattr(prove, "PROOFS", tmp_path / "proofs")
    monkeypatch.setattr(prove, "RECORD", tmp_path / "docs" / "proofs.json")
    monkeypatch.setattr(prove, "commit", lambda: "abc")


def answer(monkeypatch: pytest.MonkeyPatch, result: Result) -> None:
    monkeypatch.setattr(prove, "run_suite", lambda *_: result)


def test_a_proof_is_recorded_with_claim_date_and_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, GOOD)
    assert prove.main([]) == 0
    assert json.loads(prove.RECORD.read_text()) == {
        "pages": {
            "claim": "Every page passes.",
            "result": "passed",
            "tests": 3,
            "seconds": 2,
            "date": date.today().isoformat(),
            "commit": "abc",
        }
    }
    assert list(check.proof_faults()) == []
    assert check.ages().startswith("proof pages")
    assert "0 days old, at abc" in check.ages()


@pytest.mark.parametrize(
    "bad", [Result("x", "", 3, 1, 0, 1, 1), Result("x", "", 0, 0, 0, 1, 5), Result("x", "", 3, 0, 1, 1, 0)]
)
def test_a_failed_empty_or_skipping_proof_fails_the_check(monkeypatch: pytest.MonkeyPatch, bad: Result) -> None:
    answer(monkeypatch, bad)
    assert prove.main(["pages"]) == 1
    assert [fault.split(" on ")[0] for fault in check.proof_faults()] == ["pages: failed"]


def test_a_proof_without_record_and_a_record_without_proof_fail_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(check.proof_faults()) == ["pages: never run (make prove NAME=pages)"]
    answer(monkeypatch, GOOD)
    prove.main([])
    (prove.PROOFS / "pages.py").rename(prove.PROOFS / "kills.py")
    assert list(check.proof_faults()) == [
        "kills: never run (make prove NAME=kills)",
        "pages: recorded, but tests/proofs/pages.py is not there",
    ]


def test_an_unknown_proof_and_none_at_all_are_errors() -> None:
    assert prove.main(["other"]) == 2
    (prove.PROOFS / "pages.py").unlink()
    assert prove.main([]) == 1
