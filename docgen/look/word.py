"""Word's XML: the parts of a file, and how it says lengths, switches and colors."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

from docgen.frozen import dataclass

LARGEST_PART = 32 * 1024 * 1024

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}

Parts: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Link:
    """What a part refers to: the name of another part, or an address outside the file."""

    target: str
    outside: bool


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the Word file *data* by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        large = [part.filename for part in archive.infolist() if part.file_size > LARGEST_PART]
        if large:
            raise ValueError(f"{large[0]} is larger than a look can be")
        return {part: archive.read(part) for part in archive.namelist()}


def links(found: Parts, part: str) -> dict[str, Link]:
    """Return what *part* refers to, by the ids it uses."""
    folder, name = posixpath.split(part)
    rels = found.get(f"{folder}/_rels/{name}.rels")
    return {} if rels is None else {link.get("Id") or "": _link(link, folder) for link in xml(rels)}


def _link(element: etree._Element, folder: str) -> Link:
    """Return the link that *element* is, in a part that lies in *folder*."""
    target = element.get("Target") or ""
    if element.get("TargetMode") == "External":
        return Link(target, outside=True)
    return Link(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), outside=False)


def xml(part: bytes) -> etree._Element:
    """Return the root of *part*; what would declare entities is refused, as no Word file does."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(part, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares a document type")
    return root


def tag(name: str) -> str:
    """Return *name*, such as ``w:p``, as lxml has it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def find(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the first element at *path* below *element*, if both are there."""
    return None if element is None else element.find(path, NAMESPACES)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return Word's attribute *name* of *element*, if it is there."""
    return None if element is None else element.get(f"{{{W}}}{name}")


def twips(element: etree._Element | None, *names: str) -> float | None:
    """Return the first of the attributes *names* that is there, in points."""
    found = (value(element, name) for name in names)
    return next((float(length) / 20 for length in found if length is not None), None)


def flag(element: etree._Element | None) -> bool | None:
    """Return whether a switch such as ``w:b`` is on, None where it is not said."""
    return None if element is None else value(element) not in {"0", "false", "off", "none"}


def color(found: str | None) -> str:
    """Return Word's color *found* as #rrggbb; black where Word may choose."""
    return f"#{found.lower()}" if found and re.fullmatch("[0-9A-Fa-f]{6}", found) else "#000000"
