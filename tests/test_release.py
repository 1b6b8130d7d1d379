"""What is published: the wheel, its licences, and that it needs no network."""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "src" / "onrecord" / "models"


def build(folder):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"))


def test_a_wheel_that_is_built_again_is_the_same(wheel, tmp_path):
    again = build(tmp_path)
    first, second = (hashlib.sha256(each.read_bytes()).hexdigest() for each in (wheel, again))
    assert first == second


def test_the_wheel_has_networks_knowledge_and_pages_and_nothing_of_a_workplace(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    networks = {
        f"onrecord/models/{each.relative_to(MODELS).as_posix()}"
        for each in MODELS.rglob("*")
        if each.suffix in {".onnx", ".npz", ".f16", ".u64", ".u8", ".bits", ".json", ".md"}
    }
    assert networks
    assert networks <= names
    assert any(name.startswith("onrecord/web/static/") for name in names)
    assert any(name.startswith("onrecord/knowledge/") and name.endswith(".toml") for name in names)
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_the_licences_of_all_that_is_installed_are_permitted_and_told(program):
    licences = program("release/licences.py")
    assert list(licences.faults(licences.PAGE.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("licence", "permitted"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("unknown", False),
    ],
)
def test_a_licence_is_permitted_if_one_of_its_choices_is(program, licence, permitted):
    assert program("release/licences.py").is_permitted(licence) == permitted


def test_the_reference_is_what_the_docstrings_say(program):
    reference = program("release/reference.py")
    assert reference.PAGE.read_text("utf-8") == reference.page()


def test_all_of_it_works_without_a_network(tmp_path):
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rn", "true"], check=False).returncode
    ):
        pytest.skip("unshare may not make a namespace here")
    report = ROOT / "examples" / "06-live-blog.txt"

    def run(*command):
        there = ["unshare", "-rn", sys.executable, "-m", "onrecord", *map(str, command)]
        return subprocess.run(
            there, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout  # fmt: skip

    assert "NATO" in run("read", report)
    run("ingest", report, "--workers", "2")
    assert "Putin" in run("said", "--by", "Putin")
    assert "sound" in run("doctor")
    run("export", "polecat", "--out", "events.tsv")
    assert (tmp_path / "events.tsv").stat().st_size
    refused = [sys.executable, "-m", "onrecord", "read", "https://example.org/"]
    told = subprocess.run(["unshare", "-rn", *refused], check=False, capture_output=True, text=True)
    assert told.returncode == 1
    assert "example.org" in told.stderr
