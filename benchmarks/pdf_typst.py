"""The same documents in Typst: one template, compiled by one compiler that is kept, in the fonts of the house."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

import typst

from docgen.document import Block, Document, Run
from docgen.look import Look
from docgen.look.style import Style

TEMPLATE = Path(__file__).with_name("document.typ")


def writer(look: Look) -> Callable[[Document], bytes]:
    """Return what writes documents that look about as *look* says; its fonts lie in a folder, as Typst wants them."""
    folder = Path(tempfile.mkdtemp())
    for cut, data in look.fonts["Docgen Sans"].items():
        (folder / f"{cut}.ttf").write_bytes(data)
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=[folder], ignore_system_fonts=True)
    styles = {name: _style(style) for name, style in look.styles.items()}
    return partial(_write, look=look, compiler=compiler, styles=json.dumps(styles))


def _style(style: Style) -> dict[str, object]:
    """Return *style* as the template has it."""
    return asdict(style) | {"weight": "bold" if style.bold else "regular"}


def _write(document: Document, look: Look, compiler: typst.Compiler, styles: str) -> bytes:
    """Return *document* as a file."""
    edges = {"left": look.left, "top": look.top, "bottom": look.bottom, "measure": look.measure}
    data = {
        "title": document.title,
        "author": document.author,
        "language": document.language[:2],
        "paper": [document.paper.width, document.paper.height],
        "edges": edges,
        "letterhead": document.letterhead,
        "footer": document.footer,
        "page_of": document.page_of,
        "blocks": [_block(block) for block in document.blocks],
    }
    made = compiler.compile(format="pdf", sys_inputs={"document": json.dumps(data), "styles": styles})
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
    return made


def _block(block: Block) -> dict[str, object]:
    """Return *block* as the template has it."""
    return {"kind": type(block).__name__, **{field.name: _plain(getattr(block, field.name)) for field in fields(block)}}


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever a block is made of
    """Return *value* as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Run):
        return value._asdict()
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
