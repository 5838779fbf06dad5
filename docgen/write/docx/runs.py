"""Text as Word's runs: faces, line breaks, references that follow their clause, and fields that count pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from docgen.document import BEFORE_SUMMARY, Clause, Inlines, Ref, Run
from docgen.look import Look
from docgen.look.style import SUMMARY

RUN = Markup('<w:r>{face}<w:t xml:space="preserve">{text}</w:t></w:r>')
BOLD, ITALIC, UPRIGHT = Markup("<w:rPr><w:b/></w:rPr>"), Markup("<w:rPr><w:i/></w:rPr>"), Markup()
STYLED = Markup('<w:rPr><w:rStyle w:val="{style}"/><w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/></w:rPr>')
FIELD = Markup(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOOKMARK = Markup('<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>')
COUNTERS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def verbatim(value: object) -> object:
    """Return a text *value* as it is to stand in the XML, any other unchanged.

    docxtpl reads ``{_{`` in what it has filled as ``{{``, so no underscore may stand there as itself.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("_", "&#95;"))  # noqa: S704 - it has just been escaped


def run(text: str, face: Markup = UPRIGHT) -> Markup:
    """Return *text* as a run in *face*; docxtpl turns a line feed in it into a line break."""
    return RUN.format(face=face, text=verbatim(text))


def runs(inlines: Inlines, numbers: Mapping[str, int]) -> Markup:
    """Return *inlines* as runs; *numbers* are those of the clauses' bookmarks, by the clauses' ids."""
    return Markup().join(_inline(inline, numbers) for inline in inlines)


def marked(clause: Clause, numbers: Mapping[str, int], look: Look) -> Markup:
    """Return *clause* as runs, its text within the bookmark that references to it go to."""
    text = runs(clause.inlines, numbers)
    if clause.id:
        number = numbers[clause.id]
        text = BOOKMARK.format(number=number, name=_name(number), text=text)
    return text + _summary(clause.summary, look) if clause.summary else text


def _summary(text: str, look: Look) -> Markup:
    """Return what sums a clause up; in Word bold on bold would cancel out, so that its face is given outright."""
    style = look.styles[SUMMARY]
    return run(BEFORE_SUMMARY) + run(text, STYLED.format(style=look.ids[SUMMARY], bold=style.bold, italic=style.italic))


def page_of(text: str) -> Markup:
    """Return *text* as runs, with fields that count in place of ``{page}`` and ``{pages}``."""
    parts = re.split(r"(\{pages?\})", text)
    return Markup().join(_field(COUNTERS[part], "1") if part in COUNTERS else run(part) for part in parts if part)


def _inline(inline: Run | Ref, numbers: Mapping[str, int]) -> Markup:
    """Return *inline* as runs; the houses carry no bold italic, and bold is the stronger."""
    if isinstance(inline, Ref):
        return _field(f"REF {_name(numbers[inline.clause])} \\w \\h", inline.text)
    return run(inline.text, BOLD if inline.bold else ITALIC if inline.italic else UPRIGHT)


def _field(code: str, text: str) -> Markup:
    """Return the field *code* of Word's, which shows *text* until it is computed anew."""
    return FIELD.format(code=code, shown=run(text))


def _name(number: int) -> str:
    """Return the name of the bookmark *number*, of the kind that Word keeps out of its lists."""
    return f"_Ref{number:09}"
