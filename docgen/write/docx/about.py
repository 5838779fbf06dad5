"""What a Word file says about itself, and in which language Word is to check it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from docx.opc.coreprops import CoreProperties
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from docgen.document import Document

LONGEST = 255  # characters a property of a file may have
TEXTS = ("title", "subject", "author", "language")


def texts(document: Document) -> dict[str, str]:
    """Return what a file says in its properties about *document*."""
    return {name: str(getattr(document, name))[:LONGEST] for name in TEXTS}


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
    speak(root, language)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def speak(root: etree._Element, language: str) -> None:
    """Have Word check the spelling in *language*, in the styles or the settings below *root*."""
    for path in ("w:docDefaults/w:rPrDefault/w:rPr/w:lang", "w:themeFontLang"):
        for element in root.findall(path, nsmap):
            element.set(qn("w:val"), language)
