"""The work of reading grows as the text does, on ordinary and on hostile text.

What is counted are the calls of Python functions, which are the same on every machine.
"""

import cProfile

import pytest

import onrecord

TEXTS = {
    "denials": "Russia denied that Ukraine attacked. ",
    "sayings": "he said ",
    "nested quotations": "“he said ‘she said ",
    "relative clauses": "Berg, who said ",
    "conditions": "he said that if it rains, ",
    "names": "Russia and ",
    "marks": "“",
    "apostrophes": "' ",
    "letters of dialogue": "BERG: yes\n",
    "a long phrase": "the minister of ",
    "paragraphs": "“We will stay,” Berg said on Monday. She told Lund that it was over.\n\n",
}


def calls(text):
    profile = cProfile.Profile()
    profile.enable()
    onrecord.read(text, published="2022-02-02")
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS.keys())
def test_four_times_the_text_is_not_much_more_than_four_times_the_work(unit):
    few = max(1200 // len(unit), 20)
    onrecord.read("Kyiv denied it.")
    small, large = calls(unit * few), calls(unit * (4 * few))
    assert large < 6.5 * small, (small, large)
