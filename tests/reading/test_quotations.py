import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.quotations import find_quotations

CASES = json.loads((Path(__file__).parents[1] / "cases" / "quotations.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_quotations_are_found_as_they_stand(case):
    text, found = case["text"], find_quotations(case["text"])
    assert [text[each.start : each.end] for each in found] == case["found"]
    for name, attribute in (("depths", "depth"), ("closed", "closed"), ("groups", "group")):
        if name in case:
            assert [getattr(each, attribute) for each in found] == case[name]


def test_the_inner_range_leaves_out_both_marks():
    text = "``The bridge is open,'' she said."
    (quotation,) = find_quotations(text)
    assert text[quotation.inner_start : quotation.inner_end] == "The bridge is open,"


TEXTS = st.text(alphabet=st.sampled_from("ab s.,:\n“”‘’\"'`«»„(1é"), max_size=200)


@given(TEXTS | st.text(max_size=80))
def test_offsets_lie_in_the_text_and_in_order(text):
    found = find_quotations(text)
    for each in found:
        assert 0 <= each.start <= each.inner_start <= each.inner_end <= each.end <= len(text)
        assert text[each.start : each.end].strip()
    assert [(each.start, -each.end) for each in found] == sorted(
        (each.start, -each.end) for each in found
    )


@given(TEXTS)
def test_quotations_nest_and_never_cross(text):
    found = find_quotations(text)
    for one in found:
        for other in found:
            crosses = one.start < other.start < one.end < other.end
            assert not crosses


@given(TEXTS)
def test_a_group_begins_with_its_first_part(text):
    found = find_quotations(text)
    for index, each in enumerate(found):
        assert each.group <= index
        assert found[each.group].group == each.group


@pytest.mark.parametrize("unit", ["“", '"a ', "'a ", "‘a’ “", "’s ", "''", "a\n", "«»"])
def test_time_grows_with_length_and_not_faster(unit):
    begun = time.process_time()
    find_quotations(unit * 10_000)
    assert time.process_time() - begun < 2
