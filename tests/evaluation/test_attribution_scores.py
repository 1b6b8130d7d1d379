import json
import random
import time
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.evaluation.attribution import Compared, judge, score_attributions
from onrecord.evaluation.words import Words

TEXT = (
    "The mayor said the bridge is safe. “I love it,” she said. "
    "Critics called it “a joke” in May.\nRain fell."
)


@dataclass(frozen=True)
class Said:
    source: tuple = ()
    content: tuple = ()
    probability: float = 1.0


def spans(words, after=0):
    start = TEXT.index(words, after)
    return ((start, start + len(words)),)


GOLD = (
    Said(spans("The mayor"), spans("the bridge is safe.")),
    Said(spans("she"), spans("“I love it,”")),
    Said(spans("Critics"), spans("it “a joke” in May", 70)),
)


def score(found, gold=GOLD, text=TEXT, **options):
    return score_attributions([Compared(text, gold, found)], **options)


def percents(rates):
    return [round(100 * each, 1) for each in (rates.precision, rates.recall, rates.f1)]


def test_gold_scores_full_marks_against_itself():
    scores = score(GOLD)
    rows = (scores.found, scores.exact, scores.end_to_end)
    assert [percents(row) for row in rows] == [[100.0] * 3] * 3
    assert [row.gold for row in (scores.direct, scores.indirect, scores.mixed)] == [1, 1, 1]
    assert (scores.source_accuracy, scores.calibration_error) == (1.0, 0.0)


def test_what_is_partly_right_is_counted_part_by_part():
    found = (
        Said(spans("mayor"), spans("the bridge is safe")),
        Said(spans("Critics"), spans("I love it")),
        Said(spans("Critics"), spans("a joke")),
        Said((), spans("Rain fell")),
    )
    scores = score(found)
    assert percents(scores.found) == percents(scores.exact) == [50.0, 66.7, 57.1]
    assert percents(scores.end_to_end) == [25.0, 33.3, 28.6]
    assert percents(scores.indirect) == [50.0, 100.0, 66.7]
    assert percents(scores.direct) == percents(scores.mixed) == [0.0] * 3
    assert (scores.direct.found, scores.mixed.found) == (2, 0)
    assert scores.source_accuracy == 0.5


def test_a_found_attribution_has_one_partner():
    assert percents(score((*GOLD, GOLD[0])).found) == [75.0, 100.0, 85.7]


def test_the_pair_that_shares_most_is_assigned_first():
    short = Said((), spans("the bridge is"))
    scores = score((short, GOLD[0]), gold=GOLD[:1])
    assert scores.exact.found_right == scores.end_to_end.found_right == 1


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("The mayor", "mayor", True),
        ("The mayor", "The", False),
        ("she", "she", True),
        ("The", "The mayor", True),
        ("", "", True),
        ("", "mayor", False),
        ("mayor", "", False),
    ],
)
def test_a_source_is_right_if_it_shares_a_telling_word(gold, found, right):
    marked, other = (Said(spans(each) if each else (), GOLD[0].content) for each in (gold, found))
    assert (score((other,), (marked,)).end_to_end.gold_right == 1) is right


def test_only_quoted_words_count_in_the_quoted_view():
    found = (GOLD[0], replace(GOLD[1], source=()), Said(spans("Critics"), spans("a joke")))
    scores = score(found, quoted=True)
    assert (scores.found.gold, scores.found.found) == (2, 2)
    assert percents(scores.exact) == [100.0] * 3
    assert percents(scores.end_to_end) == [50.0] * 3
    assert score(found, quoted=True, min_words=3).found.gold == 1


def test_a_content_of_marks_alone_counts_and_one_of_white_space_does_not():
    text = "He said: — no."
    marks, space = Said((), ((9, 10),)), Said((), ((8, 9),))
    assert score((marks, space), (marks, space), text).exact.gold_right == 1
    assert score((marks, space), (marks, space), text).exact.gold == 1
    assert score((marks,), (marks,), text, quoted=True).exact.gold == 0


def test_each_found_attribution_is_judged_in_its_order():
    wrong = Said(spans("Critics"), spans("I love it"))
    found = (GOLD[2], wrong, Said((), ((8, 8),)), GOLD[0], GOLD[0])
    assert judge(TEXT, GOLD, found) == (True, False, False, True, False)
    assert judge(TEXT, GOLD, ()) == ()


def test_a_content_of_white_space_is_judged_wrong_and_shifts_nothing():
    space = Said((), ((TEXT.index(" "), TEXT.index(" ") + 1),))
    assert judge(TEXT, GOLD, (space, GOLD[1])) == (False, True)


def test_nothing_found_scores_nothing():
    scores = score(())
    assert percents(scores.found) == [0.0] * 3
    assert (scores.source_accuracy, scores.calibration_error) == (None, None)


def test_no_articles_score_nothing():
    scores = score_attributions([])
    assert (scores.articles, scores.found.f1, scores.calibration_error) == (0, 0.0, None)


def test_calibration_error_is_the_mean_gap_between_probability_and_being_right():
    wrong = Said((), spans("Rain fell"), 0.35)
    found = (replace(GOLD[0], probability=0.9), replace(GOLD[1], probability=0.95), wrong)
    # One bin holds .9 and .95, both right: its gap counts twice; the other holds .35, wrong.
    assert score(found).calibration_error == pytest.approx((2 * 0.075 + 0.35) / 3)


def test_a_gap_is_taken_over_a_bin_and_not_over_each():
    found = (replace(GOLD[0], probability=0.5), Said((), spans("Rain fell"), 0.5))
    assert score(found).calibration_error == 0.0


def test_a_certain_finding_is_in_the_last_bin():
    assert score((GOLD[0], replace(GOLD[1], probability=0.95))).calibration_error == pytest.approx(
        0.025
    )


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('a "b c" d', "bc"),
        ("a `` b c '' d", "bc"),
        ("a '' b c '' d ''e'' f", "bce"),
        ("a “b\n“c d” e", "bcd"),
        ("a “b\nc", "b"),
        ("don't ‘a’", ""),
        ("a ” b ” c", "ab"),
        ("a “b” c ” d", "b"),
        ("a „b” c ” d", "abc"),
    ],
)
def test_words_between_double_marks_are_quoted(text, quoted):
    words = Words(text)
    found = sorted(words.words_of(words.quoted))
    assert "".join(words._forms[each] for each in found) == quoted


def test_a_text_ten_times_as_long_takes_no_hundred_times_as_long():
    def seconds(copies):
        text = TEXT * copies
        shift = [number * len(TEXT) for number in range(copies)]
        said = [moved(each, by) for by in shift for each in GOLD]
        begun = time.process_time()
        assert score(said, said, text).exact.gold_right == 3 * copies
        return time.process_time() - begun

    assert seconds(2000) < 40 * max(seconds(200), 0.005)


def moved(said, by):
    ranges = [
        tuple((start + by, end + by) for start, end in part) for part in (said.source, said.content)
    ]
    return Said(*ranges)


# --------------------------------------------------------------- against the benchmark's own scorer


@pytest.fixture(scope="module")
def scorer(bench, program):
    return program(bench / "score_attribution.py")


@pytest.fixture(scope="module")
def polnear(bench):
    lines = (bench / "polnear_dev.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def perturbed(row, chance):
    """Drop, move, merge and double some of an article's attributions, and forget some sources."""
    found, length = [], len(row["text"])
    for each in row["attributions"]:
        what = chance.random()
        if what >= 0.1:
            before = found.pop()["content"] if found and what < 0.2 else []
            found += [changed(each, before, length, chance)] * (2 if what > 0.95 else 1)
    chance.shuffle(found)
    return found


def changed(attribution, before, length, chance):
    what = chance.random()
    content, source = sorted(before + attribution["content"]), attribution["source"]
    if what < 0.3:
        content = shaken(content, length, chance)
    elif what < 0.45:
        source = shaken(source, length, chance)
    elif what < 0.5:
        source = []
    return {"source": source, "content": content}


def shaken(ranges, length, chance):
    moved = (
        [start + chance.randint(-40, 40), end + chance.randint(-40, 40)] for start, end in ranges
    )
    return [[max(0, start), min(length, end)] for start, end in moved if 0 <= start < end <= length]


def as_said(attributions):
    return [Said(tuple(each["source"]), tuple(each["content"])) for each in attributions]


def both(scorer, rows, found, *, view=None, least=1):
    summary, _ = scorer.run(rows, found, view=view, minw=least)
    compared = [
        Compared(row["text"], as_said(row["attributions"]), as_said(found[row["id"]]))
        for row in rows
    ]
    return summary, score_attributions(compared, quoted=view == "quoted", min_words=least)


def assert_same(summary, scores):
    assert percents(scores.found) == summary["detect_iou50"]
    assert percents(scores.exact) == summary["detect_exact"]
    assert percents(scores.end_to_end) == summary["e2e"]
    assert (scores.found.gold, scores.found.found) == (summary["gold"], summary["pred"])
    assert scores.found.gold_right == summary["matched"]
    accuracy = scores.source_accuracy
    assert (accuracy if accuracy is None else round(100 * accuracy, 1)) == summary["source_acc"]
    for kind, row in summary["types"].items():
        rates = getattr(scores, kind)
        assert (rates.gold, rates.found) == (row["gold"], row["pred"])
        assert percents(rates) == row["e2e"]


@pytest.mark.bench
@pytest.mark.parametrize(("view", "least"), [(None, 1), ("quoted", 1), ("quoted", 4)])
@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_the_benchmarks_scorer(scorer, polnear, seed, view, least):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    found = {row["id"]: perturbed(row, chance) for row in polnear}
    summary, scores = both(scorer, polnear, found, view=view, least=least)
    assert_same(summary, scores)
    assert 50 < summary["e2e"][2] < 95


PIECES = st.sampled_from([*"“”\"„‘'.,—-_", "``", "''", "\n", " ", "Ito", "the", "it", "é", "²"])
LENGTH = 30


@st.composite
def small_articles(draw):
    text = "".join(draw(st.lists(PIECES, min_size=1, max_size=LENGTH)))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    ranges = st.lists(edges.map(sorted), max_size=2)
    attribution = st.fixed_dictionaries({"source": ranges, "content": ranges})
    marked, found = (draw(st.lists(attribution, max_size=5)) for _ in range(2))
    return {"id": "x", "text": text, "attributions": marked}, found


@pytest.mark.bench
@given(article=small_articles(), least=st.sampled_from([0, 1, 2]))
@settings(max_examples=300)
def test_figures_of_odd_articles_are_those_of_the_benchmarks_scorer(scorer, article, least):
    row, found = article
    view = "quoted" if least else None
    assert_same(*both(scorer, [row], {"x": found}, view=view, least=max(least, 1)))
