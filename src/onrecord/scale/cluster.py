"""Read articles on many machines with Ray, into an archive of Parquet files.

First all sources are taken in (`staging`), so that each article has its place and each text is read
once; then batches of articles are read, on each core by a process that holds the networks; what it
returns counts when this process writes its manifest. A machine that dies costs what it had not
returned; a run that is stopped goes on with the same command. At last all are compared (`linking`).
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

from onrecord.errors import StoreError
from onrecord.intake.outcomes import Intake, Taken
from onrecord.reading.pipeline import collect_seldom
from onrecord.scale.ingest import Progress
from onrecord.scale.linking import link
from onrecord.scale.parts import Folder, write_part
from onrecord.scale.pool import read_apart, read_one
from onrecord.scale.staging import Group, article_of, groups_of, number_sources, stage
from onrecord.store.answers import Failed
from onrecord.store.folder import Manifest, read_manifest
from onrecord.store.parts import key_of
from onrecord.store.writing import now

__all__ = ["PartReader", "ingest", "tries_of"]

_BATCHES, _LARGEST = 16, 1_000
"""Batches that each core has to read, so that all end together; and articles of one at most."""
_TRIES = 4
"""Times that the reader of a batch may be killed until its articles are given up."""
_STAGING = 0.5
"""Cores that taking in one group needs: it waits for files."""

_Rows = tuple[tuple[str, tuple[int, ...]], ...]
"""Files of `taken`, and rows of each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read.

    Attributes:
        batches: Which rows are read together.
        articles: How many rows there are in them.
        known: Articles that are in the archive, or come twice.
        refused: What could not be taken in.
    """

    batches: tuple[_Rows, ...]
    articles: int
    known: int
    refused: tuple[Failed, ...]


def ingest(
    address: str,
    sources: Iterable[str],
    *,
    cluster: str | None = None,
    workers: int | None = None,
    intake: Intake | None = None,
    tell: Callable[[Progress, int, str], None] = lambda _progress, _total, _step: None,
) -> Progress:
    """Read what is new in the sources into an archive of Parquet files, on a Ray cluster.

    Args:
        address: The archive: a folder, or a URL that fsspec knows.
        sources: Files, or their URLs.
        cluster: Address of a Ray cluster; None for one on this machine.
        workers: Cores used; None for all that there are.
        intake: How sources are read.
        tell: Called as a step of the run begins and after each part with how far it is, how many
            articles there are, and what is being done ("taking in", "reading", "comparing").

    Raises:
        StoreError: The folder holds something else, another run writes to it, or Ray is not
            installed or not reached.
    """
    folder = Folder(address)
    folder.begin()
    with folder.alone(), _connected(cluster, workers) as cores:
        numbered = number_sources(folder, sources)
        tell(Progress(), 0, "taking in")
        files = _stage_all(folder, groups_of(numbered), intake or Intake())
        plan = plan_of(folder, files, cores)
        progress = Progress(known=plan.known)
        total = plan.articles + plan.known + len(plan.refused)
        tell(progress, total, "reading")
        for manifest in _read_all(folder, plan, cores):
            folder.commit(manifest)
            progress = replace(
                progress,
                added=progress.added + len(manifest.articles),
                failed=progress.failed + len(manifest.failures),
            )
            tell(progress, total, "reading")
        tell(progress, total, "comparing")
        link(folder, cores)
    for done in ("taken", "tries"):
        folder.remove(done)
    return progress


@contextmanager
def _connected(cluster: str | None, workers: int | None) -> Iterator[int]:
    """Reach a Ray cluster, or start one here, and give the number of cores to be used.

    Raises:
        StoreError: Ray is not installed, or there is no such cluster.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
    except ModuleNotFoundError:
        raise StoreError(
            "the engine ray needs Ray; `pip install 'onrecord[cluster]'` would be right"
        ) from None
    ours = not ray.is_initialized()
    if ours:
        _start(cluster, workers)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        there = int(ray.cluster_resources().get("CPU", 1))
        yield max(1, min(there, workers or there))
    finally:
        if ours:
            ray.shutdown()


def _start(cluster: str | None, workers: int | None) -> None:
    import ray

    here: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False}
    try:
        with _muted():
            ray.init(
                address=cluster or "local",
                log_to_driver=False,
                logging_level=logging.ERROR,
                **({} if cluster else here),
            )
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        told = str(error).partition("\n")[0]
        raise StoreError(
            f"there is no Ray cluster at {cluster}: {told}; the address that `ray start --head` "
            "prints would be right"
        ) from None


@contextmanager
def _muted() -> Iterator[None]:
    """Keep off the terminal what Ray says as it starts; what goes wrong is raised."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _stage_all(folder: Folder, groups: Sequence[Group], intake: Intake) -> list[str]:
    """Take all sources in, on any machine, and return the files with what they hold."""
    import ray

    if not groups:
        return []
    work = ray.data.from_items(
        [{"number": number} for number in range(len(groups))], override_num_blocks=len(groups)
    )
    shared = ray.put(tuple(groups))

    def take(row: dict[str, Any]) -> list[dict[str, Any]]:
        number = int(row["number"])
        mine: Group = ray.get(shared)[number]
        files = stage(Folder(folder.address), mine, intake)
        return [
            {"number": number, "place": place, "file": file} for place, file in enumerate(files)
        ]

    rows = work.flat_map(take, num_cpus=_STAGING).take_all()
    ordered = sorted(rows, key=lambda row: (row["number"], row["place"]))
    return [str(row["file"]) for row in ordered]


def plan_of(folder: Folder, files: Sequence[str], cores: int) -> Plan:
    """Return which articles of the files are to be read: of each new text the first."""
    import numpy as np

    held = [np.asarray(each.articles, np.int64) for each in folder.manifests()]
    known = np.unique(np.concatenate([np.zeros(0, np.int64), *held]))
    keys, places, refused = _listed(folder, files)
    firsts = np.zeros(len(keys), bool)
    firsts[np.unique(keys, return_index=True)[1]] = True
    wanted = np.flatnonzero(firsts & ~np.isin(keys, known))
    size = max(1, min(_LARGEST, -(-len(wanted) // (cores * _BATCHES))))
    batches = tuple(
        _by_file(files, places[wanted[start : start + size]])
        for start in range(0, len(wanted), size)
    )
    return Plan(batches, len(wanted), len(keys) - len(wanted), tuple(refused))


def _listed(folder: Folder, files: Sequence[str]) -> tuple[Any, Any, list[Failed]]:
    """Return the keys of all articles, their places (number of the file, row), and the refused."""
    import numpy as np

    keys: list[Any] = [np.zeros(0, np.int64)]
    places: list[Any] = [np.zeros((0, 2), np.int64)]
    refused: list[Failed] = []
    for number, path in enumerate(files):
        table = folder.read(path, ("key", "source", "refused"))
        bad = table["refused"].is_valid().to_numpy()
        rows = np.flatnonzero(~bad)
        keys.append(table["key"].filter(~bad).to_numpy())
        places.append(np.stack([np.full(len(rows), number), rows], axis=1))
        if bad.any():
            refused += [
                Failed(row["source"], row["refused"], now())
                for row in table.to_pylist()
                if row["refused"]
            ]
    return np.concatenate(keys), np.concatenate(places), refused


def _by_file(files: Sequence[str], places: Any) -> _Rows:  # noqa: ANN401 (an array)
    rows: dict[str, list[int]] = {}
    for number, row in places.tolist():
        rows.setdefault(files[number], []).append(row)
    return tuple((file, tuple(found)) for file, found in rows.items())


def _read_all(folder: Folder, plan: Plan, cores: int) -> Iterator[Manifest]:
    """Read all batches, and yield what each has become as it comes back."""
    import ray

    if plan.refused:
        yield write_part(folder, (), {}, plan.refused)
    if not plan.batches:
        return
    work = ray.data.from_items(
        [{"rows": json.dumps(rows)} for rows in plan.batches], override_num_blocks=len(plan.batches)
    )
    parts = work.map_batches(
        PartReader,
        fn_constructor_args=(folder.address,),
        batch_size=1,
        num_cpus=1,
        compute=ray.data.ActorPoolStrategy(size=min(cores, len(plan.batches))),
    )
    seen: set[str] = set()
    for row in parts.iter_rows():
        manifest = read_manifest(row["manifest"])
        if manifest.part not in seen:
            seen.add(manifest.part)
            yield manifest


def tries_of(rows: _Rows) -> str:
    """Return the file that tells how often it was tried to read a batch."""
    return f"tries/{key_of('batch', json.dumps(rows)):016x}.json"


class PartReader:
    """Reads batches on one core, and writes each as a part."""

    def __init__(self, address: str) -> None:
        self._folder = Folder(address)
        collect_seldom()

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        """Read a block of Ray's: rows of files as JSON into manifests as JSON."""
        manifests = [self.read(json.loads(rows)) for rows in batch["rows"]]
        return {"manifest": [json.dumps(asdict(each)) for each in manifests]}

    def read(self, rows: _Rows) -> Manifest:
        """Read the articles that stand in rows of files, and write what comes of them."""
        found = self._taken(rows)
        tried = tries_of(rows)
        tries: int = self._folder.told(tried) or 0
        self._folder.tell(tried, tries + 1)
        taken = [each for _, each in found]
        if tries > _TRIES:
            reason = f"the processes that read it were killed {tries} times"
            return write_part(
                self._folder, (), {}, [Failed(each.source, reason, now()) for each in taken]
            )
        outcomes = list(map(read_one, taken) if tries == 0 else read_apart(taken))
        failed = [each for each in outcomes if isinstance(each, Failed)]
        arrivals = [each for each in outcomes if not isinstance(each, Failed)]
        places = {each.article.sha256: position for position, each in found}
        return write_part(self._folder, arrivals, places, failed)

    def _taken(self, rows: _Rows) -> list[tuple[int, Taken]]:
        found = (
            row
            for path, wanted in rows
            for row in self._folder.read(path).take(list(wanted)).to_pylist()
        )
        return [(row["position"], article_of(row)) for row in found]
