"""What the benchmarks found is written down, section by section, and drawn; none is run."""

import doctest
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def load(program, monkeypatch):
    """Return a function that loads a program of the folder, which imports its neighbours."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return lambda name: program(f"benchmarks/{name}.py")


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 (our own)


def test_bars_are_as_long_as_what_they_tell(load):
    charts = load("charts")
    drawn = parsed(charts.bars("Speed", [charts.Bar("a <b>", 10), charts.Bar("c", 5)]))
    first, second = (float(each.get("width")) for each in drawn.iter(f"{SVG}rect"))
    assert first == pytest.approx(2 * second)
    assert "a <b>" in [each.text for each in drawn.iter(f"{SVG}text")]


def test_a_curve_rises_with_its_figures(load):
    drawn = parsed(load("charts").curve("Memory", [(10, 100), (20, 50)], "articles", "MB"))
    low, high = (float(each.get("cy")) for each in drawn.iter(f"{SVG}circle"))
    assert low < high


def test_the_examples_of_the_charts_hold(load):
    assert doctest.testmod(load("charts")).failed == 0


def test_a_section_that_is_run_again_takes_its_own_place(load, tmp_path):
    run, path = load("run"), tmp_path / "benchmarks.md"
    first, second = run.SECTIONS[0], run.SECTIONS[1]
    run.keep(path, second, "## Second\n\nold\n")
    run.keep(path, first, "## First\n")
    run.keep(path, second, "## Second\n\nnew\n")
    text = path.read_text("utf-8")
    assert text.index("# Benchmarks") < text.index("## First") < text.index("## Second")
    assert ("old" in text, "new" in text, text.count("## ")) == (False, True, 2)
