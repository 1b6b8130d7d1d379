import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.attribution.phrases import completed, whole_words
from onrecord.reading.attribution.reach import through_main_clause
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

CASES = json.loads((Path(__file__).parents[1] / "cases" / "attribution.json").read_text("utf-8"))


def attribute(text, *, syntax=True):
    document = analyse(Article(text)) if syntax else None
    return find_attributions(text, find_quotations(text), document)


def as_strings(text, attribution):
    return {
        "source": " ".join(text[start:end] for start, end in attribution.source),
        "cue": " ".join(text[start:end] for start, end in attribution.cue),
        "content": [text[start:end] for start, end in attribution.content],
    }


def agrees(text, attributions, attribution, wanted):
    found = as_strings(text, attribution)
    within = attribution.within
    outer = None if within is None else as_strings(text, attributions[within])["source"]
    return (
        found["source"] == wanted["source"]
        and wanted.get("cue", "") in found["cue"]
        and [each.rstrip(".") for each in wanted.get("content", found["content"])]
        == [each.rstrip(".") for each in found["content"]]
        and wanted.get("within", outer) == outer
    )


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["fails"])] if "fails" in case else [],
        )
        for case in CASES
    ],
)
def test_statements_are_attributed(case):
    text = case["text"]
    found = attribute(text)
    if case.get("absent"):
        assert [as_strings(text, each) for each in found] == []
    for wanted in case.get("expect", []):
        assert any(agrees(text, found, each, wanted) for each in found), [
            as_strings(text, each) for each in found
        ]


def assert_well_formed(text, found):
    for index, each in enumerate(found):
        assert each.content
        for spans in (each.source, each.cue, each.content):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert list(spans) == sorted(spans)
        assert 0 <= each.probability <= 1
        assert each.within is None or (0 <= each.within < len(found) and each.within != index)
    assert [each.content[0][0] for each in found] == sorted(each.content[0][0] for each in found)


PIECES = """said that “No,” he ”yes. " Q: PESKOV: ’ ‘ the told accused of , . — according to ― Bo"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\n\n"])


@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_yields_ordered_ranges_within_it(text):
    assert_well_formed(text, attribute(text, syntax=False))


def test_the_same_text_yields_the_same_attributions():
    text = "“We have waited,” she said. The minister denied it.\n\n" * 3
    assert attribute(text) == attribute(text)


def test_a_text_without_language_analysis_is_read_too():
    text = "“The bridge will stay closed,” said Mayor Ana Keller."
    (found,) = attribute(text, syntax=False)
    assert as_strings(text, found)["source"] == "Mayor Ana Keller"


def test_a_long_text_is_read_to_its_end():
    text = "The mayor walked home and slept until noon. " * 600 + "“It is over,” Keller said."
    found = attribute(text, syntax=False)
    assert {"Keller"} <= {as_strings(text, each)["source"] for each in found}


def test_nothing_is_found_in_an_empty_text():
    assert find_attributions("", ()) == ()
    assert find_attributions(" \n", ()) == ()


@pytest.mark.parametrize(
    ("begun", "rest", "reaches"),
    [
        ("that if it rains,", " the match is off. Nobody came", " the match is off"),
        ("that if Oslo “does not act,”", " then war is near", " then war is near"),
        ("that while it rained", ", he argued, all was well", ""),
        ("that the match was off,", " if it rained", ""),
    ],
)
def test_a_content_does_not_stop_at_its_condition(begun, rest, reaches):
    text = begun + rest
    cue = text.find("he argued")
    busy = ((cue, cue + 9),) if cue >= 0 else ()
    found = through_main_clause(((0, len(begun)),), busy, text, len(text))
    assert [text[start:end] for start, end in found] == [begun + reaches]


def test_an_inner_content_ends_with_the_content_around_it():
    text = "that if it rains, the match is off and he left"
    around = text.index(" and he left")
    found = through_main_clause(((0, 17),), (), text, around)
    assert found == ((0, around),)


@pytest.mark.parametrize(
    ("begun", "rest", "wanted"),
    [
        ("that troops stood at the", " border on Monday.", "border"),
        ("that the talks had failed because of", " the blockade.", "the blockade"),
        ("that Moscow would", " withdraw its troops.", "withdraw its troops"),
        ("that nobody was ready for", " that. Kyiv waited.", "that"),
        ("that the plan was", " widely criticised by diplomats.", "widely criticised by diplomats"),
        ("that it wanted to leave the United", " Nations.", "Nations"),
        ("that the border was closed", " on Monday.", ""),
        ("that it would wait", ", the agency reported.", ""),
        ("that it had nothing to wait for", ".", ""),
    ],
)
def test_a_content_does_not_stop_in_the_midst_of_a_phrase(begun, rest, wanted):
    text = f"The minister said {begun}{rest}"
    start = text.index(begun)
    content = ((start, start + len(begun)),)
    ((_, end),) = completed(analyse(Article(text)), content, ((0, start),))
    assert text[start + len(begun) : end].strip() == wanted


def test_a_content_that_stops_with_the_first_word_of_a_sentence_stops_before_it():
    text = "The minister said that it was over. In another town shots were heard."
    content = ((18, text.index("In") + 2),)
    ((start, end),) = completed(analyse(Article(text)), content, ((0, 17),))
    assert text[start:end] == "that it was over."


def test_a_content_does_not_reach_into_its_own_source():
    text = "That the talks were at an end the minister said on Monday."
    content = ((0, text.index(" end")),)
    source = (text.index("end"), text.index(" said"))
    ((_, end),) = completed(analyse(Article(text)), content, (source,))
    assert end <= source[0]


def test_a_source_is_no_piece_of_a_word():
    document = analyse(Article("The Times said so. U.S. officials agreed."))
    times, piece = (0, 9), (19, 20)
    assert whole_words(document, (times, piece)) == (times,)
    assert whole_words(document, (piece,)) == (piece,)
