"""Text as Word's runs: faces, line breaks, references that follow their clause, and fields that count pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from docgen.document import BEFORE_SUMMARY, Clause, Inlines, Ref, Run
from docgen.look import Look
from docgen.look.style import SUMMARY

BOLD, ITALIC, UPRIGHT = "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", ""
STYLED = '<w:rPr><w:rStyle w:val="{style}"/><w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/></w:rPr>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ',
    ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("\n", LINE_BREAK))
NOTHING = "<?n?>"  # where a text is empty
COUNTERS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


class Xml(str):
    """XML, which a template shows as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the XML, as what escapes asks for it."""
        return self


def xml(text: str) -> str:
    """Return *text* as it stands in the XML of a ``w:t``; a line feed in it is a line break."""
    for sign, escaped in ESCAPES:
        if sign in text:  # which is soon seen
            text = text.replace(sign, escaped)
    return text


def attribute(text: str) -> str:
    """Return *text* as it stands in the value of an attribute."""
    return xml(text.replace("\n", " "))


def finalized(value: object) -> object:
    """Return what a template shows for *value*: a text as it stands in XML, and a sign where it is empty."""
    return xml(value) or NOTHING if type(value) is str else value


def run(text: str, face: str = UPRIGHT) -> str:
    """Return *text* as a run in *face*."""
    return f'<w:r>{face}<w:t xml:space="preserve">{xml(text)}</w:t></w:r>' if text else ""


def runs(inlines: Inlines, numbers: Mapping[str, int]) -> str:
    """Return *inlines* as runs; *numbers* are those of the clauses' bookmarks, by the clauses' ids."""
    return _runs(inlines, tuple([numbers[inline.clause] for inline in inlines if isinstance(inline, Ref)]))


@lru_cache(maxsize=4096)
def _runs(inlines: Inlines, numbers: tuple[int, ...]) -> str:
    """Return *inlines*, which many documents may have, as runs; the references go to the bookmarks with *numbers*."""
    number = iter(numbers)
    return "".join(_reference(one, next(number)) if isinstance(one, Ref) else _run(one) for one in inlines)


def marked(clause: Clause, numbers: Mapping[str, int], look: Look) -> str:
    """Return *clause* as runs, its text within the bookmark that references to it go to."""
    text = runs(clause.inlines, numbers)
    if clause.id:
        number = numbers[clause.id]
        name = _name(number)
        text = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>'
    return text + _summary(clause.summary, look) if clause.summary else text


def _summary(text: str, look: Look) -> str:
    """Return what sums a clause up; in Word bold on bold would cancel out, so that its face is given outright."""
    style = look.styles[SUMMARY]
    return BEFORE + run(text, _face(look.ids[SUMMARY], style.bold, style.italic))


@lru_cache
def _face(style: str, bold: bool, italic: bool) -> str:  # noqa: FBT001 - each of them is a property of its own
    """Return the properties of a run in a *style* of characters whose face is given besides."""
    return STYLED.format(style=style, bold=bold, italic=italic)


@lru_cache
def page_of(text: str) -> str:
    """Return *text* as runs, with fields that count in place of ``{page}`` and ``{pages}``."""
    parts = re.split(r"(\{pages?\})", text)
    return "".join(_field(COUNTERS[part], "1") if part in COUNTERS else run(part) for part in parts)


def _reference(reference: Ref, number: int) -> str:
    """Return *reference* as a field that shows the number of the clause with the bookmark *number*."""
    return _field(f"REF {_name(number)} \\w \\h", reference.text)


def _run(text: Run) -> str:
    """Return *text* as a run; the houses carry no bold italic, and bold is the stronger."""
    return run(text.text, BOLD if text.bold else ITALIC if text.italic else UPRIGHT)


def _field(code: str, text: str) -> str:
    """Return the field *code* of Word's, which shows *text* until it is computed anew."""
    begin, separate, end = FIELD
    return f"{begin}{code}{separate}{run(text)}{end}"


def _name(number: int) -> str:
    """Return the name of the bookmark *number*, of the kind that Word keeps out of its lists."""
    return f"_Ref{number:09}"


BEFORE = run(BEFORE_SUMMARY)
