"""Reading headers and footers: what documents take over from them, and what they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docgen.frozen import dataclass
from docgen.look import image, template, word
from docgen.look.image import WHOLE, Crop
from docgen.look.sheet import Said, Sheet
from docgen.look.stationery import (
    DRAWING,
    END,
    FEED,
    PAGE,
    PAGES,
    PARAGRAPH,
    RUN,
    TABS,
    Anchor,
    Drawing,
    Form,
    Furniture,
    Offset,
    Stationery,
    Stop,
)
from docgen.look.style import Style
from docgen.look.word import NAMESPACES, Parts, find, flag, tag, twips, value

EMU = 12700  # in a point
PERCENT = 100_000  # of a:srcRect are the whole
COUNTERS = {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}
WITHIN = {tag(f"w:{name}") for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent")}
SIGNS = {"tab": "\t", "br": FEED, "cr": FEED, "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "pgNum": PAGE}
LEFT_OUT = {"sym": "a sign of a symbol font", "pict": "a drawing of an old kind", "object": "an embedded object"}
LEFT_OUT |= {"oMath": "a formula", "oMathPara": "a formula", "tbl": "a table", "altChunk": "another file"}
WRAPS = ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom")
ALIGNED = {align: sign for sign, align in TABS.items()}
TORN = re.compile(rf"(?<=\{{)(?:{RUN}\d+{END})+(?=[{{%#])|(?<=[%}}#])(?:{RUN}\d+{END})+(?=\}})")
RUN_MARK = re.compile(f"{RUN}\\d+{END}")
EDGE = 0.8  # of the text's width: a right tab beyond it means the edge


@dataclass(frozen=True, slots=True)
class Found:
    """The stationery of a house, what is wrong with it, what to warn of, and the fonts it asks for."""

    stationery: Stationery
    wrong: tuple[str, ...]
    warnings: tuple[str, ...]
    fonts: frozenset[str]


def read(parts: Parts, section: etree._Element, sheet: Sheet, measure: float) -> Found:
    """Return the stationery of the *section* that the Word file of *parts* ends with, its text as wide as *measure*."""
    names = _names(parts, section)
    readers = {name: _Reader(parts, name, sheet, measure) for name in dict.fromkeys(names.values())}
    ready = {name: reader.furniture() for name, reader in readers.items()}
    first = "first" if flag(find(section, "w:titlePg")) else "default"
    places = [("header", first), ("header", "default"), ("footer", first), ("footer", "default")]
    stationery = Stationery(*(ready.get(names.get(place, ""), Furniture()) for place in places))
    return Found(
        stationery,
        tuple(message for reader in readers.values() for message in reader.wrong),
        (*(message for reader in readers.values() for message in reader.warnings()), *_odd(parts, stationery)),
        frozenset(font for reader in readers.values() for font in reader.fonts),
    )


def _names(parts: Parts, section: etree._Element) -> dict[tuple[str, str], str]:
    """Return the names of the parts that hold the headers and footers of *section*, by what they are and where."""
    links = word.links(parts, "word/document.xml")
    return {
        (kind, value(each, "type") or "default"): links[each.get(tag("r:id")) or ""].target
        for kind in ("header", "footer")
        for each in section.iterfind(f"w:{kind}Reference", NAMESPACES)
        if value(each, "type") != "even"
    }


def _odd(parts: Parts, stationery: Stationery) -> Iterator[str]:
    """Yield warnings of what is wanted for even pages, and of letters that do not say whose they are."""
    settings = word.xml(parts["word/settings.xml"]) if "word/settings.xml" in parts else None
    if flag(find(settings, "w:evenAndOddHeaders")):
        yield "even pages have a header and a footer of their own, which the PDF leaves out"
    if "letterhead" not in stationery.first_header.source + stationery.first_footer.source:
        yield "no first page shows `letterhead`, the name and the address of the business"


class _Reader:
    """Reads a header or footer, gathering what is wrong with it."""

    def __init__(self, parts: Parts, name: str, sheet: Sheet, measure: float) -> None:
        """Begin with the part called *name*."""
        self.wrong: list[str] = []
        self.fonts: set[str] = set()
        self._parts, self._sheet, self._measure = parts, sheet, measure
        self._links, self._root = word.links(parts, name), word.xml(parts[name])
        self._place = "header" if self._root.tag == tag("w:hdr") else "footer"
        self._left_out: list[str] = []
        self._forms: list[Form] = []
        self._styles: list[Style] = [Style()]
        self._drawings: list[Drawing] = []
        self._codes: list[str] = []  # of the fields that are open
        self._shown = True  # what a field that is open shows

    def furniture(self) -> Furniture:
        """Return what was read."""
        lines = [self._line(paragraph) for paragraph in self._paragraphs(self._root)]
        self.wrong += template.lost(self._root)
        self.wrong += template.mistakes(template.lines(self._root), template.FURNITURE)
        self.wrong = [f"{message} (in a {self._place})" for message in self.wrong]
        return Furniture("\n".join(lines), tuple(self._forms), tuple(self._styles), tuple(self._drawings))

    def warnings(self) -> Iterator[str]:
        """Yield what the PDF leaves out."""
        for thing in dict.fromkeys(self._left_out):
            yield f"a {self._place} holds {thing}, which the PDF leaves out"

    def _paragraphs(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs of *parent*."""
        for child in parent:
            if child.tag == tag("w:p"):
                yield child
            elif child.tag in WITHIN:
                yield from self._paragraphs(child)
            else:
                self._miss(child)

    def _miss(self, element: etree._Element) -> None:
        """Note that *element* is left out, if there is anything to see in it."""
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in LEFT_OUT:
            self._left_out.append(LEFT_OUT[name])

    def _line(self, paragraph: etree._Element) -> str:
        """Return *paragraph* as a line of a template, with signs for what is no text."""
        said = self._sheet.said(value(find(paragraph, "w:pPr/w:pStyle")) or self._sheet.usual, self._sheet.defaults)
        said = self._sheet.changed(said, paragraph)
        self._codes, self._shown = [], True
        text = TORN.sub("", "".join(self._inside(paragraph, said)))
        text = template.TAG.sub(lambda hit: RUN_MARK.sub("", hit[0]), text)
        if template.is_whole(text):
            return RUN_MARK.sub("", template.plain(text))
        self._forms.append(Form(self._sheet.shown(said), tuple(self._stops(paragraph))))
        return f"{PARAGRAPH}{len(self._forms) - 1}{END}{template.plain(text)}"

    def _inside(self, parent: etree._Element, said: Said) -> Iterator[str]:
        """Yield the text of the runs in *parent*, whose paragraph looks as *said*."""
        for child in parent:
            if child.tag == tag("w:r"):
                yield from self._run(child, said)
            elif child.tag == tag("w:fldSimple"):
                yield self._counted(value(child, "instr") or "", "".join(self._inside(child, said)))
            elif child.tag in WITHIN:
                yield from self._inside(child, said)
            else:
                self._miss(child)

    def _run(self, run: etree._Element, said: Said) -> Iterator[str]:
        """Yield the text of *run*, with a sign for its looks before it."""
        said = self._sheet.said(value(find(run, "w:rPr/w:rStyle")) or "", said)
        said = self._sheet.changed(said, run)
        text = "".join(self._sign(sign) for sign in run)
        if not text or said.hidden:
            return
        if RUN_MARK.sub("", text).strip():
            self.fonts.add(said.style.font)
        self._styles.append(self._sheet.shown(said))
        yield f"{RUN}{len(self._styles) - 1}{END}{text}"

    def _sign(self, sign: etree._Element) -> str:
        """Return the text that *sign*, a part of a run, stands for."""
        name = str(etree.QName(sign).localname) if isinstance(sign.tag, str) else ""
        if name == "fldChar":
            return self._turn(value(sign, "fldCharType") or "")
        if name == "instrText" and self._codes:
            self._codes[-1] += sign.text or ""
        if not self._shown:
            return ""
        if name == "t":
            return sign.text or ""
        if name == "ptab":
            return ALIGNED.get(value(sign, "alignment") or "", "\t")
        if name in {"drawing", "AlternateContent"}:
            return self._drawing(sign)
        self._miss(sign)
        return SIGNS.get(name, "")

    def _turn(self, kind: str) -> str:
        """Return what shows where a field begins, shows its result, or ends, as *kind* says."""
        if kind == "begin":
            self._codes.append("")
            self._shown = False
        elif kind == "separate" and self._codes:
            counter = self._counted(self._codes[-1], "")
            self._shown = not counter and self._is_link(self._codes[-1])
            self._codes[-1] = "" if counter else self._codes[-1]
            return counter
        elif kind == "end" and self._codes:
            code = self._codes.pop()
            shown, self._shown = self._shown, not self._codes
            return "" if shown or not code.strip() else self._counted(code, "")
        return ""

    def _is_link(self, code: str) -> bool:
        """Return whether the field *code* is a link, of which the words are taken over."""
        return code.split()[:1] == ["HYPERLINK"]

    def _counted(self, code: str, shown: str) -> str:
        """Return the sign for what the field *code* counts, or for a link what it has *shown*."""
        name = next(iter(code.split()), "").upper()
        if name in COUNTERS:
            return COUNTERS[name]
        if not self._is_link(code):
            self._left_out.append(f"a field of Word's, {name}")
            return ""
        return shown

    def _stops(self, paragraph: etree._Element) -> Iterator[Stop]:
        """Yield the tab stops of *paragraph* from the left; one near the right edge or beyond means the edge."""
        style = value(find(paragraph, "w:pPr/w:pStyle")) or self._sheet.usual
        found: dict[float, str] = {}
        for element in (*reversed(list(self._sheet.descent(style))), paragraph):
            for stop in element.iterfind("w:pPr/w:tabs/w:tab", NAMESPACES):
                found[twips(stop, "pos") or 0] = value(stop) or "left"
        for at, align in sorted(found.items()):
            if align in {"right", "end"}:
                yield Stop(self._measure if at >= EDGE * self._measure else at, "right")
            elif align not in {"clear", "bar"}:
                yield Stop(at, "center" if align == "center" else "left")

    def _drawing(self, element: etree._Element) -> str:
        """Return the sign for the picture in *element*; what is none is left out."""
        place = find(element, ".//wp:inline")
        place = find(element, ".//wp:anchor") if place is None else place
        if place is None or find(place, "a:graphic/a:graphicData/pic:pic") is None:
            self._left_out.append("a text box or a shape")
            return ""
        properties = find(place, "wp:docPr")
        name = "" if properties is None else properties.get("name") or ""
        try:
            self._drawings.append(self._placed(place, properties))
        except ValueError as wrong:
            self.wrong.append(f"the picture “{name}” {wrong}")
            return ""
        return f"{DRAWING}{len(self._drawings) - 1}{END}"

    def _placed(self, place: etree._Element, properties: etree._Element | None) -> Drawing:
        """Return the picture that *place* puts on the page; raises ValueError if it cannot be used."""
        blip = find(place, ".//pic:blipFill/a:blip")
        link = self._links.get("" if blip is None else blip.get(tag("r:embed")) or blip.get(tag("r:link")) or "")
        if blip is None or link is None or link.outside:
            raise ValueError("is linked and not in the file; insert it, and choose “Insert” and not “Link to File”")
        if find(blip, ".//asvg:svgBlip") is not None:
            raise ValueError("is an SVG drawing; save it as PNG and insert that")
        turned = find(place, ".//pic:spPr/a:xfrm")
        if turned is not None and any(
            turned.get(name, "0") not in {"0", "false"} for name in ("rot", "flipH", "flipV")
        ):
            raise ValueError("is turned in Word, which a PDF does not show; turn the picture itself and insert it anew")
        extent = find(place, "wp:extent")
        shown = image.read(self._parts[link.target], _crop(find(place, ".//pic:blipFill/a:srcRect")))
        alt = "" if properties is None else properties.get("descr") or properties.get("title") or ""
        decorative = find(properties, ".//adec:decorative")
        return Drawing(
            shown,
            0 if extent is None else int(extent.get("cx", "0")) / EMU,
            0 if extent is None else int(extent.get("cy", "0")) / EMU,
            " ".join(alt.split()),
            decorative is not None and decorative.get("val") in {"1", "true"},
            _anchor(place) if place.tag == tag("wp:anchor") else None,
        )


def _crop(element: etree._Element | None) -> Crop:
    """Return what an ``a:srcRect`` cuts off; what it adds is left out."""
    if element is None:
        return WHOLE
    left, top, right, bottom = (max(int(element.get(side, "0")) / PERCENT, 0) for side in "ltrb")
    return left, top, right, bottom


def _anchor(place: etree._Element) -> Anchor:
    """Return where the ``wp:anchor`` *place* puts its picture."""
    across, down = (_offset(find(place, f"wp:position{side}")) for side in "HV")
    apart = any(find(place, f"wp:{wrap}") is not None for wrap in WRAPS)
    return Anchor(across, down, apart, place.get("behindDoc") in {"1", "true"})


def _offset(element: etree._Element | None) -> Offset:
    """Return the place that a ``wp:positionH`` or ``wp:positionV`` says."""
    if element is None:
        return Offset("page", "", 0)
    align, by = find(element, "wp:align"), find(element, "wp:posOffset")
    points = 0 if by is None else int(by.text or 0) / EMU
    return Offset(element.get("relativeFrom", "page"), "" if align is None else align.text or "", points)
