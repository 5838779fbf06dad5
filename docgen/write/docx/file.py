"""The Word file around the text of a document, in bytes that owe nothing to the clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import lru_cache
from itertools import count

from docx.document import Document as Word

from docgen.document import Document
from docgen.write.docx import about, archive, check, plate, runs
from docgen.write.docx.archive import Member
from docgen.write.docx.code import Album
from docgen.write.docx.plate import LINKS, TEXT, Plate
from docgen.write.docx.tags import Filler

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can name
UNIX = 3
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
LINK = f'<Relationship Id="{{link}}" Type="{IMAGE}" Target="{{target}}"/>'
NUMBER = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+')  # of a picture


def bound(house: Plate, document: Document, text: str, values: Mapping[str, object], album: Album) -> bytes:
    """Return *document* as a file: the XML of its *text*, the *values* in its headers, and the pictures of *album*."""
    targets = {link: f"media/image{at}.png" for at, link in enumerate(album.pictures.values(), start=house.images + 1)}
    links = "".join(LINK.format(link=link, target=target) for link, target in targets.items())
    members = (
        archive.member(TEXT, archive.packed(_bytes(house.start + text, document, house))),
        _properties(house, document),
        *_furniture(house, document, values, album.shown),
        archive.member(LINKS, archive.again(f"{house.links}{links}</Relationships>".encode())),
        *(archive.member(f"word/{targets[link]}", archive.packed(data)) for data, link in album.pictures.items()),
    )
    return archive.archive(plate.beginning(house, document.language), members)


def _properties(house: Plate, document: Document) -> Member:
    """Return what the file says about *document*."""
    said = {name: runs.attribute(text) for name, text in about.texts(document).items()}
    said["day"] = f"{document.date.isoformat()}T00:00:00"
    name, parts = house.properties
    text = "".join([said[part] if place % 2 else part for place, part in enumerate(parts)])
    return archive.member(name, archive.packed(_bytes(text, document, house), 0))


def _furniture(house: Plate, document: Document, values: Mapping[str, object], shown: int) -> Iterator[Member]:
    """Yield the headers and footers with their *values*; their pictures are numbered after those *shown* already."""
    number = count(shown + 1)
    for name, filler in house.furniture:
        text = _filled(filler, *(values.get(name) for name in filler.names))
        if "<wp:docPr " in text:
            text = NUMBER.sub(lambda hit: f"{hit[1]}{next(number)}", text)
        yield archive.member(name, archive.again(_bytes(text, document, house)))


@lru_cache(maxsize=256)
def _filled(filler: Filler, *values: object) -> str:
    """Return what *filler* makes of the *values* of its names, as the next document may have the same."""
    return filler.filled(dict(zip(filler.names, values, strict=True)))


def _bytes(text: str, document: Document, house: Plate) -> bytes:
    """Return the XML *text* as bytes; raises Problems for a sign of *document* that no file of *house* can show."""
    data = text.encode("utf-8", "surrogatepass")
    check.text_of(data, document, house.signs)
    return data


def packed(word: Word, document: Document) -> bytes:
    """Return *word*, a template of the owner's that holds the values of *document*, as the bytes of a file."""
    about.describe(word.core_properties, about.texts(document), datetime.combine(document.date, time()))
    for part in (word.styles.element, word.settings.element):
        about.speak(part, document.language)
    file = io.BytesIO()
    word.save(file)
    return _normal(file)


def _normal(file: io.BytesIO) -> bytes:
    """Return the zip archive *file* without its times, its parts in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = UNIX
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
