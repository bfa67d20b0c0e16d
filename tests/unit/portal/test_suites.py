"""Nothing is skipped silently."""

from pathlib import Path

import pytest

from portal.ops.suites import Result, counted, run_suite

REPORT = """<?xml version="1.0"?><testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    (tmp_path / "r").write_text(REPORT)
    assert counted(tmp_path / "r") == (3, 2, 2)
    assert counted(tmp_path / "none") == (0, 0, 0)


def test_a_line_says_what_ran_where_and_how_long() -> None:
    line = str(Result("browser", "Chromium 156", 12, 0, 0, 48.2, 0))
    assert line.split() == ["browser", "Chromium", "156", "12", "passed,", "0", "failed", "48", "s"]
    assert "2 skipped" in str(Result("x", "", 1, 0, 2, 1, 0))
    assert "RAN NO TEST" in str(Result("x", "", 0, 0, 0, 1, 5))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "is_good"),
    [
        ("def test_a(): pass", True),
        ("def test_a(): assert False", False),
        ("import pytest\ndef test_a(): pytest.skip('no')\ndef test_b(): pass", False),
        ("", False),
        ("import nothing_like_that", False),
    ],
)
def test_only_a_run_in_which_all_tests_passed_is_good(tmp_path: Path, body: str, is_good: bool) -> None:
    (tmp_path / "test_x.py").write_text(body)
    alone = ["--noconftest", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", "-c", "/dev/null"]
    bare = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}  # plugins take longer to load than these tests
    result = run_suite("x", "here", [*alone, str(tmp_path)], bare, tmp_path / "report.xml")
    assert result.is_good is is_good
