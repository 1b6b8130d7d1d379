import importlib.util

import pytest

from onrecord.models.attribution import FOLDER


def test_training_without_torch_says_what_to_install(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    result = invoke("train", "attribution", "--data", tmp_path / "x.jsonl", "--out", tmp_path / "o")
    assert result.exit_code == 1
    assert "training needs torch, onnx, onnxscript" in result.stderr
    assert "pip install 'onrecord[train]'" in result.stderr


def test_reading_takes_another_network(invoke, report):
    result = invoke("read", "--json", "--model", FOLDER, report)
    assert result.exit_code == 0


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_reading_with_a_network_that_is_not_there_is_wrong_usage(invoke, report, tmp_path, folder):
    result = invoke("read", "--model", tmp_path / folder, report)
    assert result.exit_code == 2
    assert "cannot be read" in " ".join(result.stderr.split())
