"""Word files by docgen, from a house as it comes with docgen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docgen import look
from docgen.document import Document
from docgen.write import docx


def writer(house: Path) -> Callable[[Document], bytes]:
    """Return what writes documents that look as *house* says."""
    return partial(docx.write, look=look.read(house.read_bytes(), house.name))
