"""Reads a file that was put together of others back: each page of each is there, in its order, and says the same.

What a page says are the operators that show it, and the maps by which the codes of its fonts are read.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream

from docgen.frozen import dataclass
from docgen.problem import Mark, Problems, stop

FOOT = re.compile(rb"Q q /\w+ Do Q")  # what a bundle adds below a page, which it sets apart by a q
BLANK = hashlib.sha256().digest()
SIDES = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A file that was put in: its *name*, and what each of its pages says."""

    name: str
    pages: tuple[bytes, ...]

    @property
    def sheets(self) -> tuple[bytes, ...]:
        """Return its pages as they are printed on both sides, a blank back after an odd one."""
        return self.pages + (BLANK,) * (len(self.pages) % SIDES)


def part(name: str, content: bytes) -> Part:
    """Return the PDF *content*, called *name*, as it is to be found again."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return Part(name, tuple(map(_said, pdf.pages)))


def check(file: BinaryIO, name: str, parts: Sequence[Part], *, duplex: bool) -> None:
    """Raise Problems if the *file* called *name* is not all *parts*, one after the other and nothing else."""
    wanted = [(one.name, page) for one in parts for page in (one.sheets if duplex else one.pages)]
    try:
        with Pdf.open(file) as pdf:
            found = len(pdf.pages)
            pairs = zip(pdf.pages, wanted, strict=False)
            wrong = next(
                (n for n, (page, (_, said)) in enumerate(pairs) if _said(page) != said), min(found, len(wanted))
            )
    except (PdfError, OSError) as error:
        raise _fault(name, f"it cannot be read ({error})") from error
    if wrong < len(wanted):
        raise _fault(name, f"its page {wrong + 1} is not what {wanted[wrong][0]} has there")
    if found > len(wanted):
        raise _fault(name, f"it has {found} pages where {len(wanted)} belong")


def _fault(name: str, difference: str) -> Problems:
    """Return the Problems that say by what *difference* the file called *name* is not its parts."""
    return stop(f"was read back, and {difference}; docgen does not write what lost a page: report this", Mark(name))


def _said(page: Page) -> bytes:
    """Return a hash of what *page* says."""
    found = hashlib.sha256()
    for piece in (*_operators(page), *_maps(page.obj.get(Name.Resources))):
        found.update(piece)
    return found.digest()


def _operators(page: Page) -> list[bytes]:
    """Return the operators that show *page*, without what a bundle puts around them."""
    contents = page.obj.get(Name.Contents, Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    pieces = [stream.read_bytes().strip() for stream in streams]
    return pieces[1:-1] if pieces and pieces[0] == b"q" and FOOT.fullmatch(pieces[-1]) else pieces


def _maps(resources: Object | None) -> Iterator[bytes]:
    """Yield the names of the fonts in *resources*, and how their codes are read."""
    fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    if isinstance(fonts, Dictionary):
        for name in sorted(fonts.keys()):
            mapping = fonts[name].get(Name.ToUnicode)
            yield name.encode()
            yield mapping.read_bytes().strip() if isinstance(mapping, Stream) else b""
