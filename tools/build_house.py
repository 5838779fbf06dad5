"""Build contracts/house.docx and letters/house.docx, which say how documents look.

A house is a Word file: its styles are the looks, its body is a loop over a document's blocks that docxtpl fills.
This is where both houses start from; an owner may restyle theirs in Word, so it is run again only when the looks
themselves change. Run it with `make house`; the results are kept in the repository.
"""

from __future__ import annotations

import hashlib
import io
import sys
import uuid
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.package import OpcPackage as Package
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from docgen.look.style import SUMMARY
from docgen.look.template import PARAGRAPHS

INK, ACCENT, GREY = "111111", "1F4E79", "595959"
FONT = "Docgen Sans"
FACES = ("Regular", "Bold", "Italic")
FONTS = Path("docgen/fonts")
POINT = 72 / 25.4  # points in a millimetre
TWIP = 20  # twentieths of a point
DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - python-docx wants no time zone


@dataclass(frozen=True)
class House:
    """What tells one house from the other; lengths are in millimetres, sizes and leadings in points."""

    folder: str
    title: str
    right: float
    size: float
    leading: float
    indent: float
    cell: float
    pad: float
    top: float = 25
    bottom: float = 24

    @property
    def width(self) -> float:
        """Return the width of the text."""
        return 210 - LEFT - self.right


LEFT, TOP, HEADER, FOOTER = 25, 25, 14, 12
NOTE = 108  # a line as easy to read as one of running text, which is larger
HOUSES = (
    House("letters", "Letter", right=45, size=11, leading=15, indent=0, cell=10, pad=3),
    House("contracts", "Contract", right=41, size=10.5, leading=13.65, indent=13, cell=10, pad=3, top=22, bottom=21),
)


@dataclass(frozen=True)
class Style:
    """A paragraph style; without *size* and *leading* it has those of its *base*, without *width* the text's.

    A line of one that *stretches* is higher where a picture in it is.
    """

    name: str
    size: float | None = None
    leading: float | None = None
    color: str = ""
    bold: bool | None = None
    before: float | None = None
    after: float | None = None
    right: bool = False
    keep: bool = False
    left: float = 0
    hanging: float = 0
    width: float = 0
    ruled: bool = False
    stretches: bool = False
    base: str = "Normal"
    next: str = ""


def styles(house: House) -> tuple[Style, ...]:
    """Return the styles of *house*, each after the one it is based on."""
    indent = house.indent
    return (
        Style("Normal", house.size, house.leading, INK, before=0, after=0),
        Style("Letterhead Name", 14, 18, ACCENT, bold=True, next="Letterhead"),
        Style("Letterhead", 8.5, 11, GREY),
        Style("Service", 8.5, 11, bold=True),
        Style("Return Address", 8.5, 11, GREY, after=2),
        Style("Address", 10, 12),
        Style("Date", after=12),
        Style("Subject", 11, 15, bold=True, before=6, after=8, keep=True, next="Body Text"),
        Style("Body Text", after=7, left=indent),
        Style("Note", 8.5, 11, GREY, before=8, width=NOTE),
        Style("Mark", 14, 18, ACCENT, bold=True, after=4, keep=True),
        Style("Title", 18, 22, ACCENT, bold=True, after=6, keep=True, next="Subtitle"),
        Style("Subtitle", 10, 13, GREY, after=12, keep=True, next="Body Text"),
        Style("Heading 1", color=ACCENT, bold=True, before=12, after=4, keep=True, next="Body Text"),
        Style("Clause 1", bold=True, before=8, after=3, keep=True, left=13, hanging=13, next="Clause 2"),
        Style("Clause 2", after=4, left=13, hanging=13),
        Style("Clause 3", after=4, left=27, hanging=14),
        Style("List Bullet", after=4, left=indent + 5, hanging=5),
        Style("Writing Line", leading=22.2, after=6, ruled=True),
        Style("Fact Label", 8.5, 11, GREY, keep=True, next="Fact Value"),
        Style("Fact Value", 10, 13),
        Style("Fact Value Strong", 14, 17, bold=True),
        Style("Table Cell", house.cell, house.cell + 3, before=house.pad, after=house.pad),
        Style("Table Number", right=True, base="Table Cell"),
        Style("Table Head", 8.5, 11, GREY, bold=True, keep=True, base="Table Cell"),
        Style("Table Head Number", right=True, base="Table Head"),
        Style("Table Total", right=True, base="Table Cell"),
        Style("Table Total Number", base="Table Total"),
        Style("Table Total Strong", house.size, 14, bold=True, base="Table Total"),
        Style("Table Total Strong Number", base="Table Total Strong"),
        Style("Pair Label", 10, 13, GREY),
        Style("Pair Value", 10, 13),
        Style("Closing", 11, 15, before=10, keep=True),
        Style("Signature Name", bold=True, keep=True, next="Signature Role"),
        Style("Signature Role", color=GREY),
        Style("Signature Label", 8.5, 11, GREY, keep=True),
        Style("Header", 8.5, 11, GREY, stretches=True),
        Style("Footer", 8.5, 11, GREY),
    )


BUILTIN = {
    "Normal",
    "Date",
    "Body Text",
    "Title",
    "Subtitle",
    "Heading 1",
    "List Bullet",
    "Closing",
    "Header",
    "Footer",
}

NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{clauses}</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{bullet}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
LEVEL = """<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>
<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>"""
LEVELS = {
    "Clause 1": (0, "decimal", "%1."),
    "Clause 2": (1, "decimal", "%1.%2"),
    "Clause 3": (2, "decimal", "%1.%2.%3"),
    "List Bullet": (0, "bullet", "•"),
}
LISTS = {"Clause 1": 1, "Clause 2": 1, "Clause 3": 1, "List Bullet": 2}

DEFAULTS = """<w:docDefaults {ns}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/><w:kern w:val="2"/>
<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>"""
BARE_STYLES = (
    """<w:style {ns} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>""",
    """<w:style {ns} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>""",
    """<w:style {ns} w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/></w:style>""",
)
PADDING = 80  # twentieths of a point at each side of a cell's text
RULE = '<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'
HEAD_RULE = RULE.format(side="bottom", eighths=6, space=0, color=INK)
LAST_RULE = RULE.format(side="bottom", eighths=4, space=0, color=GREY)
TOTAL_RULE = RULE.format(side="top", eighths=6, space=0, color=INK)
SIGNING_RULE = RULE.format(side="top", eighths=4, space=2, color=INK)
WRITING_RULES = "".join(RULE.format(side=side, eighths=4, space=0, color=INK) for side in ("bottom", "between"))
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
TABLE_STYLE = f"""<w:style {{ns}} w:type="table" w:customStyle="1" w:styleId="DocgenTable">
<w:name w:val="Docgen Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblCellMar><w:left w:w="{PADDING}" w:type="dxa"/><w:right w:w="{PADDING}" w:type="dxa"/></w:tblCellMar>
</w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{HEAD_RULE}</w:tcBorders></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:tblPr/><w:tcPr><w:tcBorders>{LAST_RULE}</w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""

SETTINGS = """<w:settings {ns}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotUseHTMLParagraphAutoSpacing/>{compat}</w:compat>
<w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""
COMPAT = '<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{val}"/>'
COMPATIBLE = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>docgen</Application></Properties>"""

THEME = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="docgen"><a:themeElements>
<a:clrScheme name="docgen">{colors}</a:clrScheme>
<a:fontScheme name="docgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>
<a:fmtScheme name="docgen"><a:fillStyleLst>{fills}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>
<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme>
</a:themeElements></a:theme>"""
THEME_COLORS = {"dk1": INK, "lt1": "FFFFFF", "dk2": ACCENT, "lt2": "EEEEEE", "hlink": ACCENT, "folHlink": GREY}
THEME_COLORS |= {f"accent{number}": ACCENT if number % 2 else GREY for number in range(1, 7)}
THEME_ORDER = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")

FONT_TABLE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {ns}><w:font w:name="{font}"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>
{embedded}</w:font></w:fonts>"""
EMBEDDED = '<w:embed{face} r:id="{rid}" w:fontKey="{{{key}}}"/>'
FONT_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
MARGINS = """<w:tblCellMar {ns}><w:top w:w="{top}" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar>"""
FLOATING = '<w:tblpPr {ns} w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{x}" w:tblpY="{y}"/>'
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def twips(millimetres: float) -> int:
    """Return *millimetres* in twentieths of a point."""
    return round(millimetres * POINT * TWIP)


def xml(text: str, **values: object) -> BaseOxmlElement:
    """Return the element that *text* is once *values* stand in it."""
    element: BaseOxmlElement = parse_xml(text.format(ns=nsdecls("w"), **values))
    return element


def bare() -> Document:
    """Return an empty document without what python-docx's own template brings along."""
    document = docx.Document()
    unwanted = ("stylesWithEffects", "thumbnail", "customXml", "webSettings")
    for rels in (document.part.rels, document.part.package.rels):
        for rid in [rid for rid, rel in rels.items() if rel.reltype.endswith(unwanted)]:
            del rels[rid]
    for element in (document.styles.element, document.part.numbering_part.element, document.settings.element):
        for child in list(element):
            element.remove(child)
    return document


# The looks


def add_styles(document: Document, house: House) -> None:
    """Add the styles of *house*."""
    root = document.styles.element
    root.append(xml(DEFAULTS, font=FONT))
    for text in BARE_STYLES:
        root.append(xml(text))
    for style in styles(house):
        add_style(document, style, house)
    add_summary(document)
    for style in styles(house):
        if style.next:
            document.styles[style.name].next_paragraph_style = document.styles[style.next]
    root.append(xml(TABLE_STYLE))
    tabs = document.styles["Footer"].paragraph_format.tab_stops
    tabs.add_tab_stop(Mm(house.width), WD_TAB_ALIGNMENT.RIGHT)


def add_style(document: Document, style: Style, house: House) -> None:
    """Add *style* of *house*."""
    made: ParagraphStyle = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH, builtin=style.name in BUILTIN)
    made.element.set(qn("w:styleId"), style.name.replace(" ", ""))  # as Word calls its own
    made.quick_style = True
    if style.name == "Normal":
        made.element.set(qn("w:default"), "1")
    else:
        made.base_style = document.styles[style.base]
    set_font(made, style)
    set_paragraph(made, style, house)
    if style.name in LISTS:
        set_list(made, style)


def add_summary(document: Document) -> None:
    """Add the style of the characters that follow a clause's title on its line."""
    made: CharacterStyle = document.styles.add_style(SUMMARY, WD_STYLE_TYPE.CHARACTER)
    made.element.set(qn("w:styleId"), SUMMARY.replace(" ", ""))
    made.base_style = document.styles["Default Paragraph Font"]
    made.quick_style = True
    made.font.size = Pt(8.5)
    made.font.color.rgb = RGBColor.from_string(GREY)


def set_font(made: ParagraphStyle, style: Style) -> None:
    """Give *made* the characters of *style*."""
    made.font.bold = style.bold
    if style.size:
        made.font.size = Pt(style.size)
    if style.color:
        made.font.color.rgb = RGBColor.from_string(style.color)


def set_paragraph(made: ParagraphStyle, style: Style, house: House) -> None:
    """Give *made* the spacing, indents and breaks of *style* in *house*."""
    form = made.paragraph_format
    if style.leading:
        form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST if style.stretches else WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(style.leading)
    form.space_before = None if style.before is None else Pt(style.before)
    form.space_after = None if style.after is None else Pt(style.after)
    form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if style.right else None
    form.keep_with_next = True if style.keep else None
    form.left_indent = Mm(style.left) if style.left else None
    form.first_line_indent = Mm(-style.hanging) if style.hanging else None
    form.right_indent = Mm(house.width - style.width) if style.width else None
    if style.ruled:
        set_rules(made)
    if style.name == "Normal":
        form.widow_control = True
    if style.name == "Heading 1":
        made.element.get_or_add_pPr().append(xml('<w:outlineLvl {ns} w:val="0"/>'))


def set_rules(made: ParagraphStyle) -> None:
    """Draw a rule below each paragraph of *made*, with room only below the last of several."""
    properties = made.element.get_or_add_pPr()
    properties.insert_element_before(xml(f"<w:pBdr {{ns}}>{WRITING_RULES}</w:pBdr>"), *AFTER_BORDERS)
    properties.append(xml("<w:contextualSpacing {ns}/>"))


def set_list(made: ParagraphStyle, style: Style) -> None:
    """Join *made* to its level of its list."""
    number = made.element.get_or_add_pPr().get_or_add_numPr()
    if LEVELS[style.name][0]:
        number.get_or_add_ilvl().val = LEVELS[style.name][0]
    number.get_or_add_numId().val = LISTS[style.name]


def add_numbering(document: Document, house: House) -> None:
    """Add the list of clauses and the list of bullets."""
    known = {style.name: style for style in styles(house)}
    levels = {
        name: LEVEL.format(
            ilvl=ilvl,
            form=form,
            style=name.replace(" ", ""),
            text=text,
            left=twips(known[name].left),
            hanging=twips(known[name].hanging),
        )
        for name, (ilvl, form, text) in LEVELS.items()
    }
    bullet = levels.pop("List Bullet")
    made = xml(NUMBERING, clauses="".join(levels.values()), bullet=bullet)
    document.part.numbering_part.element.extend(list(made))


def add_settings(document: Document) -> None:
    """Add the settings."""
    compat = "".join(COMPAT.format(name=name, val=val) for name, val in COMPATIBLE.items())
    document.settings.element.extend(list(xml(SETTINGS, compat=compat)))


def obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    """Return a font as Word embeds it: its first 32 bytes crossed with *key* (ECMA-376 part 4, 14.2.1)."""
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], mask, strict=True)) + data[32:]


def set_theme(document: Document) -> None:
    """Make the colors and the font that Word offers first those of the house; Word asks for a theme."""
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    text = THEME.format(
        colors="".join(f'<a:{n}><a:srgbClr val="{THEME_COLORS[n]}"/></a:{n}>' for n in THEME_ORDER),
        font=f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>',
        fills=fill * 3,
        lines=f'<a:ln w="6350">{fill}</a:ln>' * 3,
        effects="<a:effectStyle><a:effectLst/></a:effectStyle>" * 3,
    )
    related(document.part, "theme")._blob = text.encode()


def related(part: Part | Package, kind: str) -> Part:
    """Return the one part that *part* has as its *kind*."""
    found: Part
    (found,) = (rel.target_part for rel in part.rels.values() if rel.reltype.endswith(f"/{kind}"))
    return found


def embed_fonts(document: Document) -> None:
    """Embed the faces, so that a reader need not have them."""
    table = related(document.part, "fontTable")
    embedded = []
    for number, face in enumerate(FACES, start=1):
        data = (FONTS / f"DocgenSans-{face}.ttf").read_bytes()
        key = uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4)
        name = PackURI(f"/word/fonts/font{number}.odttf")
        rid = table.relate_to(Part(name, OBFUSCATED, obfuscated(data, key), document.part.package), FONT_PART)
        embedded.append(EMBEDDED.format(face=face, rid=rid, key=str(key).upper()))
    text = FONT_TABLE.format(ns=nsdecls("w", "r"), font=FONT, embedded="".join(embedded))
    table._blob = text.encode()


# The page


def set_page(document: Document, house: House) -> None:
    """Set the paper, its margins, the letterhead and the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(house.right)
    section.top_margin, section.bottom_margin = Mm(house.top), Mm(house.bottom)
    section.header_distance, section.footer_distance = Mm(HEADER), Mm(FOOTER)
    section.different_first_page_header_footer = True
    add_letterhead(section.first_page_header)
    add_foot(section.first_page_footer)
    add_foot(section.footer)


def add_letterhead(header: _Header) -> None:
    """Add the loop over the letterhead's lines; what is put in above or below it is shown whole, as pictures are."""
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "{%p for line in letterhead %}"
    for text, style in (
        ("{%p if loop.first %}", "Normal"),
        ("{{ line }}", "Letterhead Name"),
        ("{%p else %}", "Normal"),
        ("{{ line }}", "Letterhead"),
        ("{%p endif %}", "Normal"),
        ("{%p endfor %}", "Header"),
    ):
        header.add_paragraph(text, style)
    header.paragraphs[0].style = "Header"


def add_foot(footer: _Footer) -> None:
    """Add the foot: what the document is, and which page of how many."""
    footer.is_linked_to_previous = False
    footer.paragraphs[0].style = "Footer"
    footer.paragraphs[0].add_run("{{ footer }}\t{{r page_of }}")


# The body: a loop over the document's blocks, one branch a kind


def add_body(document: Document, house: House) -> None:
    """Add the loop over the blocks; the first branch takes all kinds that are a single paragraph."""
    document.add_paragraph("{%p for block in blocks %}")
    branch = "if"
    for name in PARAGRAPHS:
        document.add_paragraph(f"{{%p {branch} block.kind == '{name}' %}}")
        document.add_paragraph("{{r block.text }}", name)
        branch = "elif"
    for kind, add in (
        ("Bullets", add_bullets),
        ("Facts", add_facts),
        ("Pairs", add_pairs),
        ("Table", add_table),
        ("Address", add_address),
        ("Signatures", add_signatures),
        ("Ending", add_ending),
        ("Lines", add_lines),
        ("Break", add_break),
    ):
        document.add_paragraph(f"{{%p elif block.kind == '{kind}' %}}")
        add(document, house)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


@dataclass(frozen=True)
class Room:
    """What the cells of a table leave free around their text, in points."""

    top: float = 0
    right: float = 0


GUTTER = 8 * POINT


def grid(document: Document, rows: int, *widths: float, style: str = "Normal Table", room: Room | None = None) -> Table:
    """Return a new table of *rows* rows and of columns of *widths* millimetres, with *room* in its cells."""
    table: Table = document.add_table(rows, len(widths))
    table.style = style
    table.autofit = False
    if room is not None:
        margins = xml(MARGINS, **{side: round(length * TWIP) for side, length in asdict(room).items()})
        table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for row in table.rows:
        whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def whole(row: _Row, *, head: bool = False) -> None:
    """Keep *row* on one page; a *head* comes again on each."""
    properties = row._tr.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.append(xml("<w:cantSplit {ns}/>"))
    if head:
        properties.append(xml("<w:tblHeader {ns}/>"))


def fill(cell: _Cell, *lines: tuple[str, str]) -> list[Paragraph]:
    """Fill *cell* with paragraphs, each a text and its style, and return them."""
    made = [cell.paragraphs[0], *(cell.add_paragraph() for _ in lines[1:])]
    for paragraph, (text, style) in zip(made, lines, strict=True):
        paragraph.text, paragraph.style = text, style
    return made


def either(condition: str, text: str, yes: str, no: str) -> tuple[tuple[str, str], ...]:
    """Return *text* as the lines of a cell: in the style *yes* where *condition* is met, else in *no*."""
    return (
        (f"{{%p if {condition} %}}", "Normal"),
        (text, yes),
        ("{%p else %}", "Normal"),
        (text, no),
        ("{%p endif %}", "Normal"),
    )


def loop(row: _Row, over: str) -> _Cell:
    """Make the three cells of *row* a loop over cells, and return the one that comes again."""
    first, cell, last = row.cells
    fill(first, (f"{{%tc for {over} %}}", "Normal"))
    fill(last, ("{%tc endfor %}", "Normal"))
    return cell


def add_bullets(document: Document, _: House) -> None:
    """Add a list."""
    document.add_paragraph("{%p for item in block.texts %}")
    document.add_paragraph("{{r item }}", "List Bullet")
    document.add_paragraph("{%p endfor %}")


def add_facts(document: Document, house: House) -> None:
    """Add facts side by side."""
    table = grid(document, 1, *(house.width / 3,) * 3, room=Room(top=10, right=GUTTER))
    cell = loop(table.rows[0], "fact in block.facts")
    fill(
        cell,
        ("{{ fact.label }}", "Fact Label"),
        *either("fact.strong", "{{ fact.value }}", "Fact Value Strong", "Fact Value"),
    )


def add_pairs(document: Document, house: House) -> None:
    """Add labels with their values beside them."""
    table = grid(document, 3, 38, house.width - 38, room=Room(right=GUTTER / 2))
    start, row, end = table.rows
    fill(start.cells[0], ("{%tr for label, value in block.rows %}", "Normal"))
    fill(row.cells[0], ("{{ label }}", "Pair Label"))
    fill(row.cells[1], ("{{ value }}", "Pair Value"))
    fill(end.cells[0], ("{%tr endfor %}", "Normal"))


def add_table(document: Document, house: House) -> None:
    """Add a table of data with its totals."""
    table = grid(document, 11, *(house.width / 3,) * 3, style="Docgen Table")
    head, line, strong, plain = (table.rows[number] for number in (0, 2, 6, 8))
    whole(head, head=True)
    cell = loop(head, "cell in block.heads")
    fill(cell, *either("cell.right", "{{ cell.text }}", "Table Head Number", "Table Head"))
    cell = loop(line, "cell in row")
    fill(cell, *either("cell.right", "{{ cell.text }}", "Table Number", "Table Cell"))
    add_total(strong, "Table Total Strong", rule=True)
    add_total(plain, "Table Total")
    for number, tag in (
        (1, "for row in block.rows"),
        (3, "endfor"),
        (4, "for total in block.totals"),
        (5, "if total.strong"),
        (7, "else"),
        (9, "endif"),
        (10, "endfor"),
    ):
        fill(table.rows[number].cells[0], (f"{{%tr {tag} %}}", "Normal"))


def add_total(row: _Row, style: str, *, rule: bool = False) -> None:
    """Make *row* a total: its label across all columns but the last, its amount in that one."""
    label, amount, spare = row.cells
    row._tr.remove(spare._tc)
    fill(label, ("{% colspan block.span %}{{ total.label }}", style))
    fill(amount, ("{{ total.amount }}", f"{style} Number"))
    for cell in (label, amount) if rule else ():
        cell._tc.get_or_add_tcPr().append(xml(f"<w:tcBorders {{ns}}>{TOTAL_RULE}</w:tcBorders>"))


def add_address(document: Document, house: House) -> None:
    """Add an address, which stands on the page and not in the text; the writer puts it in the window."""
    table = grid(document, 2, house.width, room=Room())
    table._tbl.tblPr.insert(0, xml(FLOATING, x=twips(LEFT), y=twips(TOP)))
    above, window = table.rows
    above.height_rule, above.height = WD_ROW_HEIGHT_RULE.EXACTLY, Mm(25)
    window.height_rule, window.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(48.5)
    above.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    fill(
        above.cells[0],
        ("{%p if block.service %}", "Normal"),
        ("{{ block.service }}", "Service"),
        ("{%p endif %}", "Normal"),
        ("{{ block.sender }}", "Return Address"),
    )
    fill(
        window.cells[0],
        ("{%p for line in block.lines %}", "Normal"),
        ("{{ line }}", "Address"),
        ("{%p endfor %}", "Normal"),
    )


def add_signatures(document: Document, house: House) -> None:
    """Add the places to sign, side by side."""
    table = grid(document, 3, *(house.width / 3,) * 3, room=Room(top=14, right=GUTTER))
    start, row, end = table.rows
    fill(start.cells[0], ("{%tr for row in block.rows %}", "Normal"))
    fill(end.cells[0], ("{%tr endfor %}", "Normal"))
    _, name, _, _, blank, *_ = fill(
        loop(row, "signatory in row"),
        ("{{ signatory.party }}", "Signature Label"),
        ("{{ signatory.name }}", "Signature Name"),
        ("{%p for field in signatory.fields %}", "Normal"),
        ("{%p if field.blank %}", "Normal"),
        ("{{ field.text }} \t", "Signature Role"),
        ("{%p else %}", "Normal"),
        ("{{ field.text }}", "Signature Role"),
        ("{%p endif %}", "Normal"),
        ("{%p endfor %}", "Normal"),
    )
    name.paragraph_format.space_before = Mm(15)
    name._p.get_or_add_pPr().insert_element_before(xml(f"<w:pBdr {{ns}}>{SIGNING_RULE}</w:pBdr>"), *AFTER_BORDERS)
    blank.paragraph_format.space_before = Pt(7)
    edge = Mm(house.width / 2) - Pt(GUTTER / 2)
    blank.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def add_ending(document: Document, _: House) -> None:
    """Add the end of a letter with room for a signature."""
    document.add_paragraph("{{ block.words }}", "Closing")
    document.add_paragraph("{%p if block.role %}")
    document.add_paragraph("{{ block.name }}", "Signature Name").paragraph_format.space_before = Mm(12)
    document.add_paragraph("{{ block.role }}", "Signature Role")
    document.add_paragraph("{%p else %}")
    last = document.add_paragraph("{{ block.name }}", "Signature Name").paragraph_format
    last.space_before, last.keep_with_next = Mm(12), False
    document.add_paragraph("{%p endif %}")


def add_lines(document: Document, _: House) -> None:
    """Add room to write by hand."""
    document.add_paragraph("{%p for line in range(block.count) %}")
    document.add_paragraph(style="Writing Line")
    document.add_paragraph("{%p endfor %}")


def add_break(document: Document, _: House) -> None:
    """Add the break to a new page."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


# The file


def set_properties(document: Document, house: House) -> None:
    """Say what the file is, and nothing about who made it with what."""
    properties = document.core_properties
    for name in ("author", "comments", "keywords", "subject", "last_modified_by", "category"):
        setattr(properties, name, "")
    properties.title = house.title
    properties.created = properties.modified = DAY
    properties.revision = 1
    related(document.part.package, "extended-properties")._blob = PROPERTIES.encode()


def packed(document: Document) -> bytes:
    """Return *document* as a file without a trace of when it was made."""
    file = io.BytesIO()
    document.save(file)
    out = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def build(house: House) -> bytes:
    """Return the house.docx of *house*."""
    document = bare()
    add_styles(document, house)
    add_numbering(document, house)
    add_settings(document)
    set_theme(document)
    embed_fonts(document)
    set_page(document, house)
    add_body(document, house)
    set_properties(document, house)
    return packed(document)


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for each in HOUSES:
        (root / each.folder / "house.docx").write_bytes(build(each))
