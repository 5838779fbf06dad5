"""Reads a filled template of the owner's back: its own words and the values that it prints, part by part."""

from __future__ import annotations

import re

from jinja2 import TemplateError
from lxml import etree

from docgen import proof
from docgen.document import Document
from docgen.look import template
from docgen.proof import docx
from docgen.write.docx.given import Nothing, given
from docgen.write.docx.own import Sandbox

LOOKS = re.compile(r"\{%\s*(?:colspan|cellbg)\b.*?%\}")  # tags of docxtpl's that print nothing
NEAR = 30  # characters that a message shows around the first difference


def check(data: bytes, document: Document, source: bytes) -> None:
    """Raise Problems if the Word file *data* is not what the template *source* says of *document*."""
    made = docx.read(data)
    for name, root in docx.read(source).items():
        if docx.is_text(name):
            wanted = docx.squeezed([filled(root, document)])
            found = docx.squeezed(template.lines(made[name])) if name in made else ""
            if found != wanted:
                place = max(proof.alike(found, wanted) - NEAR // 2, 0)
                one, other = (proof.shown(each[place : place + NEAR]) for each in (found, wanted))
                raise proof.wrong(docx.FORM, f"it says {one} where the template says {other}")


def filled(root: etree._Element, document: Document) -> str:
    """Return the text of the part *root* of a template, filled as plain text with the values of *document*."""
    sandbox = Sandbox(set()).overlay(autoescape=False, finalize=printed)
    source = "\n".join(template.plain(LOOKS.sub("", line)) for line in template.lines(root))
    try:
        return sandbox.from_string(source).render(given(document))
    except TemplateError as error:
        raise proof.wrong(docx.FORM, f"the template could not be read once more ({error})") from error


def printed(value: object) -> object:
    """Return *value* as it is printed: without a value there is nothing."""
    return "" if isinstance(value, Nothing) else value
