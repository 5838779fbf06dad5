"""Standard output and error: what they can take, and what is said where they take nothing."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, cast

import click

from docgen.visible import visible

NO_MEMORY = "no memory is left"
KEPT = "\n\t"  # what may be written as it is
BLOCK = 1_000  # lines that are written at once


class Shown:
    """A *stream* to which nothing is written that a terminal obeys, as in the name of a file."""

    def __init__(self, stream: TextIO) -> None:
        """Write to *stream*."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write *text* so that all of it is seen."""
        return self.stream.write(visible(text, KEPT))

    def __getattr__(self, name: str) -> Any:
        """Return what the stream has of this *name*."""
        return getattr(self.stream, name)


@contextmanager
def prepared() -> Iterator[None]:
    """Let standard output and error take every letter, also where the locale knows but ASCII, or they are closed."""
    before = sys.stdout, sys.stderr
    streams = tuple(stream or nowhere() for stream in before)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            plain = stream.encoding.lower().replace("-", "") in {"ascii", "usascii", "ansi_x3.41968"}
            stream.reconfigure(encoding="utf-8" if plain else stream.encoding, errors="backslashreplace")
    sys.stdout, sys.stderr = (cast("TextIO", Shown(stream)) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def bare(stream: TextIO) -> TextIO:
    """Return what *stream* writes to, for the colours and the bars that are docgen's own."""
    return stream.stream if isinstance(stream, Shown) else stream


def tell(lines: Iterable[str], stream: TextIO) -> None:
    """Write *lines* to *stream* as they come, of which there may be more than are to be held."""
    rest = iter(lines)
    while block := list(islice(rest, BLOCK)):
        click.echo("\n".join(block), stream)


def typed(word: str) -> bool:
    """Return whether a system can give *word* as an argument."""
    try:
        return b"\0" not in os.fsencode(word)
    except UnicodeEncodeError:
        return False


def nowhere() -> TextIO:
    """Return what takes everything and keeps nothing."""
    return Path(os.devnull).open("w", encoding="utf-8")


def finish() -> None:
    """Write what standard output has not yet taken; raises OSError where it cannot, and then asks no more of it."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):  # or Python would try once more as it ends, and fail with a message of its own
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def place(error: OSError) -> str:
    """Return what *error* is about: its file, or standard output if that was written to, or else the program."""
    import traceback  # noqa: PLC0415 - only what the system refuses needs it

    frames = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    said = any(code in {click.echo.__code__, finish.__code__} for code in frames)
    return str(error.filename or ("standard output" if said else "a file of docgen or of Python"))


def complain(*lines: object) -> None:
    """Print *lines* on standard error, as far as that takes any."""
    with suppress(OSError):
        click.echo("\n".join(map(str, lines)), err=True)
