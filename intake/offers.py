"""What a question offers, as groups of equal rows."""

from __future__ import annotations

from collections.abc import Sequence

from cases.statement import vocab
from cases.statement.catalogue import Question
from cases.statement.vocab import EPISODES
from intake.fields import SAID_MARK, Offer

MOST_ROWS = 60  # in groups of one page; more would not fit the weight of a page, so groups are opened one by one
GROUP = "group-"
_CATALOGUE: dict[tuple[str, str], tuple[Question, list[Offer]]] = {}  # by question and language


def said_offer(question: Question, language: str, *, is_apart: bool = True) -> Offer:
    """I do not know, I do not remember, I do not want to say: rows like the others, with a little more air above."""
    pairs = [(f"{SAID_MARK}{code}", vocab.label(vocab.SAID, code, language)) for code in question.said]
    return Offer("", pairs, frozenset(pair[0] for pair in pairs[:1] if is_apart))


def offers(question: Question, language: str, own_list: Sequence[tuple[str, str]] = ()) -> list[Offer]:
    """The groups of a question's rows: likely ones, folded ones, those set apart, what may be said instead.

    Those of the catalogue are put together once; a list of the person's own episodes is never kept.
    """
    if EPISODES in question.lists:
        return _grouped(question, language, [*own_list])
    known = _CATALOGUE.get((question.id, language))
    if known is None or known[0] is not question:
        known = question, _grouped(question, language, vocab.options(question, language))
        _CATALOGUE[question.id, language] = known
    return [*known[1]]


def _grouped(question: Question, language: str, pairs: list[tuple[str, str]]) -> list[Offer]:
    apart = [pair for pair in pairs if pair[0] in question.apart]
    has_folds = bool(question.fold or question.groups)
    open_codes = question.likely or tuple(
        code for code, _label in pairs if code not in question.apart and not has_folds
    )
    by_code = dict(pairs)
    own = question.own_words.codes[:1] if question.own_words and has_folds else ()
    return [
        Offer("", [(code, by_code[code]) for code in open_codes]),
        *_folded(question, language, pairs, {*open_codes, *own}),
        Offer("", [(code, by_code[code]) for code in own]),
        Offer("", apart, frozenset(pair[0] for pair in apart[:1])),
        said_offer(question, language, is_apart=not apart),
    ]


def _folded(question: Question, language: str, pairs: list[tuple[str, str]], shown: set[str]) -> list[Offer]:
    by_code = dict(pairs)
    is_long = sum(len(group.codes) for group in question.groups) > MOST_ROWS
    groups = [
        Offer(
            group.title[language],
            [(code, by_code[code]) for code in group.codes],
            opens=f"{GROUP}{place}" if is_long else "",
        )
        for place, group in enumerate(question.groups, start=1)
    ]
    if question.fold:
        rest = [pair for pair in pairs if pair[0] not in shown]
        groups.append(Offer(question.fold[language], vocab.in_alphabet(rest, language)))
    return groups
