"""The article number of a letter, known before it is printed: in words, and as bars for the scanner at the counter."""

from __future__ import annotations

from docgen.document import Code, Pairs
from docgen.language import Language
from docgen.post import barcode, numbers

MARGIN = 10  # modules that stay light beside the bars (ISO/IEC 15417)
MODULE, MOST = 0.28, 70.0  # millimetres: a module, and all of them
HEIGHT = 14.0


def block(number: str, tongue: Language) -> Pairs:
    """Return *number* and its bars; a number that bars cannot say stands alone."""
    return Pairs(((tongue.label("list.article"), numbers.shown(number)),), code(number, tongue))


def code(number: str, tongue: Language) -> Code | None:
    """Return *number* as bars, None if they cannot say it."""
    try:
        modules = barcode.bars(number, gs1=numbers.of_usps(number))
    except ValueError:
        return None
    width = min((len(modules) + 2 * MARGIN) * MODULE, MOST)
    return Code((modules,), MARGIN, "", tongue.label("list.bars", number=numbers.shown(number)), width, HEIGHT)
