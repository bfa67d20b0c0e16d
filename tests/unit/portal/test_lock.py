"""Pins: each with a hash, each chosen package with its reason."""

from pathlib import Path

import pytest

from portal.ops import lock

IN = """# A list.
-c other.txt

# Why A is here,
# in two lines.
A_pkg[extra]~=1.0
# Why B.
b>=2
"""
PINS = """# old comment
a-pkg==1.2 \\
    --hash=sha256:00
    # via -r x.in
b==2.0 \\
    --hash=sha256:11
    # via -r x.in
c==3.0 \\
    --hash=sha256:22
    # via a-pkg
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "BASE_DIR", tmp_path)
    monkeypatch.setattr(lock, "NAMES", ("x",))
    (tmp_path / "x.in").write_text(IN)


def test_the_reason_of_each_chosen_package_stands_above_its_pin() -> None:
    text = lock.with_reasons(PINS, lock.reasons("x"))
    assert text.startswith("# Why A is here,\n# in two lines.\na-pkg==1.2")
    assert "# Why B.\nb==2.0" in text
    assert text == lock.with_reasons(text, lock.reasons("x"))
    assert "# via a-pkg" in text
    assert "old comment" not in text


def test_packages_in_one_group_share_a_reason(tmp_path: Path) -> None:
    (tmp_path / "x.in").write_text("# Both.\na\nb\n# Only c.\nc\n\nd\n")
    assert lock.reasons("x") == {"a": "# Both.", "b": "# Both.", "c": "# Only c.", "d": ""}


def test_good_pins_have_no_faults(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(lock.with_reasons(PINS, lock.reasons("x")))
    assert list(lock.faults()) == []
    assert lock.pinned("x") == {"a-pkg": "1.2", "b": "2.0", "c": "3.0"}


def test_each_fault_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.in").write_text(IN + "\nd\n")
    (tmp_path / "x.txt").write_text(
        "# Why B.\nb==2.0 \\\n    --hash=sha256:11\nc==3.0\n--index-url https://host.example/\n"
    )
    assert sorted(lock.faults()) == [
        "x.in: d has no reason above it",
        "x.txt: a-pkg is not pinned (make lock)",
        "x.txt: d is not pinned (make lock)",
        "x.txt: names a host",
        "x.txt: no hash for c==3.0",
        "x.txt: the reason of a-pkg differs (make lock)",
    ]
