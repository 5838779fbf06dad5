"""A picture as a PDF holds it."""

from __future__ import annotations

from docgen.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """*data* holds rows of gray or RGB from the top, deflated or as JPEG; *mask* how opaque each pixel is, deflated."""

    columns: int
    rows: int
    gray: bool
    jpeg: bool
    data: bytes
    mask: bytes = b""
