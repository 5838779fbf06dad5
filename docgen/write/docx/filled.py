"""A house filled block by block: what it makes of a paragraph that many documents have is kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias, cast

from docgen.write.docx import piece
from docgen.write.docx.heads import Known
from docgen.write.docx.piece import BLOCK, Piece
from docgen.write.docx.tags import Filler, Values

SIZE = 4096  # paragraphs that are kept

Shown: TypeAlias = list[tuple[Known, str, str]]


def pieces(house: Filler, values: Values, space: str) -> list[Piece]:
    """Return the pieces that *house* makes of *values*; *space* declares its namespaces."""
    if not house.apart:
        return piece.parted(house.filled(values), space)
    known = _known(house, space)
    if len(known) > SIZE:
        known.clear()
    blocks = cast("list[Values]", values["blocks"])
    keys = [(block["kind"], block["text"]) if "text" in block else None for block in blocks]
    kept = [known.get(key) for key in keys]
    others = [block for block, shown in zip(blocks, kept, strict=True) if shown is None]
    before, *parts, after = house.filled({**values, "blocks": others}).split(BLOCK)
    made = iter(parts[::2])
    found = piece.parted(before, space)
    for key, each in zip(keys, kept, strict=True):
        shown = piece.parts(next(made), space) if each is None else each
        if key:
            known[key] = shown
        found += [Piece(*part) for part in shown]
    return found + piece.parted(after, space)


@lru_cache(maxsize=8)
def _known(*_: object) -> dict[tuple[object, object] | None, Shown]:
    """Return where is kept what a house makes of paragraphs, by their kinds and texts."""
    return {}
