"""What the reader of a record is told about how it was made."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.language import analyse
from onrecord.reading.notices import find_notices
from onrecord.reading.quotations import find_quotations

PUBLISHED = dt.date(2022, 2, 2)


def codes_of(text, **known):
    article = Article(text, **{"published": PUBLISHED, "language": "en", **known})
    return [notice.code for notice in find_notices(analyse(article), find_quotations(text))]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kyiv “denied” it.", []),
        ("", ["empty"]),
        (" \n ", ["empty"]),
        ("“” «»", ["no-words"]),
        ("Kyiv said: “No.", ["unbalanced-quotation-marks"]),
        ("“One.\n\n“Two,” he said.", []),
        ("Kyiv\u200b denied it.", ["invisible-characters"]),
        ("\u041ayiv denied it, and so did Μόσχα and Москва.", ["mixed-scripts"]),
        ("Kyiv \u202edenied it.", ["direction-marks"]),
        ("Kyiv \x07denied it.", ["control-characters"]),
        ("Kyiv \ud800denied it.", ["broken-characters"]),
    ],
)
def test_oddity_is_noticed(text, codes):
    assert codes_of(text) == codes


def test_missing_date_is_noticed():
    assert codes_of("Kyiv denied it.", published=None) == ["no-publication-date"]


def test_other_language_is_noticed():
    assert codes_of("Le ministre a parlé.", language="fr") == ["not-english"]


@settings(max_examples=30)
@given(st.text())
def test_notices_never_fail(text):
    assert all(code for code in codes_of(text))
