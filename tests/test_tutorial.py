import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["tutorial", "for-researchers", "for-newsrooms", "for-analysts"])
def test_every_command_of_the_pages_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    page = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ onrecord (.*)$", page, re.MULTILINE)
    assert len(commands) > 5
    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, (command, result.output)
        out = re.search(r"--(?:out|html) (\S+)", command)
        assert out is None or Path(out[1]).exists(), command
