"""Word files by docxtpl as its documentation shows: open the template, render a context, save.

The template is the very house that docgen fills. What docgen adds besides is not done here: widths of columns, what
stays on a page, codes to scan, descriptions, the language.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docxtpl import DocxTemplate
from markupsafe import Markup

Context = dict[str, object]


def prepared(found: object) -> object:
    """Return *found*, a context for docgen, as one for docxtpl: XML is markup, whoever made it."""
    if isinstance(found, dict):
        return {name: prepared(value) for name, value in found.items()}
    if isinstance(found, list | tuple):
        return [prepared(value) for value in found]
    return Markup(found) if hasattr(found, "__html__") else found  # noqa: S704 - it is what docgen escaped


def writer(house: Path) -> Callable[[Context], bytes]:
    """Return what fills *house* with a context."""
    return partial(_write, house)


def _write(house: Path, context: Context) -> bytes:
    """Return *house* filled with *context*."""
    template = DocxTemplate(house)
    template.render(context, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()
