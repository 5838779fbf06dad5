"""What standard output is shown on: how wide it is, whether it has colours, and what it can take."""

from __future__ import annotations

import io
import os
import shutil
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import click

from docgen.report import page
from docgen.report.page import Page, Tone

STYLES: Mapping[Tone, dict[str, Any]] = {
    Tone.HEADING: {"bold": True},
    Tone.ALARM: {"fg": "red"},
    Tone.HELD: {"fg": "yellow"},
    Tone.WHY: {"dim": True},
}


def page_of(stream: TextIO, environ: Mapping[str, str]) -> Page:
    """Return the page that *stream* is: as wide as its terminal, painted where colours are wanted."""
    if not stream.isatty():
        return Page()
    width = shutil.get_terminal_size((page.WIDTH, 0)).columns
    return Page(width, paint if coloured(environ, terminal=True) else page.plain)


def coloured(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Return whether to use colours: on a terminal, unless NO_COLOR says anything (https://no-color.org)."""
    return terminal and not environ.get("NO_COLOR")


def paint(text: str, tone: Tone) -> str:
    """Return *text* in the colours of *tone*."""
    return click.style(text, **STYLES[tone]) if text and tone in STYLES else text


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
    frames = (frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__))
    said = any(code in {click.echo.__code__, finish.__code__} for code in frames)
    return str(error.filename or ("standard output" if said else "a file of docgen or of Python"))


def complain(*lines: object) -> None:
    """Print *lines* on standard error, as far as that takes any."""
    with suppress(OSError):
        click.echo("\n".join(map(str, lines)), err=True)
