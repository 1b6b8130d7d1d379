"""The syntax network: trees for whatever scores come, long texts, files that are checked."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import ModelError
from onrecord.models import attribution, encoding
from onrecord.models import syntax as module
from onrecord.models.attribution import BLOCK
from onrecord.models.features import LABELS
from onrecord.models.syntax import Parse, SyntaxNetwork, load_syntax_network
from onrecord.reading.language import analyse


def governors(text):
    return [(each.text, each.dep, text_of(each)) for each in analyse(Article(text)).tokens]


def text_of(token):
    return token.head - token.index


def test_the_network_is_loaded_once():
    assert load_syntax_network() is load_syntax_network()


def test_a_sentence_is_parsed():
    document = analyse(Article("The minister denied that Russia had moved its troops."))
    said = {each.text: (each.dep, document.head(each).text) for each in document.tokens}
    assert said["minister"] == ("nsubj", "denied")
    assert said["denied"] == ("ROOT", "denied")
    assert said["Russia"] == ("nsubj", "moved")
    assert said["moved"] == ("ccomp", "denied")
    assert said["troops"] == ("dobj", "moved")


@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 150),
    share=st.sampled_from([0.0, 0.02, 0.3]),
)
def test_whatever_the_scores_each_sentence_is_a_tree(seed, count, share):
    chance = np.random.default_rng(seed)
    size = 4 * BLOCK
    tokens = np.sort(chance.choice(size, count, replace=False))
    scores = chance.normal(size=(size, 3 * BLOCK)).astype(np.float32)
    starts = chance.random(count) < share
    starts[0] = True
    heads = module._trees(scores, tokens, starts)
    sentence = np.cumsum(starts)
    assert (sentence[heads] == sentence).all()
    tops = module._tops(heads)
    assert (heads[tops] == tops).all()
    roots = np.bincount(sentence[heads == np.arange(count)], minlength=sentence[-1] + 1)
    assert (roots[1:] == 1).all()


def test_a_word_takes_its_best_governor_where_that_makes_a_tree():
    tokens = np.arange(3)
    scores = np.full((BLOCK, 3 * BLOCK), -5.0, np.float32)
    for word, governor in enumerate((1, 1, 1)):
        scores[word, BLOCK + governor] = 5
    assert module._trees(scores, tokens, np.array([True, False, False])).tolist() == [1, 1, 1]


def test_of_a_circle_the_link_that_costs_least_is_changed():
    tokens = np.arange(3)
    scores = np.full((BLOCK, 3 * BLOCK), -9.0, np.float32)
    scores[0, BLOCK + 0] = 5  # the root
    scores[1, BLOCK + 2], scores[1, BLOCK + 0] = 5, 4
    scores[2, BLOCK + 1], scores[2, BLOCK + 0] = 5, 0
    assert module._trees(scores, tokens, np.array([True, False, False])).tolist() == [0, 0, 1]


def test_joined_parses_point_where_they_did():
    def part(heads):
        count = len(heads)
        zeros = np.zeros(count, np.int64)
        return Parse(zeros, zeros, zeros, np.array(heads), np.arange(count) == 0)

    joined = Parse.joined([part([1, 1]), part([0, 0, 1])])
    assert joined.heads.tolist() == [1, 1, 2, 2, 3]
    assert joined.starts.tolist() == [True, False, True, False, False]
    assert len(Parse.joined([])) == 0


def test_a_text_of_many_chunks_is_parsed_like_a_short_one(monkeypatch):
    line = "The minister said on Monday that the talks had failed. Norway denied it.\n"
    text = line * 40
    whole = governors(text)
    monkeypatch.setattr(attribution, "CHUNK", 400)
    monkeypatch.setattr(encoding, "_STEP", 80)
    in_chunks = governors(text)
    same = sum(one == other for one, other in zip(whole, in_chunks, strict=True))
    assert same > 0.98 * len(whole)


def test_a_sentence_longer_than_a_chunk_is_cut(monkeypatch):
    text = "Norway, " * 300
    monkeypatch.setattr(encoding, "_STEP", 100)
    document = analyse(Article(text, language="en"))
    assert len(document.tokens) == 600
    assert len(document.sentences) > 1


def test_two_words_may_share_a_token():
    document = analyse(Article("Norway cannot wait."))
    said = [(each.text, each.lemma, each.dep, each.head) for each in document.tokens]
    assert said[1:4] == [
        ("can", "can", "aux", 3),
        ("not", "not", "neg", 3),
        ("wait", "wait", "ROOT", 3),
    ]


def test_a_mark_is_no_word():
    document = analyse(Article("This [Crimea] is — he said — ours: 10 % of it, “all”."))
    assert all(each.pos in {"PUNCT", "X"} for each in document.tokens if each.text in "[]—:,“”.")


@pytest.mark.parametrize("spoil", ["altered", "missing"])
def test_a_spoilt_file_is_refused(tmp_path, spoil):
    folder = tmp_path / "network"
    shutil.copytree(module.FOLDER, folder)
    if spoil == "altered":
        (folder / "scorer.onnx").write_bytes(b"something else")
    else:
        (folder / "labeller.onnx").unlink()
    with pytest.raises(ModelError, match="was altered" if spoil == "altered" else "cannot be read"):
        SyntaxNetwork(folder)


def test_the_card_lists_every_file_of_the_network():
    card = json.loads((module.FOLDER / "card.json").read_text("utf-8"))
    beside = {path.name for path in module.FOLDER.iterdir()}
    assert beside == set(card["files"]) | {"card.json", "README.md"}


def test_labels_are_those_of_the_features():
    labels = {each.dep for each in analyse(Article("Norway said that it is open to talks.")).tokens}
    assert labels <= set(LABELS)
