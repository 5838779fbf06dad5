"""The Word file around a filled house: what it says about itself, and bytes that owe nothing to the clock."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from docx.document import Document as Word
from docx.oxml.ns import qn

from docgen.document import Document

LONGEST = 255  # characters a property of a file may have
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can name
UNIX = 3


def packed(word: Word, document: Document) -> bytes:
    """Return *word*, which holds the text of *document*, as the bytes of a file."""
    _describe(word, document)
    _speak(word, document.language)
    file = io.BytesIO()
    word.save(file)
    return _normal(file)


def _describe(word: Word, document: Document) -> None:
    """Say in the file's properties what it is and whose."""
    properties = word.core_properties
    properties.title = document.title[:LONGEST]
    properties.subject = document.subject[:LONGEST]
    properties.author = properties.last_modified_by = document.author[:LONGEST]
    properties.language = document.language
    properties.created = properties.modified = datetime.combine(document.date, time())
    properties.revision = 1


def _speak(word: Word, language: str) -> None:
    """Have Word check the spelling in *language*."""
    for part in (word.styles.element, word.settings.element):
        for path in ("w:docDefaults/w:rPrDefault/w:rPr/w:lang", "w:themeFontLang"):
            for element in part.findall(path, part.nsmap):
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
