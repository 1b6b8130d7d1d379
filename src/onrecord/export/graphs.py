"""Who spoke to and about whom, and who acted on whom, as graphs: GraphML and GEXF."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from onrecord.export.archive import Numbered
from onrecord.export.asides import bytes_aside
from onrecord.export.filed import filed_events
from onrecord.knowledge.spelling import fold
from onrecord.record import Actor, Record

__all__ = ["write_gexf", "write_graphml"]

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_UNFIT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters that XML cannot hold."""

_Key = tuple[str, str, str, str]


@dataclass(slots=True)
class _Graph:
    """Actors by what makes them one, and how often one is related to another.

    Attributes:
        nodes: Name, kind, country and sector by key.
        edges: Count and sum of Goldstein values by source, target, relation and act or type.
    """

    nodes: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    edges: dict[_Key, tuple[int, float]] = field(default_factory=dict)

    def add(self, each: Numbered) -> None:
        """Add what one article tells."""
        record = each.record
        for statement in record.statements:
            for relation, others in (("to", statement.addressees), ("about", statement.about)):
                for speaker in statement.speakers:
                    for other in others:
                        self._link(record, (speaker, other), relation, statement.act, 0.0)
        for filed in filed_events(each):
            for actor in filed.event.actors:
                for recipient in filed.event.recipients:
                    pair = (actor, recipient)
                    self._link(record, pair, "acts on", filed.type, filed.goldstein)

    def _link(
        self, record: Record, pair: tuple[str, str], relation: str, kind: str, value: float
    ) -> None:
        source, target = (self._node(record, record.actor(name)) for name in pair)
        if source != target:
            key = (source, target, relation, kind)
            count, total = self.edges.get(key, (0, 0.0))
            self.edges[key] = (count + 1, total + value)

    def _node(self, record: Record, actor: Actor) -> str:
        """Return the actor's key; who is unnamed stays apart from the unnamed of other articles."""
        alone = f"|{record.article.sha256}" if actor.unnamed else ""
        key = next(iter(actor.links), "") or f"{fold(actor.name)}|{actor.country or ''}{alone}"
        known = (actor.name, actor.kind, actor.country or "", actor.sector or "")
        self.nodes.setdefault(key, known)
        return key


def _graph(records: Iterable[Numbered]) -> _Graph:
    graph = _Graph()
    for each in records:
        graph.add(each)
    return graph


def _clean(text: str) -> str:
    return text.translate(_UNFIT)


def _save(root: ET.Element, path: Path) -> None:
    ET.indent(root)
    with bytes_aside(path) as stream:
        ET.ElementTree(root).write(stream, encoding="utf-8", xml_declaration=True)


_NODE_FIELDS = ("name", "kind", "country", "sector")
_EDGE_FIELDS = (
    ("relation", "string"), ("act", "string"), ("count", "int"), ("goldstein", "double"),
)  # fmt: skip


def write_graphml(records: Iterable[Numbered], path: Path) -> int:
    """Write a directed graph; `count` is how often, `goldstein` the mean value; return edges."""
    graph = _graph(records)
    root = ET.Element("graphml", xmlns=_GRAPHML)
    for name in _NODE_FIELDS:
        known = {"id": f"n_{name}", "for": "node", "attr.name": name, "attr.type": "string"}
        ET.SubElement(root, "key", known)
    for name, kind in _EDGE_FIELDS:
        known = {"id": f"e_{name}", "for": "edge", "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", known)
    inside = ET.SubElement(root, "graph", edgedefault="directed")
    numbers = {key: f"a{number}" for number, key in enumerate(graph.nodes, 1)}
    for key, values in graph.nodes.items():
        node = ET.SubElement(inside, "node", id=numbers[key])
        for name, value in zip(_NODE_FIELDS, values, strict=True):
            ET.SubElement(node, "data", key=f"n_{name}").text = _clean(value)
    for number, ((source, target, relation, act), (count, total)) in enumerate(graph.edges.items()):
        ends = {"source": numbers[source], "target": numbers[target]}
        edge = ET.SubElement(inside, "edge", {"id": f"r{number}", **ends})
        values = (relation, act, str(count), f"{total / count:.3f}")
        for (name, _), value in zip(_EDGE_FIELDS, values, strict=True):
            ET.SubElement(edge, "data", key=f"e_{name}").text = value
    _save(root, path)
    return len(graph.edges)


def write_gexf(records: Iterable[Numbered], path: Path) -> int:
    """Write the same graph for Gephi; return how many edges."""
    graph = _graph(records)
    root = ET.Element("gexf", xmlns=_GEXF, version="1.3")
    inside = ET.SubElement(root, "graph", defaultedgetype="directed", mode="static")
    for kind, fields in (
        ("node", [(name, "string") for name in _NODE_FIELDS]),
        ("edge", [(name, "integer" if kind == "int" else kind) for name, kind in _EDGE_FIELDS]),
    ):
        group = ET.SubElement(inside, "attributes", {"class": kind})
        for number, (name, type_name) in enumerate(fields):
            ET.SubElement(group, "attribute", id=str(number), title=name, type=type_name)
    nodes, edges = ET.SubElement(inside, "nodes"), ET.SubElement(inside, "edges")
    numbers = {key: f"a{number}" for number, key in enumerate(graph.nodes, 1)}
    for key, values in graph.nodes.items():
        node = ET.SubElement(nodes, "node", id=numbers[key], label=_clean(values[0]))
        _values(node, values)
    for number, ((source, target, relation, act), (count, total)) in enumerate(graph.edges.items()):
        ends = {"source": numbers[source], "target": numbers[target], "weight": str(count)}
        about = {"id": str(number), "kind": f"{relation}: {act}"}
        edge = ET.SubElement(edges, "edge", about | ends)
        _values(edge, (relation, act, str(count), f"{total / count:.3f}"))
    _save(root, path)
    return len(graph.edges)


def _values(element: ET.Element, values: Iterable[str]) -> None:
    group = ET.SubElement(element, "attvalues")
    for number, value in enumerate(values):
        ET.SubElement(group, "attvalue", {"for": str(number), "value": _clean(value)})
