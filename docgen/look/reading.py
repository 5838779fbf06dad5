"""Reading house.docx: what it says of looks, what is wrong with it, and what its owner should know of."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from docgen.look import Look, carried, guard, headers, template, word
from docgen.look import sheet as sheets
from docgen.look.carried import Fonts
from docgen.look.fonts import FAMILY, Face
from docgen.look.sheet import Sheet
from docgen.look.style import STYLES, Line, Style, TableRules, kind
from docgen.look.template import PARAGRAPHS
from docgen.look.word import NAMESPACES, find, tag, twips, value
from docgen.problem import Mark, Problem, Problems, stop

TABLE = "Docgen Table"
MEND = "copy it from the house.docx of a new workspace (`docgen init FOLDER` makes one)"
# What Word shows of a style and a PDF does not, where an owner would look for it.
UNSEEN = {
    "w:rPr/w:caps": "capitals",
    "w:rPr/w:smallCaps": "small capitals",
    "w:rPr/w:u": "underlining",
    "w:rPr/w:strike": "strikethrough",
    "w:rPr/w:highlight": "highlighting",
    "w:rPr/w:shd": "shading",
    "w:pPr/w:shd": "shading",
    "w:rPr/w:spacing": "wider or narrower letter spacing",
    "w:rPr/w:vertAlign": "raised or lowered text",
    "w:pPr/w:pBdr/w:top": "a line above",
    "w:pPr/w:pBdr/w:left": "a line on the left",
    "w:pPr/w:pBdr/w:right": "a line on the right",
    "w:pPr/w:pageBreakBefore": "a page break before",
}
LONGEST = 22 * 72.0  # points, of a side of Word's largest page
OFF = {"0", "false", "off", "none", "nil", "clear", "baseline"}
DECKED = ("u", "caps", "smallCaps", "highlight", "strike")  # what a run may have on


def read(data: bytes, name: str) -> Look:
    """Return the look that the Word file *data*, known to the owner as *name*, asks for.

    Raises Problems with what is wrong with it, and where it could do more than be looked at.
    """
    texts = guard.parsed(data, name)
    try:
        found = _look(data, name)
    except KeyError as error:
        raise stop(
            f"the part or setting {error} is missing; restore the house.docx that came with docgen", Mark(name)
        ) from error
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise stop(
            f"no Word file that can be read ({error}); save it as .docx in Word or LibreOffice", Mark(name)
        ) from error
    guard.sealed(texts, name)
    return found


def _look(data: bytes, name: str) -> Look:
    """Return the look of the Word file *data*; raises Problems with all that is wrong with it."""
    parts = word.parts(data)
    body = find(word.xml(parts["word/document.xml"]), "w:body")
    section = find(body, "w:sectPr")
    if body is None or section is None:
        raise KeyError("page")
    page, fonts = _page(section), carried.read(parts)
    sheet = sheets.read(parts, sheets.levels(parts), fonts)
    names = sheet.names()
    found = headers.read(parts, section, sheet, page["width"] - page["left"] - page["right"])
    wrong = [*_missing(names), *found.wrong, *_unsound(body)]
    if wrong:
        raise Problems(Problem(Mark(name), message) for message in wrong)
    remarks = [*found.warnings, *_stand_ins(sheet, found.fonts, fonts), *_unseen(sheet), *_own_looks(body, sheet)]
    return Look(
        name,
        data,
        **page,
        styles=sheet.styles(names),
        ids=names,
        levels={each: sheet.levels[identifier] for each, identifier in names.items() if identifier in sheet.levels},
        fonts=fonts.families,
        table=_table(sheet),
        stationery=found.stationery,
        remarks=tuple(Problem(Mark(name), message) for message in dict.fromkeys(remarks)),
    )


def _page(section: etree._Element) -> dict[str, float]:
    """Return paper and margins of the *section* the document ends with."""
    size, margins = find(section, "w:pgSz"), find(section, "w:pgMar")
    wanted = {"width": (size, "w"), "height": (size, "h")}
    wanted |= {side: (margins, side) for side in ("top", "right", "bottom", "left", "header", "footer")}
    found = {name: twips(element, attribute) for name, (element, attribute) in wanted.items()}
    missing = [name for name, length in found.items() if length is None]
    if missing:
        raise KeyError(f"page {missing[0]}")
    page = {name: abs(length) for name, length in found.items() if length is not None}
    for name, length in page.items():
        if not length <= LONGEST:
            raise ValueError(f"page {name} is {length:g} points, and Word knows none above {LONGEST:g}")
    return page


def _table(sheet: Sheet) -> TableRules:
    """Return the rules of the table style of *sheet*."""
    tables = (each for each in sheet.elements.values() if value(each, "type") == "table")
    element = next((each for each in tables if value(find(each, "w:name")) == TABLE), None)
    if element is None:
        raise KeyError(f"table style {TABLE}")
    head = sheets.line(find(element, "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:tcBorders/w:bottom"))
    foot = sheets.line(find(element, "w:tblStylePr[@w:type='lastRow']/w:tcPr/w:tcBorders/w:bottom"))
    foot = foot or sheets.line(find(element, "w:tblPr/w:tblBorders/w:bottom"))
    padding = twips(find(element, "w:tblPr/w:tblCellMar/w:left"), "w")
    return TableRules(head or Line(0.75, "#111111"), foot or Line(0.5, "#595959"), padding or 0)


# What is wrong with a house


def _missing(names: Mapping[str, str]) -> Iterator[str]:
    """Yield the styles that documents are written in and that are not among *names*."""
    for each in STYLES:
        if each not in names:
            yield f"the {kind(each)} style {each!r} is missing; {MEND}"


def _unsound(body: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the loop in *body* that Word files are filled by."""
    lines = template.lines(body)
    found = [*template.lost(body), *template.mistakes(lines, template.BODY)]
    yield from (f"{message} (in the text)" for message in found)
    if not found:
        for kind in template.forgotten(lines):
            yield f"the text has no branch that shows {kind!r}, so a Word file would leave it out; {MEND}"
    for words in template.stray(lines):
        yield f"“{words}” stands in the text; what documents say stands in the text files, or in a header or footer"
    for path, thing in (("drawing", "a picture"), ("pict", "a drawing"), ("object", "an object")):
        if find(body, f".//w:{path}") is not None:
            yield f"{thing} stands in the text; only headers and footers can hold one"
    if find(body, ".//w:pPr/w:sectPr") is not None:
        yield "a section break stands in the text; take it out"


# What an owner should know of


def _stand_ins(sheet: Sheet, furniture: frozenset[str], fonts: Fonts) -> Iterator[str]:
    """Yield the fonts that *sheet* and its *furniture* ask for and that pages cannot be set in."""
    asked = {sheet.said(identifier, sheet.defaults).style.font for identifier in sheet.names().values()}
    for font in sorted((asked | furniture) - fonts.families.keys()):
        if font in fonts.refused:
            yield f"the font {font!r} cannot stand in a PDF, as {fonts.refused[font]}; {FAMILY} is used instead"
        else:
            yield (
                f"the font {font!r} is not in the file; the PDF uses {FAMILY} instead, and Word what it likes where"
                " the font is not installed (in Word: Options, Save, Embed fonts in the file)"
            )
    for font in sorted((asked | furniture) & fonts.families.keys() - {FAMILY}):
        faces = fonts.families[font]
        for face in (Face.BOLD, Face.ITALIC):
            if faces[face] == faces[Face.REGULAR]:
                yield f"the font {font!r} is in the file without its {face.lower()} face; the PDF uses the regular one"


def _unseen(sheet: Sheet) -> Iterator[str]:
    """Yield what the styles of *sheet* have that a PDF does not show."""
    for name, identifier in sheet.names().items():
        for path, thing in UNSEEN.items():
            said = [find(element, path) for element in sheet.descent(identifier)]
            nearest = next((element for element in said if element is not None), None)
            if nearest is not None and not _is_off(nearest):
                yield f"the style {name!r} has {thing}, which the PDF leaves out"
        if any(value(find(element, "w:pPr/w:jc")) == "both" for element in sheet.descent(identifier)):
            yield f"the style {name!r} is justified, which the PDF leaves out: nothing is hyphenated"


def _is_off(element: etree._Element) -> bool:
    """Return whether *element* takes away what it is called."""
    if etree.QName(element).localname == "shd":
        return value(element, "fill") in {None, "auto"}
    return value(element) in OFF or (etree.QName(element).localname == "spacing" and value(element) == "0")


def _own_looks(body: etree._Element, sheet: Sheet) -> Iterator[str]:
    """Yield the paragraphs of *body* that were restyled by hand and not by their style, which is all a PDF goes by."""
    kind = ""
    for paragraph in body.iter(tag("w:p")):
        text = template.typed(paragraph)
        if text.startswith("{%"):
            kind = next((each for each in PARAGRAPHS if f"'{each}'" in text), "")
            continue
        name = sheet.name(value(find(paragraph, "w:pPr/w:pStyle")) or sheet.usual)
        if kind and "{{r block.text }}" in text and name.lower() != kind.lower():
            yield f"what is {kind!r} stands in the style {name!r}; the PDF uses the style {kind!r}"
        if "{{" in text and _has_own(paragraph, sheet):
            yield f"“{text.strip()}” has looks of its own; change the style {name!r}, as the PDF goes by that"


def _has_own(paragraph: etree._Element, sheet: Sheet) -> bool:
    """Return whether *paragraph* looks other than its style, however often Word says again what the style says."""
    said = sheet.said(value(find(paragraph, "w:pPr/w:pStyle")) or sheet.usual, sheet.defaults)
    whole = sheet.changed(said, paragraph)
    runs = paragraph.findall("w:r", NAMESPACES)
    own = [sheet.changed(said, run).style for run in runs]
    plain = {(each.font, each.size, each.bold, each.italic, each.color) for each in (said.style, *own)}
    decked = (find(run, f"w:rPr/w:{name}") for run in runs for name in DECKED)
    return (
        _room(whole.style) != _room(said.style)
        or len(plain) > 1
        or any(element is not None and not _is_off(element) for element in decked)
    )


def _room(found: Style) -> tuple[str, float, float, float]:
    """Return the side and the indents of a paragraph that looks as *found*, in whole points."""
    return found.align, round(found.left), round(found.right), round(found.first)
