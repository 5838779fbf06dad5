"""Text as Word's runs: faces, line breaks, references that follow their clause, and fields that count pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby

from docgen.document import BEFORE_SUMMARY, Clause, Inline, Inlines, Ref
from docgen.look import Look
from docgen.look.style import SUMMARY

BOLD, ITALIC, UPRIGHT = "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>", ""
STYLED = '<w:rPr><w:rStyle w:val="{style}"/><w:b w:val="{bold:d}"/><w:i w:val="{italic:d}"/></w:rPr>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ',
    ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
)
REFERENCE = '<w:fldSimple w:instr=" REF {name} \\w \\h ">{text}</w:fldSimple>'
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
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""  # or Word would strip it
    return f"<w:r>{face}<w:t{space}>{xml(text)}</w:t></w:r>" if text else ""


def plain(text: str) -> Xml:
    """Return *text* as runs."""
    return Xml(run(text))


def runs(inlines: Inlines, numbers: Mapping[str, int]) -> Xml:
    """Return *inlines* as runs; *numbers* are those of the clauses' bookmarks, by the clauses' ids."""
    goal = iter(goals(inlines, numbers))
    parts: list[str] = []
    for face, group in groupby(inlines, _face):
        if face is None:
            parts += [_reference(one.text, next(goal)) for one in group]
        else:
            parts.append(run("".join([one.text for one in group]), face))
    return Xml("".join(parts))


def goals(inlines: Inlines, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Return which of the *numbers* of bookmarks the references in *inlines* go to."""
    if Ref not in map(type, inlines):  # as in most
        return ()
    return tuple([numbers[inline.clause] for inline in inlines if isinstance(inline, Ref)])


def marked(clause: Clause, numbers: Mapping[str, int], face: str) -> Xml:
    """Return *clause* as runs, its text within the bookmark that references to it go to; its summary has a *face*."""
    text: str = runs(clause.inlines, numbers)
    if clause.id:
        number = numbers[clause.id]
        text = f'<w:bookmarkStart w:id="{number}" w:name="{_name(number)}"/>{text}<w:bookmarkEnd w:id="{number}"/>'
    return Xml(text + BEFORE + run(clause.summary, face) if clause.summary else text)


def summary_face(look: Look) -> str:
    """Return the face of what sums a clause up, given outright, as in Word bold on bold would cancel out."""
    style = look.styles[SUMMARY]
    return STYLED.format(style=look.ids[SUMMARY], bold=style.bold, italic=style.italic)


@lru_cache
def page_of(text: str) -> Xml:
    """Return *text* as runs, with fields that count in place of ``{page}`` and ``{pages}``."""
    parts = re.split(r"(\{pages?\})", text)
    return Xml("".join([_field(COUNTERS[part], "1") if part in COUNTERS else run(part) for part in parts]))


def _reference(text: str, number: int) -> str:
    """Return *text* as a field that shows the number of the clause with the bookmark *number*."""
    return REFERENCE.format(name=_name(number), text=run(text))


def _face(inline: Inline) -> str | None:
    """Return the face of *inline*, if it is text; the houses carry no bold italic, and bold is the stronger."""
    if isinstance(inline, Ref):
        return None
    return BOLD if inline.bold else ITALIC if inline.italic else UPRIGHT


def _field(code: str, text: str) -> str:
    """Return the field *code* of Word's, which shows *text* until it is computed anew."""
    begin, separate, end = FIELD
    return f"{begin}{code}{separate}{run(text)}{end}"


def _name(number: int) -> str:
    """Return the name of the bookmark *number*, of the kind that Word keeps out of its lists."""
    return f"_Ref{number:09}"


BEFORE = run(BEFORE_SUMMARY)
