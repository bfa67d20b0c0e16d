"""Which exhibit goes into which volume."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases.dossier.binding import LINES, PAGES, Piece, places, plan, sheets
from cases.dossier.context import FiledExhibit


def filed(*pages: int) -> list[FiledExhibit]:
    return [FiledExhibit(f"E-{at:03d}", f"E-{at:03d}_pdf.pdf", "0" * 64, count) for at, count in enumerate(pages, 1)]


def test_a_single_exhibit_and_none_are_not_bound() -> None:
    assert plan([]) == plan(filed(250)) == ()


def test_an_exhibit_that_does_not_fit_begins_the_next_volume() -> None:
    first, second = plan(filed(60, 39, 1))
    assert [(each.label, each.at) for each in first.pieces] == [("E-001", 2), ("E-002", 62)]
    assert (second.pieces, second.span) == ((Piece("E-003", 1, 1, 1, 2),), "E-003")
    assert places(filed(60, 39, 1)) == {"E-001": (1, 2), "E-002": (1, 62), "E-003": (2, 2)}


def test_only_one_that_is_longer_than_a_volume_is_cut() -> None:
    volumes = plan(filed(5, 200, 5))
    found = [[(each.label, each.first, each.last, each.at) for each in volume.pieces] for volume in volumes]
    assert found == [
        [("E-001", 1, 5, 2)],
        [("E-002", 1, 99, 2)],
        [("E-002", 100, 198, 2)],
        [("E-002", 199, 200, 2), ("E-003", 1, 5, 4)],
    ]


def test_many_short_exhibits_make_a_longer_sheet_and_a_volume_no_thicker() -> None:
    first, second = plan(filed(*[1] * 150))
    assert (len(first.pieces), first.pieces[0].at, first.pieces[-1].at) == (97, 4, 100)
    assert (len(second.pieces), second.pieces[0].at) == (53, 3)
    assert plan(filed(*[1] * LINES))[0].pieces[0].at == 2


@given(
    st.one_of(st.lists(st.integers(1, 350), min_size=2, max_size=60), st.lists(st.just(1), min_size=2, max_size=400))
)
def test_every_page_is_bound_once_in_order_and_no_volume_is_too_thick(pages: list[int]) -> None:
    volumes = plan(filed(*pages))
    bound = [
        (piece.label, page) for each in volumes for piece in each.pieces for page in range(piece.first, piece.last + 1)
    ]
    assert bound == [(f"E-{at:03d}", page) for at, count in enumerate(pages, 1) for page in range(1, count + 1)]
    for each in volumes:
        after = sheets(len(each.pieces)) + 1
        for piece in each.pieces:
            assert piece.at == after
            after += piece.last - piece.first + 1
        assert after - 1 <= PAGES
    assert [each.number for each in volumes] == list(range(1, len(volumes) + 1))
