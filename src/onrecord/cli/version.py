"""`onrecord version`: print the version; with --verbose, models and libraries too."""

import click

__all__ = ["version"]

LIBRARIES = (
    "click",
    "fastwarc",
    "feedparser",
    "httpx",
    "jinja2",
    "lxml",
    "lxml-html-clean",
    "markdown-it-py",
    "msgspec",
    "numpy",
    "onnxruntime",
    "protego",
    "python-dateutil",
    "rich",
    "sqlalchemy",
    "trafilatura",
)
MODEL_SUFFIXES = frozenset({".onnx", ".npz", ".npy", ".f16", ".bin", ".safetensors"})


@click.command(short_help="Print the version; with --verbose, models and libraries too.")
@click.option("--verbose", is_flag=True, help="Models with their hashes, versions of libraries.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def version(verbose: bool, as_json: bool) -> None:
    """Print the version of OnRecord."""
    if as_json:
        _print_json(verbose=verbose)
        return
    click.echo(f"onrecord {installed('onrecord')}")
    if verbose:
        _print_details()


def installed(distribution: str) -> str:
    """Return a distribution's installed version."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as version_of

    try:
        return version_of(distribution)
    except PackageNotFoundError:
        return "not installed"


def models() -> tuple[tuple[str, str, int], ...]:
    """Return the shipped networks: file, SHA-256, bytes."""
    import hashlib
    from pathlib import Path

    import onrecord.models

    folder = Path(onrecord.models.__path__[0])
    files = sorted(path for path in folder.rglob("*") if path.suffix in MODEL_SUFFIXES)
    return tuple(
        (
            path.relative_to(folder).as_posix(),
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_size,
        )
        for path in files
    )


def _print_details() -> None:
    import platform

    click.echo(f"Python {platform.python_version()} on {platform.platform()}")
    click.echo("\nmodels")
    for name, digest, size in models():
        click.echo(f"  {name}  {size / 1e6:.1f} MB  sha256 {digest}")
    click.echo("\nlibraries")
    for name in LIBRARIES:
        click.echo(f"  {name} {installed(name)}")


def _print_json(*, verbose: bool) -> None:
    import json
    import platform

    entry: dict[str, object] = {"onrecord": installed("onrecord")}
    if verbose:
        entry["python"] = platform.python_version()
        entry["models"] = [
            {"file": name, "sha256": digest, "bytes": size} for name, digest, size in models()
        ]
        entry["libraries"] = {name: installed(name) for name in LIBRARIES}
    click.echo(json.dumps(entry))
