"""Standard output and error: what they can take, and what is said where they take nothing."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click


def prepare() -> None:
    """Let standard output and error take every letter, also where the locale knows but ASCII, or they are closed."""
    sys.stdout, sys.stderr = sys.stdout or nowhere(), sys.stderr or nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = stream.encoding.lower().replace("-", "") in {"ascii", "usascii", "ansi_x3.41968"}
            stream.reconfigure(encoding="utf-8" if plain else stream.encoding, errors="backslashreplace")


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
    import traceback  # noqa: PLC0415 - only a mistake needs it

    frames = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    said = any(code in {click.echo.__code__, finish.__code__} for code in frames)
    return str(error.filename or ("standard output" if said else "a file of docgen or of Python"))


def complain(*lines: object) -> None:
    """Print *lines* on standard error, as far as that takes any."""
    with suppress(OSError):
        click.echo("\n".join(map(str, lines)), err=True)
