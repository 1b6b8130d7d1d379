"""The table of stages is checked before anything runs, and any stage can be replaced."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import PipelineError
from onrecord.reading.pipeline import STAGES, Reader


def test_another_function_can_stand_for_a_stage():
    reader = Reader().with_stage("times", lambda _document: ())
    text = "Kyiv denied it on Tuesday."
    assert Reader().read(Article(text)).times
    assert reader.read(Article(text)).times == ()


def test_a_stage_that_is_not_there_cannot_be_replaced():
    with pytest.raises(PipelineError, match="no stage 'weather'"):
        Reader().with_stage("weather", lambda: ())


def test_a_table_that_lacks_what_a_stage_needs_is_refused():
    without_language = tuple(stage for stage in STAGES if stage.name != "language")
    with pytest.raises(PipelineError, match="document, which no earlier stage gives"):
        Reader(without_language)


def test_every_stage_is_timed():
    reading = Reader().read_timed(Article("Kyiv denied it."))
    assert [name for name, _ in reading.seconds] == [stage.name for stage in STAGES]


ONE_CORE = """
import os
from pathlib import Path

import onrecord

for path in sorted(Path("examples").glob("*.txt")) * 3:
    onrecord.read(path.read_text("utf-8"))
ticks = {}
for task in Path("/proc/self/task").iterdir():
    after_name = task.joinpath("stat").read_text().rpartition(")")[2].split()
    ticks[int(task.name)] = sum(map(int, after_name[11:13]))
print(ticks.pop(os.getpid()), sum(ticks.values()))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted on Linux")
def test_a_reader_keeps_to_one_core():
    own = {name: value for name, value in os.environ.items() if not name.endswith("NUM_THREADS")}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", ONE_CORE],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        env=own,
    )
    first, others = map(int, done.stdout.split())
    assert others < first / 5
