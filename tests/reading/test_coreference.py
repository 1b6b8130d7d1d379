"""Which mentions mean the same."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.actors.coreference import find_chains
from onrecord.reading.actors.mentions import find_mentions
from onrecord.reading.actors.stage import find_actors
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

CASES = json.loads((Path(__file__).parents[1] / "cases" / "coreference.json").read_text("utf-8"))
PAIRS = [
    (case["label"], case["text"], kind, pair)
    for case in CASES
    for kind in ("same", "apart")
    for pair in case.get(kind, [])
]


def actors_by_words(text):
    """Map the words of each mention to the ids of the actors that they mean."""
    found = {}
    for actor in find_actors(analyse(Article(text)), find_quotations(text), ()):
        for mention in actor.mentions:
            found.setdefault(mention.text, set()).add(actor.id)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "pair"),
    [each[1:] for each in PAIRS],
    ids=[f"{label}: {'/'.join(pair)}" for label, _, _, pair in PAIRS],
)
def test_words_mean_the_same_or_not(text, kind, pair):
    found = actors_by_words(text)
    one, other = (found.get(words, set()) for words in pair)
    if kind == "same":
        assert one & other
    else:
        assert not one & other


@pytest.mark.parametrize("case", [case for case in CASES if "absent" in case])
def test_words_that_mean_nobody_are_no_mention(case):
    assert not set(case["absent"]) & set(actors_by_words(case["text"]))


def test_uncertain_pronoun_is_less_sure_than_a_name():
    text = "Angela Merkel met Theresa May. She looked tired."
    document = analyse(Article(text))
    chains = find_chains(document, find_mentions(document), (), ())
    sureness = {
        document.span(mention.first, mention.last).text: sure
        for chain in chains
        for mention, sure in zip(chain.mentions, chain.sureness, strict=True)
    }
    assert sureness["She"] < sureness["Angela Merkel"]


WORDS = st.sampled_from(
    ["Putin", "he", "she", "it", "They", "said", "“", "”", '"', "the", "minister", ",", ".", "\n",
     "NATO", "its", "I", "we", "Ann Lee", "officials", "of", "and", "was", "a", "nurse", "’s", "("]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=40)
def test_every_mention_is_in_one_chain_at_most_and_in_order(text):
    document = analyse(Article(text))
    chains = find_chains(document, find_mentions(document), find_quotations(text), ())
    indices = [mention.index for chain in chains for mention in chain.mentions]
    assert len(indices) == len(set(indices))
    for chain in chains:
        heads = [mention.head for mention in chain.mentions]
        assert heads == sorted(heads)
        assert all(0 <= sure <= 1 for sure in chain.sureness)


def test_time_grows_with_length_not_with_its_square():
    import time

    sentence = re.sub(r"\s+", " ", "Ann Lee met the minister. He thanked her, and officials left. ")

    def seconds(times):
        document = analyse(Article(sentence * times))
        begun = time.process_time()
        find_chains(document, find_mentions(document), (), ())
        return time.process_time() - begun

    short = max(seconds(20), 0.005)
    assert min(seconds(200) for _ in range(3)) < 40 * short
