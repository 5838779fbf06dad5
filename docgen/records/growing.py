"""Python looks for waste among all that there is each time that enough is new, which takes long where much is kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MUCH = 1 << 20  # bytes, of which looking through what they say takes a quarter of the time


@contextmanager
def growing(size: int = 0) -> Iterator[None]:
    """Do not look for waste while so many bytes are read, nor later in what much was read of: it is kept."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
        if was and size > MUCH:
            gc.freeze()
    finally:
        if was:
            gc.enable()
