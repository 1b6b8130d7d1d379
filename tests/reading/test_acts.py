import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.language import analyse
from onrecord.reading.statements.acts import classify_act
from onrecord.record import ACTS, EVENT_TYPES

ROOT = Path(__file__).resolve().parents[2]
"""Accuracy on the labelled Reuters statements that are found, measured on 2026-11-23."""
CASES = json.loads((Path(__file__).parents[1] / "cases" / "acts.json").read_text("utf-8"))
DOCUMENT = analyse(
    Article("Kyiv denied it. “If they come, we won't pay,” she told Oslo. Who? Leave! He did not.")
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["failing"])] if "failing" in case else [],
        )
        for case in CASES
    ],
)
def test_a_saying_does_what_its_words_do(case, say):
    (statement,) = (each for each in say(case).statements if each.cue)
    assert statement.act == case["act"]
    for code in ("plover", "cameo"):
        assert code not in case or getattr(statement, code) == case[code]


def test_every_act_has_codes_and_cues():
    lexicon = load_reporting()
    cued = {entry.act for entries in lexicon.cues.values() for entry in entries}
    assert set(lexicon.codes) == cued == set(ACTS)


def test_codes_are_those_of_plover_and_cameo():
    for code in load_reporting().codes.values():
        assert code.plover is None or code.plover in EVENT_TYPES
        assert code.cameo.isdigit()
        assert len(code.cameo) == 3


def test_the_lexicon_knows_several_hundred_cues():
    assert sum(len(entries) for entries in load_reporting().cues.values()) > 800


def test_no_cue_says_two_things_in_one_frame():
    for (_, part), entries in load_reporting().cues.items():
        keys = [(entry.words, entry.frame) for entry in entries]
        assert len(keys) == len(set(keys)), (part, keys)


INDICES = st.lists(st.integers(0, len(DOCUMENT.tokens) - 1), max_size=12, unique=True)


@settings(max_examples=60)
@given(cue=INDICES, content=INDICES, is_quoted=st.booleans())
def test_any_cue_and_content_give_some_act(cue, content, is_quoted):
    found = classify_act(DOCUMENT, tuple(sorted(cue)), tuple(sorted(content)), is_quoted=is_quoted)
    assert found.act in ACTS
    assert found.found_by
