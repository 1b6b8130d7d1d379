from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.segments import Mark, split_at_marks

TEXT = "He said that she said no."
marks = st.builds(
    lambda a, b, of: Mark(min(a, b), max(a, b), "content", of),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["s1", "s2", "s3"]),
)


@given(marks=st.lists(marks, max_size=8))
def test_segments_are_the_whole_text_and_each_lies_wholly_in_its_marks(marks):
    segments = split_at_marks(TEXT, (0, len(TEXT)), marks)
    assert "".join(segment.text for segment in segments) == TEXT
    for segment in segments:
        covering = {m.of for m in marks if m.start <= segment.start and segment.end <= m.end}
        assert {m.of for m in segment.marks} == covering


def test_a_nested_mark_cuts_the_outer_one_in_three():
    outer, inner = Mark(0, 25, "content", "s1"), Mark(8, 12, "cue", "s2")
    segments = split_at_marks(TEXT, (0, 25), [outer, inner])
    assert [tuple(m.of for m in s.marks) for s in segments] == [("s1",), ("s1", "s2"), ("s1",)]


def test_marks_outside_the_span_are_left_out():
    (segment,) = split_at_marks(TEXT, (3, 7), [Mark(10, 12, "cue", "s1")])
    assert (segment.text, segment.marks) == ("said", ())
