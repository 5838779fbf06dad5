"""The pictures of a PDF: each is in the file once, however many pages show it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from pikepdf import Dictionary, Name, Object, Pdf

from docgen.look.picture import Picture
from docgen.write.pdf.page import Image, Page

DIGITS = 16  # of a picture's hash, which name it


@lru_cache(maxsize=16)
def name(picture: Picture) -> str:
    """Return what pages call *picture*."""
    content = b"%d %d " % (picture.columns, picture.rows) + picture.data + picture.mask
    return f"Im{hashlib.sha256(content).hexdigest()[:DIGITS]}"


def add(pdf: Pdf, pages: Sequence[Page]) -> None:
    """Add to *pdf* the pictures that its *pages* show."""
    made: dict[str, Object] = {}
    for page, laid_out in zip(pdf.pages, pages, strict=True):
        for picture in dict.fromkeys(item.picture for item in laid_out.items if isinstance(item, Image)):
            called = name(picture)
            if called not in made:
                made[called] = _made(pdf, picture)
            if Name.XObject not in page.resources:
                page.resources.XObject = Dictionary()
            page.resources.XObject[f"/{called}"] = made[called]


def _made(pdf: Pdf, picture: Picture) -> Object:
    """Return *picture* as an object of *pdf*."""
    image = _stream(pdf, picture, picture.data, jpeg=picture.jpeg, gray=picture.gray)
    if picture.mask:
        image.SMask = _stream(pdf, picture, picture.mask, jpeg=False, gray=True)
    return image


def _stream(pdf: Pdf, picture: Picture, data: bytes, *, jpeg: bool, gray: bool) -> Object:
    """Return *data*, as large as *picture*, as an image of *pdf*."""
    stream = pdf.make_stream(b"")
    stream.write(data, filter=Name.DCTDecode if jpeg else Name.FlateDecode)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = picture.columns, picture.rows, 8
    stream.ColorSpace = Name.DeviceGray if gray else Name.DeviceRGB
    return stream
