"""What standard output is shown on: how wide it is, and whether it has colours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
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
