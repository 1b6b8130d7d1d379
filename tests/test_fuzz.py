"""Some of the cases of `benchmarks/fuzz/run.py`; others each time a case is added."""


def test_nothing_breaks_on_what_nobody_would_write(program):
    fuzz = program("benchmarks/fuzz/run.py")
    *faults, (_, counts, _) = fuzz.run(first=0, count=600)
    assert faults == []
    assert set(counts) == {target.__name__ for target, _ in fuzz.TARGETS}


def test_a_case_is_made_of_its_number_alone(program):
    import random

    fuzz = program("benchmarks/fuzz/run.py")
    one, other = (fuzz.mutated(random.Random(7), fuzz.texts()[0]) for _ in range(2))  # noqa: S311
    assert one == other
