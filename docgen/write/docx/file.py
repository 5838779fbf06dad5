"""The Word file around a filled house: what it says about itself, and bytes that owe nothing to the clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time

from docx.document import Document as Word
from docx.opc.coreprops import CoreProperties
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from docgen.document import Document

LONGEST = 255  # characters a property of a file may have
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can name
UNIX = 3


def packed(word: Word, document: Document) -> bytes:
    """Return *word*, which holds the text of *document*, as the bytes of a file."""
    describe(word.core_properties, texts(document), datetime.combine(document.date, time()))
    for part in (word.styles.element, word.settings.element):
        _speak(part, document.language)
    file = io.BytesIO()
    word.save(file)
    return _normal(file)


def texts(document: Document) -> dict[str, str]:
    """Return what a file says in its properties about *document*."""
    return {
        "title": document.title[:LONGEST],
        "subject": document.subject[:LONGEST],
        "author": document.author[:LONGEST],
        "language": document.language,
    }


def describe(properties: CoreProperties, said: Mapping[str, str], day: datetime) -> None:
    """Say in the *properties* of a file what is *said* of it, and that it is of this *day*."""
    for name, text in said.items():
        setattr(properties, name, text)
    properties.last_modified_by = said["author"]
    properties.created = properties.modified = day
    properties.revision = 1


def spoken(part: bytes, language: str) -> bytes:
    """Return a *part* of a file in which Word is to check the spelling in *language*."""
    root = parse_xml(part)
    _speak(root, language)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _speak(root: etree._Element, language: str) -> None:
    """Have Word check the spelling in *language*, in the styles or the settings below *root*."""
    for path in ("w:docDefaults/w:rPrDefault/w:rPr/w:lang", "w:themeFontLang"):
        for element in root.findall(path, nsmap):
            element.set(qn("w:val"), language)


def _normal(file: io.BytesIO) -> bytes:
    """Return the zip archive *file* without its times, its parts in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = UNIX
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
