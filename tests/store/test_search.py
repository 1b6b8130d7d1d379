import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.search import CLOSING, OPENING, snippet, to_fts5


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(content)")
    yield connection
    connection.close()


@given(words=st.text())
def test_no_words_break_a_query(index, words):
    index.execute("SELECT * FROM words WHERE words MATCH ?", (to_fts5(words),)).fetchall()


def test_a_snippet_is_where_the_words_are():
    text = "Nothing here. " * 50 + "He denied the promises made in 1990. " + "More. " * 50
    found = snippet(text, "promise denied")
    assert f"{OPENING}denied{CLOSING} the {OPENING}promises{CLOSING}" in found
    assert len(found) < 200


@given(text=st.text(), words=st.text())
def test_a_snippet_holds_nothing_that_is_not_in_the_text(text, words):
    found = snippet(text, words).removeprefix("… ").removesuffix(" …")
    if OPENING not in text and CLOSING not in text:
        assert found.replace(OPENING, "").replace(CLOSING, "") in text
