"""The parser loads without spaCy's command line, and leaves spaCy whole."""

import subprocess
import sys

PROGRAM = """
import sys
from onrecord.models.parser import load_parser
parser = load_parser()
assert "weasel" not in sys.modules and "spacy.cli.download" not in sys.modules
import spacy, spacy.cli
print(callable(spacy.cli.download), spacy.info(silent=True)["spacy_version"] == spacy.__version__)
print([token.pos_ for token in parser("Kyiv denied it.")])
"""


def test_loading_leaves_out_the_command_line_and_leaves_spacy_whole():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["True True", "['PROPN', 'VERB', 'PRON', 'PUNCT']"]
