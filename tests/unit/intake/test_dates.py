"""Dates as people remember them."""

import pytest

from intake.dates import remembered


@pytest.mark.parametrize(
    ("typed", "numbers", "words"),
    [
        (("9", "8", "2020"), (9, 8, 2020), []),
        (("09", "жніўня", "20"), (9, 8, 2020), []),
        (("", "Лістапад", "2021"), (None, 11, 2021), []),
        (("", "мая", ""), (None, 5, None), []),
        (("", "August", "2020"), (None, 8, 2020), []),
        (("٩", "٨", "٢٠٢٠"), (9, 8, 2020), []),
        (("", "", "лета 2020"), (None, None, None), ["лета 2020"]),
        (("31", "13", "2020"), (31, None, 2020), ["13"]),
        (("45", "2", "1820"), (None, 2, None), ["45", "1820"]),
        (("каля 10", "8", "2020"), (None, 8, 2020), ["каля 10"]),
        (("", "", ""), (None, None, None), []),
    ],
)
def test_nothing_is_refused(typed: tuple[str, str, str], numbers: tuple[int | None, ...], words: list[str]) -> None:
    found, kept = remembered(*typed)
    assert (found["day"], found["month"], found["year"]) == numbers
    assert kept == words
