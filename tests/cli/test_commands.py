import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from onrecord import errors
from onrecord.cli import COMMANDS, main
from onrecord.cli.version import LIBRARIES
from onrecord.schema import record_schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def command(name):
    return main.get_command(click.Context(main), name)


def options(name):
    """Return the options of a command, and of the commands in it if it is a group."""
    group, context = command(name), click.Context(main)
    names = group.list_commands(context) if isinstance(group, click.Group) else ()
    inside = [group.get_command(context, each) for each in names]
    return [o for each in (group, *inside) for p in each.params for o in p.opts]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_and_is_documented(invoke, name):
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert command(name).get_short_help_str() in invoke("--help").stdout.replace("\n", "")
    assert f"## `onrecord {name}`" in PAGE


@pytest.mark.parametrize(
    "option",
    [option for name in COMMANDS for option in options(name) if option.startswith("--")],
)
def test_every_option_is_documented(option):
    assert re.search(rf"^\| `{option}\b", PAGE, re.MULTILINE)


def test_every_documented_option_exists():
    known = {option for name in COMMANDS for option in options(name)} | {"--help"}
    assert set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE)) <= known


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_every_exit_code_is_documented(code):
    assert re.search(rf"^\| {code} \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [name for name in errors.__all__ if issubclass(getattr(errors, name), errors.InputError)],
)
def test_every_way_in_which_an_input_fails_is_documented(name):
    assert f"`{name}`" in PAGE


def test_an_unknown_command_is_wrong_usage(invoke):
    assert invoke("reed").exit_code == 2


def test_help_imports_nothing_heavy():
    program = (
        "import sys; from onrecord.cli import main; main(['--help'], standalone_mode=False);"
        "print(*sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(printed.stdout.split())
    assert "click" in loaded
    assert {"spacy", "numpy", "rich", "httpx", "trafilatura", "jinja2"}.isdisjoint(loaded)


def test_schema_prints_the_schema(invoke):
    assert json.loads(invoke("schema").stdout) == record_schema()


def test_version_is_one_line(invoke):
    assert re.fullmatch(r"onrecord (not installed|\d+\.\d+\.\d+\S*)\n", invoke("version").stdout)


def test_verbose_version_names_models_and_libraries(invoke):
    printed = invoke("version", "--verbose").stdout
    assert "syntax/scorer.onnx" in printed
    for name in LIBRARIES:
        assert re.search(rf"{name} \d", printed)


def test_version_prints_json(invoke):
    entry = json.loads(invoke("version", "--json", "--verbose").stdout)
    assert set(entry["libraries"]) == set(LIBRARIES)
    assert all(len(model["sha256"]) == 64 for model in entry["models"])


def test_the_libraries_named_are_those_the_package_needs():
    import tomllib

    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert sorted(re.match(r"[a-z0-9-]+", name).group() for name in needed) == sorted(LIBRARIES)


def test_the_version_is_an_option_too(invoke):
    assert invoke("--version").stdout == invoke("version").stdout
