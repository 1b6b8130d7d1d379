"""Load what is shipped once, whichever thread asks first, and ahead of its first use.

Most of the time that loading takes is spent outside Python, in ONNX Runtime and in hashing, so that
another thread can import what reading needs meanwhile.
"""

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import TypeVar

__all__ = ["FOLDER", "load_networks", "once"]

FOLDER = Path(__file__).parent
T = TypeVar("T")


def once(load: Callable[[], T]) -> Callable[[], T]:
    """Return a function that loads when it is first called; threads that ask meanwhile wait.

    What raises an error is tried again by the next call.
    """
    lock, loaded = Lock(), list[T]()

    @cache
    @wraps(load)
    def get() -> T:
        with lock:
            if not loaded:
                loaded.append(load())
        return loaded[0]

    return get


def load_networks() -> None:
    """Load the networks that are shipped, the part of a cold start that runs outside Python.

    Raises:
        ModelError: A file of them is missing or altered.
    """
    from onrecord.models.attribution import load_attribution_network
    from onrecord.models.inner import load_inner_network
    from onrecord.models.relations import load_relation_network
    from onrecord.models.syntax import load_syntax_network

    load_attribution_network()
    load_syntax_network()
    load_inner_network()
    load_relation_network()
