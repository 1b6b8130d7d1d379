import dataclasses

import pytest

import onrecord
from onrecord.article import Span
from onrecord.export.terminal import record_to_text
from onrecord.export.wording import ACT_VERBS, Teller, verb_of
from onrecord.record import ACTS, Record, Suspect


def test_every_act_has_a_verb():
    assert set(ACT_VERBS) == set(ACTS)


def test_a_negated_cue_is_told_as_it_stands():
    told = onrecord.read("Lund said Anna Berg did not think there had been a flood.").statements
    assert [verb_of(each) for each in told] == ["says", "did not think"]


def test_who_declines_to_comment_is_not_told_to_say_it():
    (statement,) = onrecord.read("The firm declined to comment on the report.").statements
    assert (statement.act, verb_of(statement)) == ("state", "declines")


@pytest.mark.parametrize(
    "words",
    [
        "Berg denies it",
        "The Elms Post · published 2022-02-02 (from the text)",
        "3 statements · 3 speakers · 1 event · 1 dispute · 1 suspect wording",
        "Anna Berg  foreign minister · NOR GOV",
        "as told by an official (s1)",
        "denies the minister of Sudland (s3)",
        "hedged · uncertain (0.40)",
        "“You broke it,” … “All of it.”",
        "to Anna Berg",
        "Anna Berg → the minister of Sudland  met  (meet)",
        "according to an official (s1) · disputed by the minister of Sudland (s3)",
        "Berg denies what Sudland's minister says.",
        "→ news conference",
        "The outlet is a guess.",
    ],
)
def test_the_view_tells(record, words):
    assert words in record_to_text(record, width=160)


def test_the_view_keeps_to_the_width(record):
    lines = record_to_text(record, width=40).splitlines()
    assert max(len(line) for line in lines) <= 40


def test_context_shows_the_sentence_with_its_parts_marked(record):
    view = record_to_text(record, context=True, width=200)
    assert "⟨Anna Berg⟩ ⁅denied⁆ on Tuesday ⟦that Norland had “any plan [for war]”⟧" in view
    assert "⟦“You broke it,”⟧ ⟨the minister of Sudland⟩ ⁅told⁆ Berg. ⟦“All of it.”⟧" in view


def test_an_empty_record_says_why_and_has_no_empty_section(record):
    view = record_to_text(Record(record.article, notices=record.notices))
    assert "0 statements" in view
    assert "The outlet is a guess." in view
    assert "WHO SAID WHAT" not in view


def test_control_characters_of_the_article_never_reach_the_terminal(record):
    suspect = Suspect(Span(0, 4, "a\x1b[2Jb\u202e"), "artefact", None, 1.0, "hand")
    view = record_to_text(dataclasses.replace(record, suspect=(suspect,)))
    assert "\x1b" not in view
    assert "\u202e" not in view


def test_a_long_list_of_suspect_wording_is_cut_and_says_so(record):
    view = record_to_text(dataclasses.replace(record, suspect=record.suspect * 50))
    assert "and 10 more (--json has all)" in view


def test_statements_without_a_speaker_are_grouped_under_the_words_of_their_source(record):
    nameless = dataclasses.replace(record.statements[0], speakers=())
    (voice,) = Teller(dataclasses.replace(record, statements=(nameless,))).voices()
    assert (voice.name, voice.speakers) == ("an official", ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n Berg denies it \n\nMore.", "Berg denies it"),
        ("word " * 40, ("word " * 16).strip() + " …"),
        ("x" * 300, " …"),
    ],
)
def test_without_a_title_the_beginning_of_the_text_stands_for_it(record, text, shown):
    article = dataclasses.replace(record.article, title=None, text=text)
    assert record_to_text(Record(article)).splitlines()[0].endswith(shown)
