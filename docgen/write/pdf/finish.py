"""Finishing a drawn PDF: structure, metadata and colors as PDF/A-3a and PDF/UA-1 want them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from functools import cache

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, String
from PIL import ImageCms

from docgen.document import Document
from docgen.write.pdf import annotation, images, places, tags, xmp
from docgen.write.pdf.page import Area, Node, Page

PROFILE_DATE = slice(24, 36)  # of an ICC profile (ICC.1:2010, 7.2)
PROFILE_ID = slice(84, 100)
MAPPING = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
MAPPINGS = re.compile(rb"(?<=endcodespacerange\n).*(?=endcmap)", re.DOTALL)
UNUSED = b"0000"
AMBIGUOUS = b"\r\nendstream"
RETURN = 0x0D
ATTEMPTS = 16
BATCH = 100  # the most a section of a CMap may hold


def finish(drawn: bytes, document: Document, pages: Sequence[Page], marked: Sequence[Sequence[Node | Area]]) -> bytes:
    """Return the PDF *drawn* as *document*, whose *pages* have the contents *marked*."""
    with Pdf.open(io.BytesIO(drawn)) as pdf:
        tidy(pdf)
        images.add(pdf, pages)
        boxes = dict(box for page in pages for box in page.boxes())
        elements = tags.add(pdf, marked, annotation.add(pdf, document, pages), boxes)
        places.outline(pdf, pages, elements)
        describe(pdf, document)
        del pdf.trailer.ID  # reportlab's knows the clock; without it one is made of the file's content
        return saved(pdf)


def tidy(pdf: Pdf) -> None:
    """Take out of *pdf* what reportlab leaves in and PDF/A forbids."""
    for stream in _character_maps(pdf):
        stream.write(_without_unused(stream.read_bytes()))
    for page in pdf.pages:
        del page.obj.Trans


def saved(pdf: Pdf) -> bytes:
    """Return the file of *pdf*, in which no stream ends with a carriage return.

    The line feed that has to follow a stream would make it part of the line's end, and a strict reader would find the
    stream a byte shorter than it says (ISO 19005-3, 6.1.7.1). What a stream ends with, once packed, is a sum of its
    bytes (RFC 1950), so that one more byte without meaning changes it.
    """
    for item in pdf.objects:
        if isinstance(item, Stream) and _ends_in_return(item):
            item.write(item.read_bytes() + b"\n")
            if Name.Length1 in item:  # a font says how long it is unpacked
                item.Length1 = len(item.read_bytes())
    for attempt in range(1, ATTEMPTS):
        file = io.BytesIO()
        pdf.save(
            file,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
        if AMBIGUOUS not in file.getvalue():
            return file.getvalue()
        # The streams that are made in saving hold the numbers of the objects, which one more object moves.
        pad = Array([pdf.make_indirect(Dictionary()) for _ in range(attempt)])
        made = Dictionary(LastModified=pdf.trailer.Info.ModDate, Private=pad)
        pdf.Root.PieceInfo = Dictionary(docgen=made)
    raise AssertionError("a stream ends with a carriage return whatever is added to it")


def _ends_in_return(stream: Stream) -> bool:
    """Return whether *stream* ends with a carriage return once it is packed; a JPEG is as it is."""
    return stream.get(Name.Filter) != Name.DCTDecode and zlib.adler32(stream.read_bytes()) & 0xFF == RETURN


def describe(pdf: Pdf, document: Document, standards: str = xmp.ACCESSIBLE) -> None:
    """Write into *pdf* what *document* is, dated to the start of its day, and which *standards* it keeps."""
    root = pdf.Root
    root.Lang = String(document.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = pdf.make_stream(xmp.packet(document, standards), Type=Name.Metadata, Subtype=Name.XML)
    root.OutputIntents = Array([pdf.make_indirect(_output_intent(pdf))])
    date = f"D:{document.date:%Y%m%d}000000+00'00'"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(document.title),
            Author=String(document.author),
            Subject=String(document.subject),
            Creator=String("docgen"),
            Producer=String("docgen"),
            CreationDate=String(date),
            ModDate=String(date),
        )
    )


def _output_intent(pdf: Pdf) -> Dictionary:
    """Return what the colors of *pdf* mean: sRGB."""
    profile = pdf.make_stream(_srgb(), N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )


@cache
def _srgb() -> bytes:
    """Return the sRGB profile without the time it was made at."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[PROFILE_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    profile[PROFILE_ID] = bytes(16)
    return bytes(profile)


def _character_maps(pdf: Pdf) -> list[Object]:
    """Return the streams of *pdf* that say which characters its fonts' codes stand for."""
    fonts = (item for item in pdf.objects if isinstance(item, Dictionary) and item.get(Name.Type) == Name.Font)
    return [font.ToUnicode for font in fonts if Name.ToUnicode in font]


def _without_unused(character_map: bytes) -> bytes:
    """Return *character_map* without the codes that reportlab leaves unused and maps to U+0000."""
    used = [(code, _utf_16(text)) for code, text in MAPPING.findall(character_map) if text != UNUSED]
    sections = []
    for start in range(0, len(used), BATCH):
        batch = used[start : start + BATCH]
        entries = b"".join(b"<%s> <%s>\n" % entry for entry in batch)
        sections.append(b"%d beginbfchar\n%sendbfchar\n" % (len(batch), entries))
    return MAPPINGS.sub(b"".join(sections).replace(b"\\", b"\\\\"), character_map)


def _utf_16(number: bytes) -> bytes:
    """Return the hexadecimal *number* of a character as a CMap wants it."""
    return chr(int(number, 16)).encode("utf-16-be").hex().upper().encode()
