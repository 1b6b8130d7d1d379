"""The comparison with the peers: its table and its picture, on invented figures; no peer is run."""

import doctest
import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "attribution"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def load(program, monkeypatch):
    """Return a function that loads a program of the folder, which imports its neighbours."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return lambda name: program(f"benchmarks/attribution/{name}.py")


@pytest.fixture
def report(load):
    return load("peers_report")


def figures_of(report, name, speed, score, *, kind="peer", gave_up=0):
    return report.Figures(
        name,
        kind,
        found=81.2,
        exact=60.4,
        end_to_end=score,
        direct=91.5,
        indirect=42.6,
        mixed=0.0,
        quoted=77.7,
        words_a_second=speed,
        gave_up=gave_up,
    )


def crowd_of(report):
    """Return systems that stand close together, at the edges, and far apart."""
    return [
        figures_of(report, "OnRecord", 4061, 73.7, kind="onrecord"),
        figures_of(report, "OnRecord, another way", 18091, 74.0, kind="onrecord"),
        figures_of(report, "first peer 0.1", 6300, 27.3),
        figures_of(report, "second peer 1.2, by paragraph", 6400, 27.0),
        figures_of(report, "nothing right", 280_000, 0.0),
        figures_of(report, "baseline, as fast as can be", 2_700_000, 15.6, kind="baseline"),
    ]


def drawn(report, figures, caption=("Invented.",)):
    return ET.fromstring(report.picture(figures, caption))  # noqa: S314 (our own picture)


def test_every_system_has_a_row_of_its_figures(report):
    told = report.table(crowd_of(report), [], "Measured today.").splitlines()
    assert told[0] == "Measured today."
    assert "| first peer 0.1 | 81.2 | 60.4 | 27.3 | 91.5 | 42.6 | 0.0 | 77.7 | 6,300 |" in told
    assert "| **OnRecord** | 81.2 | 60.4 | 73.7 | 91.5 | 42.6 | 0.0 | 77.7 | 4,100 |" in told
    rows = [line for line in told if line.startswith("|")]
    assert {line.count("|") for line in rows} == {len(report.COLUMNS) + 1}
    assert len(rows) == 2 + 6 + 1


def test_the_table_tells_who_was_not_run_and_what_was_given_up(report):
    figures = [figures_of(report, "a peer", 900, 20.0, gave_up=1200)]
    told = report.table(figures, [report.NotRun("another 3", "it failed (<no model>)")], "")
    assert told.endswith(
        "\n- a peer: 1,200 given up\n- another 3 was not run: it failed (&lt;no model&gt;)\n"
    )


def test_a_faster_system_stands_further_right_and_a_better_one_higher(report):
    figures = [figures_of(report, "slow", 1500, 50.0), figures_of(report, "fast", 9000, 70.0)]
    slow, fast = (each.attrib for each in drawn(report, figures).iter(f"{SVG}circle"))
    assert float(slow["cx"]) < float(fast["cx"])
    assert float(slow["cy"]) > float(fast["cy"])


def test_names_stand_inside_the_picture_and_off_each_other(report):
    figures = crowd_of(report)
    scale = report.Scale(2000, 5_000_000, 80)
    taken = []
    for each in figures:
        x, y = scale.x(each.words_a_second), scale.y(each.end_to_end)
        _, _, box = report.label_place(each.name, x, y, taken)
        assert box.is_inside()
        assert not any(map(box.meets, taken))
        taken.append(box)
    names = [each.text for each in drawn(report, figures).iter(f"{SVG}text")]
    assert {each.name for each in figures} <= set(names)


def test_a_dot_tells_our_own_systems_from_peers_and_baselines(report):
    kinds = [each.attrib["class"] for each in drawn(report, crowd_of(report)).iter(f"{SVG}circle")]
    assert kinds == ["onrecord", "onrecord", "peer", "peer", "peer", "baseline"]


def test_the_line_of_human_agreement_stands_at_its_score(report):
    picture = drawn(report, crowd_of(report))
    (human,) = [each for each in picture.iter(f"{SVG}line") if each.attrib["class"] == "human"]
    assert float(human.attrib["y1"]) == pytest.approx(report.Scale(1, 2, 80).y(75.3), abs=0.1)
    assert "one person against another, 75.3" in [each.text for each in picture.iter(f"{SVG}text")]


def test_hostile_names_stay_words(report):
    name = "</text><script>alert(1)</script>&"
    picture = drawn(report, [figures_of(report, name, 1000, 10.0)], caption=[name])
    assert [each.text for each in picture.iter(f"{SVG}text")].count(name) == 2
    assert not list(picture.iter(f"{SVG}script"))


def test_nothing_measured_gives_an_empty_picture(report):
    assert not list(drawn(report, []).iter(f"{SVG}circle"))


@pytest.mark.parametrize("name", ["peers_report", "peer_sayswho"])
def test_examples_in_docstrings_hold(load, name):
    outcome = doctest.testmod(load(name))
    assert outcome.attempted
    assert not outcome.failed


def test_a_system_that_cannot_run_is_told_of_and_the_rest_goes_on(load):
    peers = load("peers")
    system = peers.System("absent", "peer", (("one", "absent 1.0"), ("two", "absent 1.0, again")))
    articles = [{"id": "a", "text": "Nobody spoke.", "attributions": []}]
    told = peers.measure(system, Path("unused"), articles, score=None)
    assert [each.name for each in told] == ["absent 1.0", "absent 1.0, again"]
    assert all("peer_absent.py" in each.reason for each in told)


def test_a_kept_environment_is_used_again_and_hidden_from_git(load, tmp_path):
    peers = load("peers")
    system = peers.System("kept", "peer", (("whole", "kept 1"),), ("kept==1",))
    (tmp_path / "kept").mkdir()
    pinned = f"{peers.platform.python_version()}\nkept==1"
    (tmp_path / "kept" / "installed.txt").write_text(pinned, "utf-8")
    assert peers.interpreter(system, tmp_path) == tmp_path / "kept" / "bin" / "python"
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*\n"


TEXT = "“We will vote,” Anna Berg said. The mayor left. Tom Hale said that the road was closed."


@pytest.mark.parametrize(
    ("mode", "contents"),
    [("quotations", ["We will vote,"]), ("sentences", ["We will vote,", "the road was closed"])],
)
def test_a_program_answers_each_article_and_tells_its_time(mode, contents):
    asked = json.dumps({"id": "a", "text": TEXT}) + "\n"
    command = [sys.executable, str(FOLDER / "peer_regex.py"), mode]
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=True)
    answer, told = map(json.loads, done.stdout.splitlines())
    assert answer["id"] == "a"
    found = [TEXT[slice(*each["content"][0])] for each in answer["attributions"]]
    assert found == contents
    assert told["cpu_seconds"] > 0
    assert told["gave_up"] == 0
