import json

import numpy as np
import pytest

from onrecord.article import Article
from onrecord.errors import ModelError
from onrecord.models.encoding import read_networks
from onrecord.models.inner import (
    FOLDER,
    InnerNetwork,
    Leads,
    load_inner_network,
)
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.quotations import find_quotations
from onrecord.reading.words import find_words

INNER = "Ana Keller said on Monday that the mayor had told her that the bridge would stay closed."
FLAT = "Ana Keller said on Monday that the bridge over the river would stay closed until May."


def encoded(text):
    return read_networks(text, find_quotations(text), find_words(Article(text)))


def test_the_shipped_network_is_loaded_once():
    assert load_inner_network() is load_inner_network()


def test_an_altered_file_is_not_loaded(tmp_path):
    (tmp_path / "card.json").write_bytes((FOLDER / "card.json").read_bytes())
    (tmp_path / "inner.onnx").write_bytes(b"other")
    with pytest.raises(ModelError, match="altered"):
        InnerNetwork(tmp_path)


def test_the_card_lists_every_file():
    card = json.loads((FOLDER / "card.json").read_text("utf-8"))
    assert set(card["files"]) == {"inner.onnx"}


def test_a_statement_may_stand_where_a_token_leads_one():
    leads = Leads(np.array([0, 4, 9, 15]), np.array([-9.0, -9.0, 2.0, -9.0]), 0.0)
    assert leads.may_stand_in([(0, 3), (9, 12)])
    assert not leads.may_stand_in([(0, 8), (13, 20)])
    assert not leads.may_stand_in([])


def test_every_token_is_looked_at_in_a_text_of_several_chunks():
    leads = encoded((FLAT + " ") * 300).leads
    assert len(leads.logits) == len(leads.starts) == 300 * 17


def test_a_statement_inside_a_content_is_found_where_a_word_leads_one():
    for text, inner in ((INNER, 1), (FLAT, 0)):
        quotations = find_quotations(text)
        found = find_attributions(text, quotations, None, encoded(text))
        assert sum(each.within is not None for each in found) == inner


def test_contents_without_a_lead_are_not_read_again(monkeypatch):
    read = []
    monkeypatch.setattr(
        "onrecord.reading.attribution.contents.Contents.attribute",
        lambda self, *_: read.append(self.text) or (),
    )
    for text in (FLAT, INNER):
        find_attributions(text, find_quotations(text), None, encoded(text))
    assert any("the mayor had told her" in each for each in read)
    assert not any("until May" in each for each in read)
