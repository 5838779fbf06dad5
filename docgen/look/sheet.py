"""The paragraph styles of house.docx, each with all that it inherits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from docgen.frozen import dataclass
from docgen.look import word
from docgen.look.carried import Fonts
from docgen.look.fonts import FAMILY
from docgen.look.style import STYLES, SUMMARY, Level, Line, Style, kind
from docgen.look.word import NAMESPACES, Parts, find, flag, twips, value


@dataclass(frozen=True, slots=True)
class Spacing:
    """The leading that is asked for: *exact* or *at_least* points, or else so many times the font's own."""

    times: float = 1
    points: float = 0
    at_least: bool = False

    def leading(self, natural: float) -> float:
        """Return the leading of a font whose own is *natural*."""
        if not self.points:
            return self.times * natural
        return max(self.points, natural) if self.at_least else self.points


@dataclass(frozen=True, slots=True)
class Said:
    """What Word's file says of a paragraph or a run: the font may be one that pages cannot be set in."""

    style: Style
    spacing: Spacing = Spacing()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of a styles part, by their ids."""

    elements: Mapping[str, etree._Element]
    defaults: Said
    levels: Mapping[str, Level]
    fonts: Fonts
    theme: Mapping[str, str]

    def names(self) -> dict[str, str]:
        """Return the ids of the styles that documents are written in, by their names in STYLES."""
        known = {name.lower(): name for name in STYLES}  # Word writes the names of its own styles in lower case
        found = ((known.get(self.name(identifier).lower(), ""), identifier) for identifier in self.elements)
        return {name: identifier for name, identifier in found if name and self._kind(identifier) == kind(name)}

    def _kind(self, identifier: str) -> str | None:
        """Return what the style *identifier* is for, such as ``paragraph``."""
        return value(self.elements[identifier], "type")

    @property
    def usual(self) -> str:
        """Return the id of the style that a paragraph has if it names none."""
        paragraphs = (key for key in self.elements if self._kind(key) == "paragraph")
        return next((key for key in paragraphs if value(self.elements[key], "default") in {"1", "true", "on"}), "")

    def name(self, identifier: str) -> str:
        """Return the name of the style with the id *identifier*."""
        return value(find(self.elements.get(identifier), "w:name")) or ""

    def styles(self, names: Mapping[str, str]) -> dict[str, Style]:
        """Return the styles whose ids *names* has, each with all that it inherits; what follows a title is not bold."""
        found = {name: self.said(identifier, self.defaults) for name, identifier in names.items()}
        title = found["Clause 1"]
        found[SUMMARY] = self.said(names[SUMMARY], replace(title, style=replace(title.style, bold=False)))
        return {name: self.shown(said) for name, said in found.items()}

    def said(self, identifier: str, inherited: Said) -> Said:
        """Return what the style *identifier* says on top of what is *inherited*."""
        for element in reversed(list(self.descent(identifier))):
            numbering = self.levels.get(value(element, "styleId") or "")
            if numbering is not None:
                hung = replace(inherited.style, left=numbering.indent, first=-numbering.hanging)
                inherited = replace(inherited, style=hung)
            inherited = self.changed(inherited, element)
        return inherited

    def shown(self, said: Said) -> Style:
        """Return the style that pages are set in where *said* is asked for."""
        style = said.style
        font = style.font if style.font in self.fonts.families else FAMILY
        return replace(style, font=font, leading=said.spacing.leading(self.fonts.leading(font) * style.size))

    def descent(self, identifier: str) -> Iterator[etree._Element]:
        """Yield the style *identifier* and those it is based on; a ring of styles ends where it closes."""
        seen: set[str] = set()
        while identifier in self.elements and identifier not in seen:
            seen.add(identifier)
            yield self.elements[identifier]
            identifier = value(find(self.elements[identifier], "w:basedOn")) or ""

    def changed(self, said: Said, element: etree._Element) -> Said:
        """Return *said* with what the ``w:rPr`` and ``w:pPr`` of *element* say."""
        run, paragraph = find(element, "w:rPr"), find(element, "w:pPr")
        indent, spacing = find(paragraph, "w:ind"), find(paragraph, "w:spacing")
        hanging = twips(indent, "hanging")
        found = {
            "font": self._family(find(run, "w:rFonts")),
            "size": _size(find(run, "w:sz")),
            "bold": flag(find(run, "w:b")),
            "italic": flag(find(run, "w:i")),
            "color": None if find(run, "w:color") is None else word.color(value(find(run, "w:color"))),
            "before": twips(spacing, "before"),
            "after": twips(spacing, "after"),
            "align": _side(value(find(paragraph, "w:jc"))),
            "left": twips(indent, "left", "start"),
            "right": twips(indent, "right", "end"),
            "first": twips(indent, "firstLine") if hanging is None else -hanging,
            "keep_next": flag(find(paragraph, "w:keepNext")),
            "keep_lines": flag(find(paragraph, "w:keepLines")),
            "border_bottom": line(find(paragraph, "w:pBdr/w:bottom")),
        }
        hidden = flag(find(run, "w:vanish"))
        return Said(
            replace(said.style, **{name: each for name, each in found.items() if each is not None}),  # type: ignore[arg-type]
            _spacing(spacing) or said.spacing,
            said.hidden if hidden is None else hidden,
        )

    def _family(self, fonts: etree._Element | None) -> str | None:
        """Return the family that a ``w:rFonts`` names, by itself or through the theme, which goes first."""
        theme = value(fonts, "asciiTheme") or ""
        return self.theme.get(theme[:5]) or value(fonts, "ascii")


def read(parts: Parts, levels: Mapping[str, Level], fonts: Fonts) -> Sheet:
    """Return the sheet of the Word file of *parts*."""
    root = word.xml(parts["word/styles.xml"])
    elements = {value(element, "styleId") or "": element for element in root.iterfind("w:style", NAMESPACES)}
    sheet = Sheet(elements, Said(Style(size=10)), levels, fonts, _theme(parts))
    for place in ("w:docDefaults/w:rPrDefault", "w:docDefaults/w:pPrDefault"):
        element = find(root, place)
        sheet = sheet if element is None else replace(sheet, defaults=sheet.changed(sheet.defaults, element))
    return sheet


def _theme(parts: Parts) -> dict[str, str]:
    """Return the fonts for headings and for text that the theme names, by how Word's names for them begin."""
    part = next((part for name, part in sorted(parts.items()) if name.startswith("word/theme/theme")), None)
    if part is None:
        return {}
    root = word.xml(part)
    found = {kind: find(root, f".//a:{kind}Font/a:latin") for kind in ("major", "minor")}
    return {kind: element.get("typeface") or "" for kind, element in found.items() if element is not None}


def levels(parts: Parts) -> dict[str, Level]:
    """Return the numbering of each paragraph style that a numbering names, by the style's id."""
    if "word/numbering.xml" not in parts:
        return {}
    found = word.xml(parts["word/numbering.xml"]).iterfind("w:abstractNum/w:lvl", NAMESPACES)
    linked = ((value(find(level, "w:pStyle")), level) for level in found)
    return {style: _level(level) for style, level in linked if style is not None}


def _level(element: etree._Element) -> Level:
    """Return the numbering that the ``w:lvl`` *element* describes."""
    indent = find(element, "w:pPr/w:ind")
    return Level(
        value(find(element, "w:numFmt")) or "decimal",
        value(find(element, "w:lvlText")) or "",
        twips(indent, "left", "start") or 0,
        twips(indent, "hanging") or 0,
    )


def line(element: etree._Element | None) -> Line | None:
    """Return the border *element* as a rule, None for no border."""
    if element is None or value(element) in {None, "nil", "none"}:
        return None
    return Line(float(value(element, "sz") or 4) / 8, word.color(value(element, "color")))


def _size(element: etree._Element | None) -> float | None:
    """Return the size that a ``w:sz`` says, in points."""
    size = value(element)
    return None if size is None else float(size) / 2


def _spacing(element: etree._Element | None) -> Spacing | None:
    """Return the leading that a ``w:spacing`` asks for, None where it asks for none."""
    found = value(element, "line")
    if found is None:
        return None
    rule = value(element, "lineRule")
    if rule in {"exact", "atLeast"}:
        return Spacing(points=float(found) / 20, at_least=rule == "atLeast")
    return Spacing(times=float(found) / 240)


def _side(found: str | None) -> str | None:
    """Return Word's value for the alignment as left, right or center; nothing is justified."""
    sides = {"end": "right", "right": "right", "center": "center"}
    return None if found is None else sides.get(found, "left")
