"""A house filled block by block: what it makes of a paragraph that many documents have is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from docgen.document import Block
from docgen.write.docx import piece
from docgen.write.docx.heads import Known
from docgen.write.docx.piece import BLOCK, Piece
from docgen.write.docx.plate import Plate
from docgen.write.docx.tags import Values

SIZE = 4096  # blocks that are kept

Key: TypeAlias = tuple[object, ...]
Show: TypeAlias = Callable[[Block], list[Values]]


def pieces(
    house: Plate, values: Values, blocks: Sequence[Block], keys: Sequence[Key | None], show: Show
) -> list[Piece]:
    """Return the pieces that *house* makes of *blocks*, and of the other *values* of a document.

    What is made of a block is kept by its key, if it has one; *show* says what the house is to show of another.
    """
    known = _known(house)
    if len(known) > SIZE:
        known.clear()
    kept = [known.get(key) for key in keys]
    fresh = [show(block) for block, parts in zip(blocks, kept, strict=True) if parts is None]
    text = house.text.filled({**values, "blocks": [each for shown in fresh for each in shown]})
    before, *made, after = text.split(BLOCK)
    texts, counts = iter(made), iter(map(len, fresh))
    found = piece.parted(before, house.space)
    for key, parts in zip(keys, kept, strict=True):
        shown = parts
        if shown is None:
            shown = piece.parts("".join([next(texts) for _ in range(next(counts))]), house.space)
            if key:
                known[key] = shown
        for part in shown:
            found.append(Piece(*part))
    return found + piece.parted(after, house.space)


@lru_cache(maxsize=8)
def _known(_: Plate) -> dict[Key | None, list[tuple[Known, str, str]]]:
    """Return where is kept what a house makes of blocks."""
    return {}
