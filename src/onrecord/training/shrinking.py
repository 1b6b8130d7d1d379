"""Make an exported network small and fast: matrices in 8 bits, and a graph that copies less.

What is changed in the graph after that leaves every number as it was.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

__all__ = ["shrink"]


def shrink(path: Path) -> None:
    """Keep matrices in 8 bits, one scale a column; activations are scaled at run time."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        path,
        path,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    _join_in_8_bits(path)
    _part_gates(path)


def _part_gates(path: Path) -> None:
    """Give each half of a gated convolution a product of its own.

    The numbers stay the same; but halves of one product have to be copied apart before one of them
    is put through the gate.
    """
    import onnx

    model = onnx.load(path, load_external_data=False)
    graph = model.graph
    made_by = {output: node for node in graph.node for output in node.output}
    weights = {each.name: each for each in graph.initializer}
    for split in [each for each in graph.node if each.op_type == "Split"]:
        chain = _chain_before(split, made_by)
        if chain and len(split.output) == 2:
            halves = [_half(chain, split, number, weights) for number in range(2)]
            place = list(graph.node).index(split)
            for nodes, constants in reversed(halves):
                graph.initializer.extend(constants)
                for node in reversed(nodes):
                    graph.node.insert(place, node)
            for node in (*chain, split):
                graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    for each in [each for each in graph.initializer if each.name not in used]:
        graph.initializer.remove(each)
    onnx.save(model, path)


def _chain_before(
    split: "onnx.NodeProto", made_by: "dict[str, onnx.NodeProto]"
) -> "list[onnx.NodeProto]":
    """Return scale, product, cast, scaling and shift of the 8-bit product that is split, if any."""

    def maker(node: "onnx.NodeProto | None", kind: str) -> "onnx.NodeProto | None":
        makers = [made_by[name] for name in node.input if name in made_by] if node else []
        return next((each for each in makers if each.op_type == kind), None)

    shifted = maker(split, "Add")
    scaled = maker(shifted, "Mul")
    cast, scale = maker(scaled, "Cast"), maker(scaled, "Mul")
    chain = (scale, maker(cast, "MatMulInteger"), cast, scaled, shifted)
    return [each for each in chain if each is not None] if None not in chain else []


def _half(
    chain: "list[onnx.NodeProto]",
    split: "onnx.NodeProto",
    number: int,
    weights: "dict[str, onnx.TensorProto]",
) -> "tuple[list[onnx.NodeProto], list[onnx.TensorProto]]":
    """Return the nodes that make one output of a split, and their constants."""
    from onnx import numpy_helper

    nodes, constants = [], []
    renamed = {split.input[0]: split.output[number]}
    for node in chain:
        copy = type(node)()
        copy.CopyFrom(node)
        for place, name in enumerate(copy.input):
            if name in weights and max(weights[name].dims, default=0) > 1:
                whole = numpy_helper.to_array(weights[name])
                half = np.ascontiguousarray(np.split(whole, 2, -1)[number])
                renamed[name] = f"{name}.{number}"
                constants.append(numpy_helper.from_array(half, renamed[name]))
            copy.input[place] = renamed.get(name, name)
        for place, name in enumerate(copy.output):
            copy.output[place] = renamed.setdefault(name, f"{name}.{number}")
        copy.name = f"{node.name}.{number}"
        nodes.append(copy)
    return nodes, constants


def _join_in_8_bits(path: Path) -> None:
    """Turn vectors into 8 bits before a convolution joins them with their neighbours, not after.

    The numbers stay the same, since padding with 0 changes neither the least nor the greatest; but
    a quarter of the bytes are moved, and a third of the numbers are scaled.
    """
    import onnx

    model = onnx.load(path)
    made_by = {output: node for node in model.graph.node for output in node.output}
    for scaled in [each for each in model.graph.node if each.op_type == "DynamicQuantizeLinear"]:
        joined = made_by.get(scaled.input[0])
        parts = [made_by.get(each) for each in joined.input] if joined is not None else []
        if joined is None or any(each is None or each.op_type != "Slice" for each in parts):
            continue
        (wide,) = {part.input[0] for part in parts if part is not None}
        _scale_before(model.graph, scaled, made_by[wide], joined.output[0])
    model.graph.ClearField("value_info")
    onnx.save(model, path)


def _scale_before(
    graph: "onnx.GraphProto", scaled: "onnx.NodeProto", pad: "onnx.NodeProto", joined: str
) -> None:
    """Move one scaling to 8 bits from after the join to before the padding."""
    old = scaled.output[0]
    for node in graph.node:
        node.input[:] = [joined if each == old else each for each in node.input]
    scaled.input[0] = pad.input[0]
    pad.input[:] = [old, pad.input[1], scaled.output[2]]
    place = list(graph.node).index(pad)
    graph.node.remove(scaled)
    graph.node.insert(place, scaled)
