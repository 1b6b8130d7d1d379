import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.models.features import (
    COLUMNS,
    LABELS,
    RELATIONS,
    SIZES,
    encode,
    relations_around,
    syntax_of,
    word_key,
)
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

NO_WORDS = np.zeros(0, np.uint64)


def encoded(text, *, syntax=True, vocabulary=NO_WORDS):
    tree = syntax_of(analyse(Article(text))) if syntax else None
    return encode(text, find_quotations(text), tree, vocabulary)


def words(text, features):
    return [text[start:end] for start, end in zip(features.starts, features.ends, strict=True)]


def test_tokens_are_words_and_single_marks():
    text = "It's 1,000 “yes”."
    assert words(text, encoded(text, syntax=False)) == [
        "It",
        "'",
        "s",
        "1",
        ",",
        "000",
        "“",
        "yes",
        "”",
        ".",
    ]


def test_a_word_with_a_vector_is_known_in_any_case():
    vocabulary = np.sort(np.array([word_key("kyiv"), word_key("denied")], np.uint64))
    known = encoded("Kyiv DENIED everything", syntax=False, vocabulary=vocabulary).columns[0]
    assert (known > 0).tolist() == [True, True, False]


def test_the_state_of_quotation_tells_marks_inside_and_outside():
    text = "He said “no thanks” twice"
    states = encoded(text, syntax=False).columns[COLUMNS.index("quote")]
    assert states.tolist() == [0, 0, 5, 1, 1, 8, 0]


def test_relations_follow_the_tree():
    text = "The minister said that nobody answered. Others slept."
    features = encoded(text)
    tokens = words(text, features)
    said = tokens.index("said")
    (relations,) = relations_around(np.array([said]), features, said + 1, len(features) - said)
    assert relations[0] == 0
    of = dict(zip(tokens, relations[1:].tolist(), strict=True))
    assert of["said"] == 3
    assert of["minister"] == of["The"] == 8 + LABELS.index("nsubj") + 1
    assert of["nobody"] == of["answered"] == 8 + LABELS.index("ccomp") + 1
    assert of["Others"] == of["slept"] == 2


def test_without_syntax_every_token_governs_itself():
    features = encoded("The minister said that nobody answered.", syntax=False)
    assert features.heads.tolist() == list(range(len(features)))
    assert not relations_around(np.array([2]), features, 4, 4).any()


@given(st.text(max_size=80))
def test_every_number_lies_within_its_table(text):
    features = encoded(text, syntax=False)
    assert (np.diff(features.starts) > 0).all()
    assert (features.ends > features.starts).all()
    for row, name in enumerate(COLUMNS[1:], 1):
        assert features.columns[row].min(initial=0) >= 0
        assert features.columns[row].max(initial=0) < SIZES[name]


@given(
    st.lists(
        st.sampled_from(
            ["Putin", "said", "that", "he", "“won", ".", ",", "”", "but", "did\n", "say"]
        ),
        max_size=30,
    )
)
def test_relations_lie_within_their_table(chosen):
    features = encoded(" ".join(chosen))
    relations = relations_around(np.arange(len(features)), features, 9, 9)
    assert relations.shape == (len(features), 18)
    assert ((relations >= 0) & (relations < RELATIONS)).all()
    assert (relations[:, 9] == 3).all()
