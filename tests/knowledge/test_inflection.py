"""Dictionary forms: irregular ones, doubled letters, silent e."""

import pytest

from onrecord.knowledge.inflection import lemma_of


@pytest.mark.parametrize(
    ("word", "tag", "base"),
    [
        ("said", "VBD", "say"),
        ("n't", "RB", "not"),
        ("'re", "VBP", "be"),
        ("planned", "VBD", "plan"),
        ("boycotting", "VBG", "boycott"),
        ("extradited", "VBD", "extradite"),
        ("treated", "VBN", "treat"),
        ("negotiating", "VBG", "negotiate"),
        ("visited", "VBD", "visit"),
        ("inviting", "VBG", "invite"),
        ("required", "VBN", "require"),
        ("agreed", "VBD", "agree"),
        ("compelled", "VBD", "compel"),
        ("focused", "VBN", "focus"),
        ("accuses", "VBZ", "accuse"),
        ("vetoes", "VBZ", "veto"),
        ("resold", "VBD", "resell"),
        ("spokeswomen", "NNS", "spokeswoman"),
        ("allies", "NNS", "ally"),
        ("movies", "NNS", "movie"),
        ("clashes", "NNS", "clash"),
        ("campuses", "NNS", "campus"),
        ("worst", "JJS", "bad"),
        ("larger", "JJR", "large"),
        ("heavier", "JJR", "heavy"),
        ("singing", "VBG", "sing"),
        ("going", "VBG", "go"),
        ("beginning", "VBG", "begin"),
        ("russians", "NNPS", "russians"),
        ("them", "PRP", "they"),
    ],
)
def test_base_form(word, tag, base):
    assert lemma_of(word, tag) == base
