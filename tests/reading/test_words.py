"""Words, paragraphs, datelines, before anything is read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.words import find_words, split_paragraphs


def cut(text):
    words = find_words(Article(text, language="en"))
    return [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kyiv's envoy didn't go.", "Kyiv |'s| envoy| did|n't| go|."),
        ("They’re “ready,” we’ll see", "They|’re| “|ready|,|”| we|’ll| see"),
        ("the U.S. and the U.K.-based firm", "the| U.S.| and| the| U.K.-based| firm"),
        ("On Feb. 3 Gen. Lee left.", "On| Feb.| 3| Gen.| Lee| left|."),
        ("a five-hour meeting", "a| five|-|hour| meeting"),
        ("$1,000.50, 3.5% at 10:30", "$|1,000.50|,| 3.5|%| at| 10:30"),
        ("cannot", "can|not"),
        ("He said...no -- never!", "He| said|...|no| --| never|!"),
        ("{said|told} us", "said|||told| us"),
        ("see www.example.com/a, please", "see| www.example.com/a|,| please"),
        ("It ended.Next came", "It| ended|.|Next| came"),
        ("AT&T and @user", "AT&T| and| @user"),
        ("George W. Bush", "George| W.| Bush"),
        ("John F.", "John| F."),
        ("O'Brien won't", "O'Brien| wo|n't"),
    ],
)
def test_words_are_cut_like_the_treebank(text, words):
    wanted = words.replace("|||", "\0").split("|")
    flat = [part for each in wanted for part in each.replace("\0", "\n|\n").split("\n")]
    assert cut(text) == [each.strip() for each in flat]


@given(st.text(max_size=80))
def test_words_are_in_order_and_leave_out_only_white_space_and_braces(text):
    words = find_words(Article(text, language="en"))
    at = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert re.fullmatch(r"[\s{}]*", text[at:start]), text
        assert start < end
        at = end
    assert re.fullmatch(r"[\s{}]*", text[at:])


def test_a_sentence_must_begin_with_a_paragraph_and_behind_a_dateline():
    text = "MOSCOW (Agency) - Russia denied it.\n\n“Never,” he said."
    words = find_words(Article(text))
    opening = [
        text[s:e] for s, e, o in zip(words.starts, words.ends, words.opens, strict=True) if o
    ]
    assert opening == ["MOSCOW", "Russia", "“"]
    assert [text[slice(*each)] for each in words.datelines] == ["MOSCOW (Agency) - "]


def test_marks_are_told_from_words():
    text = "“10 % & co — no?”"
    words = find_words(Article(text, language="en"))
    marked = [text[s:e] for s, e, m in zip(words.starts, words.ends, words.marks, strict=True) if m]
    assert marked == ["“", "—", "?", "”"]


def test_a_text_in_another_language_has_paragraphs_and_no_words():
    words = find_words(Article("Le ministre a dit non.\n\nIl a menti.", language="fr"))
    assert (len(words), len(words.paragraphs)) == (0, 2)


def test_paragraphs_are_lines_with_something_in_them():
    assert split_paragraphs(" \n a b \r\n\n c\u2028d") == ((3, 6), (11, 12), (13, 14))
