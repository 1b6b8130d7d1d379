"""The date and language that a text itself tells."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.publication import find_publication, is_readable

FEBRUARY = dt.date(2022, 2, 2)


@pytest.mark.parametrize(
    "text",
    [
        " date 2022-02-02 For weeks, little was said.",
        "Envoys meet again\n\nWednesday, February 2, 2022\n\nEnvoys met again.",
        "WASHINGTON, Feb 2, 2022 (Reuters) - Envoys met again.",
        "MOSCOW — 2 February 2022 — Envoys met again.",
        "Published: 2 February 2022\nEnvoys met again.",
        "By Jane Doe, CNN\nUpdated 9:12 PM ET, Wed February 2, 2022\nEnvoys met again.",
        "2022-02-02T10:00:00Z\nEnvoys met again.",
        "FOR IMMEDIATE RELEASE\nFebruary 2, 2022\n\nStatement",
        "02/02/2022 - 10:45\nEnvoys met again.",
        "Crisis live\n\nUpdates from Wednesday 2 February 2022. All times GMT.\n\n19.40\nGoodbye.",
        "Jane Doe in Kyiv | Published on 2 February 2022 | 3 min\nEnvoys met again.",
    ],
)
def test_header_or_dateline_gives_the_date(text):
    found = find_publication(Article(text))
    assert (found.published, found.published_from) == (FEBRUARY, "text")


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met on 2 February 2022.",
        "On February 2, 2022 the envoys met.",
        "July 4, 1776 was a Thursday.",
        "The bonds mature later.\nThe redemption date will be May 8, 2022.",
        "WASHINGTON, Feb 2 (Reuters) - Envoys met again.",
        "KYIV (AP) — The minister said on Feb. 3, 2022 that talks went on.",
        "",
    ],
)
def test_date_in_prose_or_without_year_is_not_taken(text):
    assert find_publication(Article(text)).published is None


def test_given_date_is_kept():
    given_article = Article("2021-01-01 Old news.", published=FEBRUARY)
    found = find_publication(given_article)
    assert (found.published, found.published_from) == (FEBRUARY, "given")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Tuesday that the talks had failed and that they would go on.", "en"),
        (
            "Le ministre a déclaré mardi que les négociations avec la Russie ont échoué et que.",
            "fr",
        ),
        (
            "Der Mann sagte, dass es mit den Russen nicht gut und auch nicht zu Ende ist.",
            "de",
        ),
        (
            "El ministro dijo el martes que las conversaciones con Rusia no se han acabado y que.",
            "es",
        ),
        ("Министр сказал: переговоры идут, но выводы делать рано.", "ru"),
        ("Міністр сказав, що переговори тривають, її країна готова.", "uk"),
        ("部长星期二表示谈判仍在继续。", "zh"),
        ("大臣は火曜日、協議は続いていると述べた。", "ja"),
        ("قال الوزير يوم الثلاثاء إن المحادثات مستمرة", "ar"),
    ],
)
def test_language_is_told(text, language):
    assert find_publication(Article(text)).language == language


def test_short_text_has_no_language_and_is_read():
    article = find_publication(Article("Kyiv denied it."))
    assert article.language is None
    assert is_readable(article)


def test_long_text_without_english_words_is_not_read():
    assert not is_readable(Article("lorem ipsum dolor sit amet " * 20))


@given(st.text())
def test_text_is_never_changed(text):
    assert find_publication(Article(text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "U.S. President Joe Biden phoned Finland's President Sauli Niinisto on Friday, discussing "
        "U.S. troop deployments near Russia's western border.",
        "Peru's Prime Minister Mirtha Vasquez rejected Bolivia's criticism on Tuesday, defending "
        "Lima's decision to recall Peru's ambassador.",
    ],
)
def test_names_with_single_letters_left_over_do_not_make_a_sentence_foreign(text):
    assert is_readable(find_publication(Article(text)))
