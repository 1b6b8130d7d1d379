"""What every test may ask for: the benchmark data, and the floors that scores must hold."""

import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")

ROOT = Path(__file__).parents[1]
os.environ["ONRECORD_ACTORS"] = str(ROOT / "tests" / "no actors of one's own")
BENCH = Path(os.environ.get("ONRECORD_BENCH", ROOT.parent / "shared" / "bench"))


@pytest.fixture(scope="session")
def bench():
    """Return the folder of the benchmarks, or skip."""
    if not BENCH.is_dir():
        pytest.skip(f"no benchmark data at {BENCH}; ONRECORD_BENCH may name another folder")
    return BENCH


@pytest.fixture(scope="session")
def program():
    """Return a function that loads a program by its path, such as `benchmarks/acts/run.py`."""

    def load(path):
        name = "_".join(Path(path).with_suffix("").parts[-2:])
        spec = importlib.util.spec_from_file_location(name, ROOT / path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def hold_floors(bench):
    """Return a function that fails when a score is under its floor in `benchmarks/floors.json`."""
    pinned = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))

    def hold(scores):
        for name in scores:
            floor = pinned["floors"][name]
            found = hashlib.sha256((bench / floor["data"]).read_bytes()).hexdigest()
            assert found == pinned["data"][floor["data"]], f"{floor['data']} is not what was pinned"
        fallen = {name: score for name, score in scores.items() if score < floor_of(name)}
        assert not fallen, {name: (score, floor_of(name)) for name, score in fallen.items()}

    def floor_of(name):
        return pinned["floors"][name]["least"]

    return hold
