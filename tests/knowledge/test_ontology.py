import pytest

from onrecord.errors import InputError
from onrecord.knowledge.ontology import read_ontology

GOOD = """
name = "Ports"
[types.BLOCKADE]
description = "Ships are kept out."
cameo = ["191"]
examples = ["[Norland] closed the strait to {Sudland}."]
[types.CALL]
plover = ["CONSULT/phone"]
"""


def read(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return read_ontology(path)


def test_a_codebook_has_its_types_in_order(tmp_path):
    ontology = read(tmp_path, GOOD)
    assert (ontology.name, [each.name for each in ontology.types]) == (
        "Ports",
        ["BLOCKADE", "CALL"],
    )
    (example,) = ontology.types[0].examples
    assert example.text == "Norland closed the strait to Sudland."
    assert example.text[slice(*example.actor)] == "Norland"
    assert example.text[slice(*example.recipient)] == "Sudland"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x =", "not TOML"),
        ("name = 'x'", "needs .types.NAME. tables"),
        ("[types]\nA = 1", "types.A must be a table"),
        ("[types.A]", "needs plover, cameo or examples"),
        ("[types.A]\nplover = ['X']", "no PLOVER type"),
        ("[types.A]\nplover = ['CONSULT/x']", "has no mode 'x'; it has .*phone"),
        ("[types.A]\ncameo = ['999']", "no CAMEO code begins with '999'"),
        ("[types.A]\ncameo = '19'", "must be a list of strings"),
        ("[types.A]\ncolour = 'red'", "has colour; known are"),
        ("[types.A]\nexamples = ['[Norland] left.']", "recipient in { }"),
    ],
)
def test_what_cannot_be_followed_is_named(tmp_path, text, told):
    with pytest.raises(InputError, match=told):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_ontology(tmp_path / "none.toml")
