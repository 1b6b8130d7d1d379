"""The order of the stages, what each needs and what it gives, and the reader that runs them.

Every stage is a plain function from typed findings to typed findings. To replace one, hand `Reader`
a table in which another function stands in its place: the table is checked before anything runs.
"""

import gc
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from onrecord.article import Article
from onrecord.errors import KnowledgeError, ModelError, PipelineError
from onrecord.record import ArticleEntry, Record

__all__ = ["STAGES", "Reader", "Reading", "Stage", "collect_seldom", "prepare_alone"]


class Stage(Struct, frozen=True):
    """One step of reading.

    Attributes:
        name: What it is called in timings and in errors.
        needs: Names of the findings it is called with, by position.
        gives: Name of the findings it returns.
        function: The function, or `module:function`, imported when it first runs.
    """

    name: str
    needs: tuple[str, ...]
    gives: str
    function: Callable[..., object] | str

    def run(self, findings: Mapping[str, Any]) -> object:
        """Call the function with the findings it needs."""
        return self.load()(*(findings[name] for name in self.needs))

    def load(self) -> Callable[..., object]:
        """Return the function, importing it if need be."""
        if not isinstance(self.function, str):
            return self.function
        module, _, name = self.function.partition(":")
        loaded: Callable[..., object] = getattr(import_module(module), name)
        return loaded


_READING = "onrecord.reading"

STAGES: tuple[Stage, ...] = (
    Stage("publication", ("given",), "article", f"{_READING}.publication:find_publication"),
    Stage("words", ("article",), "words", f"{_READING}.words:find_words"),
    Stage("quotations", ("text",), "quotations", f"{_READING}.quotations:find_quotations"),
    Stage(
        "networks",
        ("text", "quotations", "words"),
        "encoding",
        "onrecord.models.encoding:read_networks",
    ),
    Stage(
        "language",
        ("article", "words", "encoding"),
        "document",
        f"{_READING}.language:make_document",
    ),
    Stage(
        "attribution",
        ("text", "quotations", "document", "encoding"),
        "attributions",
        f"{_READING}.attribution.stage:find_attributions",
    ),
    Stage("times", ("document",), "times", f"{_READING}.times.stage:find_times"),
    Stage(
        "actors",
        ("document", "quotations", "attributions"),
        "actors",
        f"{_READING}.actors.stage:find_actors",
    ),
    Stage("places", ("document", "actors"), "places", f"{_READING}.places.stage:find_places"),
    Stage(
        "statements",
        ("document", "quotations", "attributions", "actors", "times", "places"),
        "claims",
        f"{_READING}.statements.stage:find_statements",
    ),
    Stage(
        "clashes",
        ("document", "claims", "actors"),
        "clashes",
        f"{_READING}.disputes.stage:find_clashes",
    ),
    Stage(
        "disputes",
        ("document", "actors", "clashes"),
        "disputes",
        f"{_READING}.disputes.stage:find_disputes",
    ),
    Stage(
        "denials",
        ("claims", "clashes"),
        "statements",
        f"{_READING}.disputes.stage:link_denials",
    ),
    Stage(
        "targets",
        ("document", "actors", "places"),
        "everybody",
        f"{_READING}.events.targets:with_targets",
    ),
    Stage(
        "events",
        ("document", "everybody", "statements", "disputes", "times", "places"),
        "told",
        f"{_READING}.events.stage:find_events",
    ),
    Stage(
        "recipients",
        ("everybody", "told"),
        "parties",
        f"{_READING}.events.targets:with_recipients",
    ),
    Stage(
        "suspect wording",
        ("document", "quotations"),
        "suspect",
        f"{_READING}.suspect.stage:find_suspect",
    ),
    Stage(
        "labels",
        ("document", "told", "parties"),
        "events",
        f"{_READING}.events.stage:without_labels",
    ),
    Stage("notices", ("document", "quotations"), "notices", f"{_READING}.notices:find_notices"),
)
"""Stages in reading order. `given` is the article as it came in, `text` its text."""

GIVEN = frozenset({"given", "text"})
ABOUT_TEXT = frozenset({"quotations", "notices"})
"""What is found out about a text also when there is nothing in it to read."""


class Reading(Struct, frozen=True):
    """A record, and the seconds that each stage took."""

    record: Record
    seconds: tuple[tuple[str, float], ...]


class Reader:
    """Reads articles with a table of stages.

    Args:
        stages: The table; each stage's needs must be given by an earlier one.

    Raises:
        PipelineError: A stage needs what no earlier stage gives.
    """

    def __init__(self, stages: tuple[Stage, ...] = STAGES) -> None:
        _check(stages)
        self.stages = stages

    def with_stage(self, name: str, function: Callable[..., object] | str) -> "Reader":
        """Return a reader in which another function stands for the stage of this name.

        Raises:
            PipelineError: There is no such stage.
        """
        if name not in {stage.name for stage in self.stages}:
            known = ", ".join(stage.name for stage in self.stages)
            raise PipelineError(f"there is no stage {name!r}; the stages are: {known}")
        return Reader(
            tuple(
                replace(stage, function=function) if stage.name == name else stage
                for stage in self.stages
            )
        )

    def prepare(self) -> None:
        """Import every stage and build the tables, and load the networks meanwhile.

        The first article comes sooner so. What cannot be loaded is told by the stage that needs it.
        """
        loading = Thread(target=_load_networks)
        loading.start()
        for stage in self.stages:
            stage.load()
        _load_tables()
        loading.join()

    def read(self, article: Article) -> Record:
        """Read one article."""
        findings = _given(article)
        for stage in self.stages:
            _run(stage, findings)
        return _record(findings)

    def read_timed(self, article: Article) -> Reading:
        """Read one article and tell how long each stage took, in CPU seconds."""
        findings = _given(article)
        seconds = []
        for stage in self.stages:
            begun = time.process_time()
            _run(stage, findings)
            seconds.append((stage.name, time.process_time() - begun))
        return Reading(_record(findings), tuple(seconds))


def collect_seldom() -> None:
    """Let this process look for cycles seldom: reading makes many objects and hardly a cycle.

    It saves a twentieth of the time; a process of ours alone does it, not one that only imports us.
    """
    gc.set_threshold(20_000, 50, 100)


def prepare_alone(reader: Reader) -> None:
    """Prepare a reader in a process of ours alone; no cycle is looked for in what is loaded."""
    gc.disable()
    reader.prepare()
    gc.freeze()
    gc.enable()


def _load_networks() -> None:
    from onrecord.models.loading import load_networks

    with suppress(ModelError):
        load_networks()


def _load_tables() -> None:
    from onrecord.knowledge.loading import load_tables
    from onrecord.models.suspect import load_fit

    with suppress(KnowledgeError, ModelError):
        load_tables()
        load_fit()


def _given(article: Article) -> dict[str, Any]:
    return {"given": article, "text": article.text}


def _run(stage: Stage, findings: dict[str, Any]) -> None:
    findings[stage.gives] = () if _is_idle(stage, findings) else stage.run(findings)


def _is_idle(stage: Stage, findings: Mapping[str, Any]) -> bool:
    """Tell whether the document has no words to read: no text, or none in a known language."""
    document = findings.get("document")
    return document is not None and not document.tokens and stage.gives not in ABOUT_TEXT


def _check(stages: tuple[Stage, ...]) -> None:
    given = set(GIVEN)
    for stage in stages:
        missing = [name for name in stage.needs if name not in given]
        if missing:
            raise PipelineError(
                f"stage {stage.name!r} needs {', '.join(missing)}, which no earlier stage gives"
            )
        given.add(stage.gives)


def _record(findings: Mapping[str, Any]) -> Record:
    article: Article = findings["article"]
    return Record(
        article=ArticleEntry(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            url=article.url,
            published=article.published,
            published_from=article.published_from,
            language=article.language,
            text=article.text,
            sha256=article.sha256,
        ),
        actors=findings["parties"],
        statements=findings["statements"],
        events=findings["events"],
        disputes=findings["disputes"],
        times=findings["times"],
        places=findings["places"],
        suspect=findings["suspect"],
        notices=findings["notices"],
    )
