"""Putting a PDF together: pages, structure, metadata and colors as PDF/A-3a and PDF/UA-1 want them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from docgen.document import Document
from docgen.write.pdf import annotation, embedding, images, places, srgb, tags, xmp
from docgen.write.pdf.draw import Pens, draw
from docgen.write.pdf.embedding import Part
from docgen.write.pdf.lines import Fonts
from docgen.write.pdf.objects import File, pack, references, string
from docgen.write.pdf.page import Area, Font, Image, Node, Page

INTENT = "/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)"


def assemble(document: Document, pages: Sequence[Page], used: Mapping[Font, set[str]], fonts: Fonts) -> bytes:
    """Return the file of *document*, laid out as *pages*, with the characters *used* of *fonts*."""
    file = File()
    names = {font: f"F{count}" for count, font in enumerate(used, start=1)}
    pens = Pens(names, fonts)
    drawn = [draw(page, pens) for page in pages]
    marked = [found for _, found in drawn]
    sheets = [file.reserve() for _ in pages]
    goals = places.places(pages)
    annotations = annotation.add(file, document, pages, sheets, goals)
    parts = {name: embedding.part(fonts.glyphs[font], used[font]) for font, name in names.items()}
    shared = f"/Resources<<{_fonts(file, parts)}{_pictures(file, pages)}>>"
    leaves = [
        f"{shared}/MediaBox[0 0 {page.width:.4f} {page.height:.4f}]/Contents {file.packed(operators)} 0 R"
        f"/StructParents {count}{_active(found, annotations)}"
        for count, (page, (operators, found)) in enumerate(zip(pages, drawn, strict=True))
    ]
    boxes = dict(box for page in pages for box in page.boxes())
    structure, elements = tags.add(file, sheets, marked, annotations, boxes)
    outline = places.outline(file, sheets, goals, elements)
    entries = f"/StructTreeRoot {structure} 0 R{outline}{annotation.form(annotations)}"
    return file.end(_catalog(file, document, _tree(file, sheets, leaves), entries), _info(file, document))


def _fonts(file: File, parts: Mapping[str, Part]) -> str:
    """Return the entry for the fonts that pages know by the names of *parts*; the same part is in *file* once."""
    numbers = {part: embedding.add(file, part) for part in dict.fromkeys(parts.values())}
    return f"/Font<<{''.join([f'/{name} {numbers[part]} 0 R' for name, part in parts.items()])}>>"


def _pictures(file: File, pages: Sequence[Page]) -> str:
    """Return the entry for the pictures on *pages*."""
    shown = (item.picture for page in pages for item in page.items if isinstance(item, Image))
    return images.add(file, dict.fromkeys(shown))


def _active(found: Sequence[Node | Area], annotations: Mapping[Area, int]) -> str:
    """Return the entries for those of *annotations* that a page has among what is *found* on it, in reading order."""
    active = [annotations[area] for area in found if isinstance(area, Area)]
    return f"/Annots{references(active)}/Tabs/S" if active else ""


def _tree(file: File, sheets: Sequence[int], leaves: Sequence[str]) -> int:
    """Return the number of the tree of the pages *sheets*, which say of themselves what *leaves* do."""
    tree = file.add(f"<</Type/Pages/Count {len(sheets)}/Kids{references(sheets)}>>")
    for sheet, leaf in zip(sheets, leaves, strict=True):
        file.put(sheet, f"<</Type/Page/Parent {tree} 0 R{leaf}>>")
    return tree


def _catalog(file: File, document: Document, tree: int, entries: str) -> int:
    """Return the number of the catalog of *document*, with the *tree* of its pages and more *entries*."""
    packet = file.stream(xmp.packet(document), "/Type/Metadata/Subtype/XML")
    profile = file.stream(_profile(), "/N 3/Filter/FlateDecode")
    intent = f"<</Type/OutputIntent{INTENT}/DestOutputProfile {profile} 0 R>>"
    return file.add(
        f"<</Type/Catalog/Pages {tree} 0 R/Lang{string(document.language)}/MarkInfo<</Marked true>>"
        f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {packet} 0 R/OutputIntents[{intent}]{entries}>>"
    )


def _info(file: File, document: Document) -> int:
    """Return the number of what *file* says it is: *document*, dated to the start of its day."""
    said = f"/Title{string(document.title)}/Author{string(document.author)}/Subject{string(document.subject)}"
    date = f"(D:{document.date:%Y%m%d}000000+00'00')"
    return file.add(f"<<{said}/Creator(docgen)/Producer(docgen)/CreationDate{date}/ModDate{date}>>")


@cache
def _profile() -> bytes:
    """Return the profile of sRGB, packed."""
    return pack(srgb.profile())
