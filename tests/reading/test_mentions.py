"""Names, noun phrases and pronouns that may mean somebody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.knowledge.nominals import nominals
from onrecord.reading.actors.mentions import find_mentions
from onrecord.reading.actors.names import find_names
from onrecord.reading.language import analyse


def mentions_of(text):
    document = analyse(Article(text))
    return {document.span(m.first, m.last).text: m for m in find_mentions(document)}


def names_of(text):
    document = analyse(Article(text))
    return {document.span(n.first, n.last).text: n.kind for n in find_names(document)}


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("Russian Foreign Minister Sergey Lavrov left.", "Russian Foreign Minister Sergey Lavrov",
         "person"),
        ("US Secretary of State Antony Blinken left.", "US Secretary of State Antony Blinken",
         "person"),
        ("The Kremlin spokesman said no.", "The Kremlin spokesman", "person"),
        ("Two officials left the room.", "Two officials", "group"),
        ("Russian troops left.", "Russian troops", "group"),
        ("The alliance agreed.", "The alliance", "organization"),
        ("The country agreed.", "The country", "country"),
        ("Russia’s buildup worries Kyiv.", "Russia", "country"),
        ("The table is red.", "The table", "thing"),
    ],
)  # fmt: skip
def test_mention_has_its_span_and_kind(text, mention, kind):
    found = mentions_of(text)
    assert mention in found
    assert found[mention].kind == kind


@pytest.mark.parametrize(
    "text", ["It is clear that he lied.", "It seems that he lied.", "It was Putin who called."]
)
def test_empty_it_is_no_mention(text):
    assert "It" not in mentions_of(text)


def test_meaningful_it_is_a_mention():
    assert "It" in mentions_of("The firm failed. It owed millions.")


def test_adjective_of_a_country_is_no_mention_of_its_own():
    assert "Russian" not in mentions_of("Russian officials left.")


def test_title_is_no_second_mention():
    assert set(mentions_of("President Vladimir Putin left.")) == {"President Vladimir Putin"}


def test_surname_labelled_wrongly_once_is_a_person_throughout():
    names = names_of(
        "Sergey Lavrov spoke. Reporters followed Lavrov. An official said Lavrov did not answer."
    )
    assert set(names.values()) == {"person"}


def test_name_that_begins_a_longer_one_is_found_in_it():
    names = names_of("Andy Warhol painted. The Andy Warhol Foundation sold the works.")
    assert names["Andy Warhol"] == "person"
    assert names["Andy Warhol Foundation"] == "organization"


def test_nouns_are_lower_case_and_genders_agree_with_endings():
    words = nominals()
    for noun in words.person | words.group | set(words.classes):
        assert noun == noun.lower()
    assert not {
        noun for noun, told in words.gender.items() if noun.endswith("woman") and told == "m"
    }


@given(st.text(st.sampled_from("aA bB.’'\"“”()-,\n\tÉ7😀"), max_size=120))
@settings(max_examples=40)
def test_mentions_lie_in_the_text_in_order_of_their_heads(text):
    document = analyse(Article(text))
    found = find_mentions(document)
    assert [mention.index for mention in found] == list(range(len(found)))
    assert [m.head for m in found] == sorted({m.head for m in found})
    for mention in found:
        assert 0 <= mention.first <= mention.head < mention.last <= len(document.tokens)
