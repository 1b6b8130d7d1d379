import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.copies.alignment import align, shared_words
from onrecord.copies.index import CopyIndex
from onrecord.copies.keys import MOST, copy_keys
from onrecord.copies.original import Member, choose_original
from onrecord.copies.rewriting import rewriting_of
from onrecord.copies.side_by_side import side_by_side
from onrecord.copies.verdict import compare
from onrecord.copies.words import cut

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name):
    return next(EXAMPLES.glob(f"{name}*.txt")).read_text(encoding="utf-8")


AGENCY, SPUN, KYIV = example("01"), example("04"), example("05")
BACK = """Analysis: Three weeks of negotiations and nothing has been signed

27 January 2022

Diplomats have been travelling across Europe the whole month, and there is still no signature.

It started on January 10, when the American Vice Foreign Minister Wendy Sherman met Sergei \
Ryabkov, the Russian Vice Foreign Minister, in Geneva. Ryabkov insisted that Ukraine may never \
become a member of NATO. Ms. Sherman rejected this idea.

Two days later, the Council of NATO and Russia came together in Brussels. Afterwards Stoltenberg, \
Secretary General of the alliance, said that the allies would make no compromises on their right \
to admit new members, but he offered Moscow further meetings on arms control.

On January 21, Secretary of State Blinken and Sergei Lavrov talked for 90 minutes in Geneva. The \
conversation was frank, Mr. Blinken said. Lavrov said that he expected a written answer within a \
week. It arrived on Wednesday, when John Sullivan, the ambassador, brought it to the Ministry of \
Foreign Affairs in Moscow. The main points of the "non-paper," as diplomats call such a document, \
are secret.

Would violence pay? If Russia attacks, it will pay a high price, US President Biden has warned. \
Russia denies that it has such a plan. But it annexed Crimea in 2014, and Kyiv says that over one \
hundred thousand soldiers from Russia now stand near the borders of Ukraine.
"""
"""What a translation into German and back makes of the eleventh example."""


def verdict(one, other):
    return compare(cut(one), cut(other))


def cropped(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n\n".join(lines[: len(lines) // 2])


def shuffled(text, added):
    lines = [line for line in (text + "\n" + added).splitlines() if line.strip()]
    random.Random(3).shuffle(lines)  # noqa: S311 (order, not secrecy)
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (AGENCY, "exact"),
        (AGENCY.replace("\n", "\r\n").upper().lower(), "exact"),
        (AGENCY + "\n\nThis story has been updated. Read more on our website.", "near"),
        (cropped(AGENCY), "cropped"),
        (SPUN, "rewritten"),
        (shuffled(AGENCY, KYIV), "mixed"),
    ],
)
def test_a_copy_has_its_kind(other, kind):
    assert verdict(AGENCY, other).kind == kind
    assert verdict(other, AGENCY).kind == kind


def test_a_text_that_was_translated_and_back_is_a_copy():
    found = verdict(example("11"), BACK)
    assert found.kind == "rewritten"
    assert min(found.one, found.other) > 0.6
    assert verdict(KYIV, BACK) is None


def test_another_report_of_the_same_days_is_no_copy():
    assert verdict(AGENCY, KYIV) is None


def test_a_report_that_quotes_the_same_words_is_a_report():
    told = "“We have never said that we would do it, and we will never do it,” Mr. Orlov said. "
    one = told + "Our correspondent met him at the ministry, where he was in a good mood that day."
    other = "In an interview he was asked about rumours on the border and gave little away. " + told
    assert verdict(one, other).kind == "report"


def test_a_verdict_says_how_much_of_each_stands_in_the_other():
    found = verdict(cropped(AGENCY), AGENCY)
    assert found.one > 0.95 > found.other > 0.3
    assert "stands in the other" in found.why


def test_an_index_finds_the_rewritten_copys_original_and_nothing_else():
    index = CopyIndex()
    for path in sorted(EXAMPLES.glob("*.txt")):
        if path.name.startswith(("01", "05", "06", "07", "08", "11", "13")):
            index.add(path.name[:2], path.read_text(encoding="utf-8"))
    assert [each.name for each in index.find(SPUN)] == ["01"]


@pytest.mark.parametrize(
    ("members", "original", "why"),
    [
        ([(1, "2022-02-03", 300, -5.0), (2, "2022-02-02", 300, -5.2)], 2, "earliest"),
        ([(1, "2022-02-02", 300, 4.0), (2, "2022-02-03", 300, -5.0)], 2, "least rewritten"),
        ([(1, None, 300, -5.0), (2, None, 500, -5.0)], 2, "longest"),
        ([(1, "2022-02-02", 300, None), (2, "2022-02-02", 300, None)], 1, "first to come in"),
    ],
)
def test_the_original_is_the_least_rewritten_then_the_earliest_then_the_longest(
    members, original, why
):
    chosen, reason = choose_original([Member(*member) for member in members])
    assert chosen == original
    assert why in reason


def test_rewriting_has_a_verdict():
    assert rewriting_of(SPUN).verdict == "fingerprint:spinner"
    assert rewriting_of(AGENCY).verdict == "unremarkable"
    assert rewriting_of(AGENCY, "de").verdict == "unknown"
    assert rewriting_of(SPUN).odds > rewriting_of(AGENCY).odds


def test_side_by_side_has_every_sentence_and_marks_what_differs():
    rows = side_by_side(SPUN, AGENCY)
    first = [piece for row in rows for piece in row.one]
    assert [piece.start for piece in first] == sorted(piece.start for piece in first)
    assert all(SPUN[piece.start : piece.end] == piece.text for piece in first)
    assert any(not piece.same for row in rows if row.other for piece in row.one)
    assert sum(bool(row.one and row.other) for row in rows) == len(
        align(cut(SPUN), cut(AGENCY)).pairs
    )


def longest_common(one, other):
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            best = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else best
    return table[-1][-1]


keys = st.lists(st.integers(0, 6), max_size=40)


@given(keys, keys)
def test_shared_words_is_the_longest_common_subsequence(one, other):
    assert shared_words(one, other) == longest_common(one, other)


@given(st.text(alphabet='Aa b.“”"\n3é\u200b’', max_size=200))
def test_words_lie_in_the_text_in_order_and_sentences_cover_them(text):
    words = cut(text)
    assert all(
        start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True)
    )
    assert list(words.starts) == sorted(words.starts)
    covered = [place for first, last in words.sentences for place in range(first, last)]
    assert covered == list(range(len(words.keys)))
    found = copy_keys(words)
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert compare(words, words) is None or compare(words, words).kind == "exact"


def test_a_long_text_has_no_more_keys_than_is_stated():
    text = " ".join(f"Number {n} met Number {n + 1} in town {n}." for n in range(5000))
    assert len(copy_keys(cut(text))) <= MOST


@pytest.mark.parametrize(
    ("odds", "others", "verdict"),
    [
        (-1.5, [-8.0, -8.5, -7.5] * 10, "suspect"),
        (0.5, [-1.0, -2.0, 0.0] * 10, "unremarkable"),
        (0.5, [-8.0] * 29, "suspect"),
        (3.0, [2.0, 4.0, 3.0] * 10, "suspect"),
    ],
)
def test_a_verdict_is_calibrated_by_the_outlet_where_there_is_data(odds, others, verdict):
    from onrecord.copies.rewriting import Rewriting, calibrated

    plain = Rewriting("suspect" if odds >= 0 else "unremarkable", odds)
    assert calibrated(plain, others).verdict == verdict
