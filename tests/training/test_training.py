"""Training needs torch, which is not among the test tools: skipped where it is absent."""

import json
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'onrecord[train]'")
pytest.importorskip("onnxscript", reason="onnxscript is not installed")
onnx = pytest.importorskip("onnx", reason="onnx is not installed")

from onrecord.intake.annotations import read_annotations  # noqa: E402
from onrecord.models.attribution import FOLDER, AttributionNetwork  # noqa: E402
from onrecord.reading.quotations import find_quotations  # noqa: E402
from onrecord.training.annotated import train_on  # noqa: E402
from onrecord.training.examples import GAP, IGNORED, join, make_example  # noqa: E402
from onrecord.training.exporting import export_network, load_network  # noqa: E402
from onrecord.training.fitting import Plan, fit, losses_of  # noqa: E402
from onrecord.training.network import AFTER, BEFORE, BLOCK, ROLES  # noqa: E402

NO_WORDS = np.zeros(1, np.uint64)
GATED = ("encoder.onnx", "tagger.onnx")
"""Networks in which the halves of gated convolutions are products of their own."""
NAMES = ["Keller", "Osei", "Lindqvist", "Moreau", "Tanaka", "Ibarra", "Novak", "Farouk"]


def article(number):
    """Return an invented article in which one person says one thing."""
    name = NAMES[number % len(NAMES)]
    text = f"The talks went on. Ana {name} said the road to the port was open again. Nobody left."
    content = text.index("the road")
    return {
        "id": f"a{number}",
        "text": text,
        "attributions": [
            {
                "source": [[text.index("Ana"), text.index(" said")]],
                "cue": [[text.index("said"), text.index("said") + 4]],
                "content": [[content, text.index(". Nobody")]],
            }
        ],
    }


def test_an_example_marks_the_roles_around_its_anchor():
    example = make_example(article(0), None, NO_WORDS)
    (anchor,) = example.anchors
    roles = example.roles[0].argmax(-1)
    assert example.text[example.features.starts[anchor] :].startswith("said")
    assert [ROLES[role] for role in roles[BEFORE - 3 : BEFORE + 2]] == [
        "none", "source", "source", "cue", "content",
    ]  # fmt: skip
    assert example.roles.shape == (1, BEFORE + AFTER, len(ROLES))


def test_articles_are_joined_with_gaps_to_whole_blocks():
    examples = [make_example(article(number), None, NO_WORDS) for number in range(3)]
    batch = join(examples)
    assert len(batch.owners) % BLOCK == 0
    assert int(batch.mask.sum()) == sum(map(len, examples))
    assert batch.anchors.tolist()[1] == len(examples[0]) + GAP + examples[1].anchors[0]
    assert (batch.heads == IGNORED).all()


def test_one_article_does_not_look_into_another():
    batch = join([make_example(article(number), None, NO_WORDS) for number in range(2)])
    places, _, exists = batch.around(batch.anchors)
    assert (batch.owners[places][0][exists[0]] == 1).all()
    assert (batch.owners[places][1][exists[1]] == 2).all()


def test_a_step_of_training_makes_the_loss_smaller(tmp_path):
    network, vocabulary = load_network(FOLDER, 0.0)
    examples = [make_example(article(number), None, vocabulary) for number in range(8)]
    before = sum(losses_of(network, join(examples), 0.0).values())
    fit(network, [examples], [], Plan(epochs=2, rate=1e-3, dropout=0.0, forget=0.0), tmp_path)
    after = sum(losses_of(network, join(examples), 0.0).values())
    assert after.item() < before.item()


def test_the_shipped_weights_give_the_shipped_network(tmp_path):
    network, vocabulary = load_network(FOLDER, 0.0)
    export_network(network, vocabulary, tmp_path, name="again")
    text = article(1)["text"]
    shipped, again = AttributionNetwork(FOLDER), AttributionNetwork(tmp_path)
    one, other = (each.attribute(text, find_quotations(text)) for each in (shipped, again))
    assert [(each.source, each.content) for each in one] == [
        (each.source, each.content) for each in other
    ]
    for path in (folder / name for folder in (FOLDER, tmp_path) for name in GATED):
        graph = onnx.load(path, load_external_data=False).graph
        assert not any(node.op_type == "Split" and len(node.output) == 2 for node in graph.node)


def test_a_newsroom_trains_on_its_own_annotations_and_reads_with_the_result(tmp_path):
    data = tmp_path / "ours.jsonl"
    data.write_text("\n".join(json.dumps(article(number)) for number in range(12)))
    plan = Plan(epochs=1, rate=2e-4, threads=1)
    trained = train_on(read_annotations(data), (), tmp_path / "ours", start=FOLDER, plan=plan)
    assert (trained.learnt, trained.held) == (11, 1)
    text = article(3)["text"]
    (found,) = AttributionNetwork(trained.folder).attribute(text, find_quotations(text), least=0.5)
    assert [text[start:end] for start, end in found.source] == ["Ana Moreau"]


@pytest.mark.parametrize("seed", range(3))
def test_training_on_noise_does_not_crash(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 (chance is for noise)
    text = "".join(chance.choice("ab \n“”.'é1") for _ in range(300))
    spans = [sorted(chance.sample(range(300), 2)) for _ in range(3)]
    row = {"id": "x", "text": text}
    row["attributions"] = [{"source": spans[:1], "cue": spans[1:2], "content": spans[2:]}]
    network, vocabulary = load_network(FOLDER, 0.0)
    example = make_example(row, None, vocabulary)
    fit(network, [[example]], [], Plan(epochs=1), tmp_path)
