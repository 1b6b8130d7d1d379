import json
import shutil

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.models import attribution as module
from onrecord.models.attribution import AttributionNetwork, load_attribution_network
from onrecord.reading.quotations import find_quotations

TEXT = "“We have waited for months,” said Ana Keller. The ministry denied that anyone had waited."


def read(network, text):
    return network.attribute(text, find_quotations(text))


def test_the_network_is_loaded_once():
    assert load_attribution_network() is load_attribution_network()


def test_a_network_gives_source_cue_and_content_with_a_probability():
    found = read(load_attribution_network(), TEXT)
    words = [TEXT[start:end] for each in found for start, end in each.source]
    assert words == ["Ana Keller", "The ministry"]
    assert all(0 < each.probability < 1 for each in found)


def test_results_do_not_depend_on_what_was_read_before():
    network = load_attribution_network()
    first = read(network, TEXT)
    read(network, "Something else, he said. " * 50)
    assert read(network, TEXT) == first


def test_a_long_text_is_read_in_chunks_like_a_short_one(monkeypatch):
    network = load_attribution_network()
    filler = "The train left at noon. It was late. " * 60
    text = filler + TEXT + " " + filler
    whole = network.attribute(text, find_quotations(text))
    monkeypatch.setattr(module, "CHUNK", 600)
    in_chunks = network.attribute(text, find_quotations(text))
    assert [each.content for each in in_chunks] == [each.content for each in whole]
    assert np.allclose(
        [each.probability for each in in_chunks], [each.probability for each in whole], atol=0.02
    )


def test_an_altered_file_is_refused(tmp_path):
    folder = tmp_path / "network"
    shutil.copytree(module.FOLDER, folder)
    (folder / "tagger.onnx").write_bytes(b"something else")
    with pytest.raises(ModelError, match="was altered"):
        AttributionNetwork(folder)


def test_a_missing_file_is_refused(tmp_path):
    folder = tmp_path / "network"
    shutil.copytree(module.FOLDER, folder)
    (folder / "encoder.onnx").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        AttributionNetwork(folder)


def test_a_network_of_an_older_form_is_refused(tmp_path):
    folder = tmp_path / "network"
    shutil.copytree(module.FOLDER, folder)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    del card["files"]["known.f16"]
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ModelError, match="older OnRecord"):
        AttributionNetwork(folder)


def test_the_card_lists_every_file_of_the_network():
    card = json.loads((module.FOLDER / "card.json").read_text("utf-8"))
    beside = {path.name for path in module.FOLDER.iterdir()}
    assert beside == set(card["files"]) | {"card.json", "README.md"}


def test_the_weights_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in module.FOLDER.iterdir()) < 40_000_000
