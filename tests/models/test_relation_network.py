import json

import pytest

from onrecord.article import Article
from onrecord.errors import ModelError
from onrecord.models.relations import (
    FOLDER,
    LONGEST,
    ROOTS,
    RelationNetwork,
    load_relation_network,
)
from onrecord.reading.language import analyse

TEXT = "Norland accused Sudland of closing the strait."
PAIR = ((0, 7), (16, 23))


def test_the_shipped_network_is_loaded_once():
    assert load_relation_network() is load_relation_network()


def test_a_pair_gets_the_chances_of_every_root():
    (relation,) = load_relation_network().relate(TEXT, (), [PAIR])
    assert relation.root == "ACCUSE"
    assert tuple(relation.chances) == ROOTS
    assert sum(relation.chances.values()) == pytest.approx(1)
    assert 0 < relation.event < 1
    assert float(relation.hidden @ relation.hidden) == pytest.approx(1, abs=1e-3)


def test_the_same_pair_gets_the_same_numbers_in_any_company():
    one, other = load_relation_network().relate(TEXT, (), [PAIR, PAIR[::-1]])
    (alone,) = load_relation_network().relate(TEXT, (), [PAIR])
    assert one.root == alone.root
    assert one.event == pytest.approx(alone.event, abs=0.05)
    assert one.chances != other.chances


def test_no_pairs_no_relations():
    assert load_relation_network().relate(TEXT, (), []) == ()


def test_what_stands_after_the_last_token_read_is_not_seen():
    long = "very " * LONGEST + TEXT
    (relation,) = load_relation_network().relate(long, (), [((len(long) - 8, len(long)), (0, 4))])
    assert sum(relation.chances.values()) == pytest.approx(1)


def test_an_altered_file_is_not_loaded(tmp_path):
    (tmp_path / "card.json").write_text((FOLDER / "card.json").read_text("utf-8"), "utf-8")
    (tmp_path / "relations.onnx").write_bytes(b"other")
    with pytest.raises(ModelError, match="altered"):
        RelationNetwork(tmp_path)


def test_a_missing_card_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"card\.json"):
        RelationNetwork(tmp_path)


def test_the_card_lists_every_file():
    card = json.loads((FOLDER / "card.json").read_text("utf-8"))
    assert set(card["files"]) == {"relations.onnx"}


def test_a_sentence_is_related_as_its_article_was_read():
    text = f"It was late. {TEXT} Nobody slept."
    document = analyse(Article(text))
    start = text.index(TEXT)
    inside = document.vectors.between(start, start + len(TEXT))
    moved = tuple((first + start, last + start) for first, last in PAIR)
    network = load_relation_network()
    (here,), (alone,) = network.relate_in(inside, [moved]), network.relate(TEXT, (), [PAIR])
    assert here.root == alone.root
    assert here.event == pytest.approx(alone.event, abs=0.2)


def test_a_long_text_is_read_in_parts_and_keeps_no_vectors():
    assert analyse(Article("Norland met Sudland on Monday. " * 900)).vectors is None
