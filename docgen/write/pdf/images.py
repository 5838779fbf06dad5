"""The pictures of a PDF: each is in the file once, however many pages show it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from docgen.look.picture import Picture
from docgen.write.pdf.objects import File

DIGITS = 16  # of a picture's hash, which name it


@lru_cache(maxsize=16)
def name(picture: Picture) -> str:
    """Return what pages call *picture*."""
    content = b"%d %d " % (picture.columns, picture.rows) + picture.data + picture.mask
    return f"Im{hashlib.sha256(content).hexdigest()[:DIGITS]}"


def add(file: File, pictures: Iterable[Picture]) -> str:
    """Add *pictures* to *file*, and return the entry for them among what pages need; empty if there are none."""
    found = {name(picture): _add(file, picture) for picture in pictures}
    entries = "".join(f"/{called} {number} 0 R" for called, number in found.items())
    return f"/XObject<<{entries}>>" if entries else ""


def _add(file: File, picture: Picture) -> int:
    """Return the number of *picture* in *file*."""
    mask = ""
    if picture.mask:
        mask = f"/SMask {file.stream(picture.mask, _entries(picture, jpeg=False, gray=True))} 0 R"
    return file.stream(picture.data, _entries(picture, jpeg=picture.jpeg, gray=picture.gray) + mask)


def _entries(picture: Picture, *, jpeg: bool, gray: bool) -> str:
    """Return what a file says of an image as large as *picture*."""
    size = f"/Width {picture.columns}/Height {picture.rows}/BitsPerComponent 8"
    packing, space = "DCTDecode" if jpeg else "FlateDecode", "DeviceGray" if gray else "DeviceRGB"
    return f"/Type/XObject/Subtype/Image{size}/ColorSpace/{space}/Filter/{packing}"
