"""`onrecord train`: train a network on one's own annotations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import ModelError, OnrecordError

if TYPE_CHECKING:
    from onrecord.training.annotated import Trained

__all__ = ["train"]


@click.group(short_help="Train a network on your own annotations.")
def train() -> None:
    """Train a network on your own annotations; needs torch (`pip install 'onrecord[train]'`)."""


@train.command()
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Annotated articles: JSON lines, or a folder of brat standoff.",
)
@click.option(
    "--dev",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Annotated articles to calibrate on; without it every tenth of the others is held back.",
)
@click.option(
    "--out",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the network goes; a run that was broken off there goes on.",
)
@click.option(
    "--start",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="The network to begin from, if not the one that is shipped.",
)
@click.option("--epochs", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--rate", type=float, default=5e-4, show_default=True, help="Learning rate.")
@click.option("--threads", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def attribution(  # noqa: PLR0917 (click passes them by name)
    data: Path,
    dev: Path | None,
    out: Path,
    start: Path | None,
    epochs: int,
    rate: float,
    threads: int,
    seed: int,
) -> None:
    """Train the shipped attribution network further on articles in which you marked who said what.

    \b
    Example:
      onrecord train attribution --data annotated.jsonl --out ours
      onrecord read --model ours report.txt
    """
    from onrecord.intake.annotations import read_annotations
    from onrecord.models.attribution import FOLDER

    try:
        _check_torch()
        from onrecord.training.annotated import train_on
        from onrecord.training.fitting import Plan

        held = read_annotations(dev) if dev else ()
        plan = Plan(epochs=epochs, rate=rate, threads=threads, seed=seed)
        trained = train_on(read_annotations(data), held, out, start=start or FOLDER, plan=plan)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        raise SystemExit(1) from None
    _tell(trained)


def _check_torch() -> None:
    from importlib.util import find_spec

    if missing := [name for name in ("torch", "onnx", "onnxscript") if not find_spec(name)]:
        raise ModelError(
            f"training needs {', '.join(missing)}; pip install 'onrecord[train]' brings them"
        )


def _tell(trained: "Trained") -> None:
    found = trained.calibration
    click.echo(f"{trained.folder}: trained on {trained.learnt} articles")
    click.echo(
        f"on {trained.held} articles held back: end to end {found.best:.1f} "
        f"(from probability {found.threshold:.2f}), calibration error {found.error:.3f}"
    )
