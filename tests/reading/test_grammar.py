"""What is mended in a parse, and what is left alone."""

import pytest

from onrecord.reading.grammar import Draft, mend


def draft_of(parse):
    """Read `word/tag/label>governor` with governors by number."""
    parts = [each.rsplit("/", 2) for each in parse.split()]
    labels, heads = zip(*(each[2].split(">") for each in parts), strict=True)
    texts = [each[0] for each in parts]
    marks = tuple(not any(map(str.isalnum, each)) for each in texts)
    lowers = [each.lower() for each in texts]
    tags = [each[1] for each in parts]
    return Draft(texts, lowers, tags, list(labels), [int(each) for each in heads], marks)


def mended(parse):
    draft = draft_of(parse)
    mend(draft)
    rows = zip(draft.texts, draft.tags, draft.labels, draft.heads, strict=True)
    return " ".join(f"{text}/{tag}/{label}>{head}" for text, tag, label, head in rows)


@pytest.mark.parametrize(
    ("parse", "wanted"),
    [
        (
            "demands/NNS/nsubj>1 are/VBP/ROOT>1 starters/JJ/acomp>1",
            "demands/NNS/nsubj>1 are/VBP/ROOT>1 starters/NNS/attr>1",
        ),
        (
            "gave/VBD/ROOT>0 Norway/NNP/nmod>3 six/CD/nummod>3 jets/NNS/dobj>0",
            "gave/VBD/ROOT>0 Norway/NNP/dative>0 six/CD/nummod>3 jets/NNS/dobj>0",
        ),
        (
            "Mr./NNP/compound>5 Lund/NNP/nmod>5 and/CC/cc>1 Danish/JJ/amod>4 King/NNP/conj>1 "
            "Berg/NNP/nsubj>6 spoke/VBD/ROOT>6",
            "Mr./NNP/compound>1 Lund/NNP/nsubj>6 and/CC/cc>1 Danish/JJ/amod>4 "
            "King/NNP/compound>5 Berg/NNP/conj>1 spoke/VBD/ROOT>6",
        ),
        (
            "Lund/NNP/nsubj>2 ,/,/punct>0 asked/VBD/ROOT>2 why/WRB/advmod>2 ,/,/punct>0 "
            "said/VBD/ccomp>2 no/UH/intj>5 ././punct>2",
            "Lund/NNP/nsubj>5 ,/,/punct>0 asked/VBN/acl>0 why/WRB/advmod>2 ,/,/punct>0 "
            "said/VBD/ROOT>5 no/UH/intj>5 ././punct>5",
        ),
        (
            "letters/NNS/nsubj>3 Norway/NNP/nsubj>2 sent/VBN/acl>0 are/VBP/ROOT>3",
            "letters/NNS/nsubj>3 Norway/NNP/nsubj>2 sent/VBD/relcl>0 are/VBP/ROOT>3",
        ),
        (
            "accused/VBD/ROOT>0 on/IN/prep>0 Monday/NNP/pobj>1 of/IN/prep>2 lying/VBG/pcomp>3",
            "accused/VBD/ROOT>0 on/IN/prep>0 Monday/NNP/pobj>1 of/IN/prep>0 lying/VBG/pcomp>3",
        ),
        (
            "WHO/WP/nsubj>1 says/VBZ/ROOT>1",
            "WHO/NNP/nsubj>1 says/VBZ/ROOT>1",
        ),
        (
            "Norway/NNP/nsubj>1 denies/VBZ/nsubj>2 promise/VBP/ROOT>2",
            "Norway/NNP/nsubj>1 denies/VBZ/ROOT>1 promise/NN/dobj>1",
        ),
        (
            "non/JJ/acomp>0 -/HYPH/attr>0",
            "non/JJ/acomp>0 -/HYPH/punct>0",
        ),
    ],
)
def test_what_cannot_be_is_mended(parse, wanted):
    assert mended(parse) == wanted


@pytest.mark.parametrize(
    "parse",
    [
        "it/PRP/nsubj>1 is/VBZ/ROOT>1 dangerous/JJ/acomp>1",
        "letters/NNS/ROOT>0 sent/VBN/acl>0 by/IN/agent>1 Norway/NNP/pobj>2",
        "the/DT/det>1 claim/NN/ROOT>1 that/IN/mark>4 he/PRP/nsubj>4 lied/VBD/acl>1",
        "Monday/NNP/ROOT>0 of/IN/prep>0 last/JJ/amod>3 week/NN/pobj>1",
        "WHO/WP/nsubj>1 SAYS/VBZ/ROOT>1",
        "who/WP/nsubj>1 says/VBZ/ROOT>1",
    ],
)
def test_what_may_be_is_left_alone(parse):
    assert mended(parse) == parse
