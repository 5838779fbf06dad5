"""Refuses a Word template that could do anything else than be filled: run, fetch, or fill the memory."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from docgen.problem import Mark, Problem, Problems, stop

Element: TypeAlias = Any
LARGEST = 50 << 20  # bytes of all parts unpacked
LARGEST_TEXT, ELEMENTS, BRACES = 4 << 20, 150_000, 4_000  # bytes of all that is XML, and the signs in it
PARTS = 1000
LONGEST, LONGEST_TAGGED = 50_000, 5_000  # characters of a paragraph, and of one with tags in it
NAME = re.compile(r"[^\x00-\x1f:\\]+")
NO_WORD = "it is no Word document that can be opened; save it as .docx"
TYPES, LINKS = "[Content_Types].xml", ".rels"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is raised for an archive that was damaged, or packed in a way that is not known.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError,
)  # fmt: skip
PROGRAMS = re.compile("vbaProject|vbaData|activeX|macrosheets|/embeddings/", re.IGNORECASE)
LINK = re.compile("(https?|mailto|tel):", re.IGNORECASE)  # a link that only a reader's click follows
# The fields of Word's that read a file, fetch an address or start a program.
FIELDS = re.compile(r"\s*\\?(DDE|DDEAUTO|INCLUDE\w*|LINK|IMPORT|DATABASE|RD|MACROBUTTON|AUTOTEXT\w*)\b", re.IGNORECASE)


def parts(data: bytes, name: str) -> dict[str, Element]:
    """Return the XML of the template *data*, called *name*, part by part; raises Problems with what is refused."""
    found = parsed(data, name)
    sealed(found, name)
    return found


@lru_cache(maxsize=4)
def parsed(data: bytes, name: str) -> dict[str, Element]:
    """Return the XML of the Word file *data*; raises Problems where reading it could do harm."""
    files = _unpacked(data, name)
    texts = {part: content for part, content in files.items() if part.lower().endswith((".xml", ".rels"))}
    wrong = [f"it holds {part}, a program or an embedded file; save it as .docx without" for part in _programs(files)]
    wrong += _excessive(texts)
    if wrong:
        raise Problems(Problem(Mark(name), message) for message in wrong)
    found = {part: _parsed(content, part, name) for part, content in texts.items()}
    if lost := next(_lost(found, files), ""):
        raise stop(lost, Mark(name))
    if any(map(_endless, found.values())):
        raise stop(f"a paragraph in it has more than {LONGEST_TAGGED:,} characters and tags; part it", Mark(name))
    return found


def _lost(found: Mapping[str, Element], files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what a Word file has besides its text and is not among the *files*, or not what it should be."""
    if TYPES not in found or etree.QName(found[TYPES]).localname != "Types":
        yield NO_WORD
    for part, root in found.items():
        folder, name = posixpath.split(part.removesuffix(LINKS))
        folder = posixpath.dirname(folder)
        if part.endswith(LINKS) and (not name or posixpath.join(folder, name) in files):
            for link in root.iter("{*}Relationship"):
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
                if link.get("TargetMode") != "External" and target not in files:
                    yield f"it refers to {target}, which is not in it; save it anew as .docx"


def _endless(root: Element) -> bool:
    """Return whether a paragraph below *root* is so long that looking for its tags would take a while."""
    texts = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))
    return any(len(text) > (LONGEST_TAGGED if "{" in text else LONGEST) for text in texts)


def sealed(found: Mapping[str, Element], name: str) -> None:
    """Raise Problems with all that reaches outside of the file called *name*, whose XML was *found*."""
    wrong = [message for root in found.values() for message in _reaching(root)]
    if wrong:
        raise Problems(Problem(Mark(name), message) for message in dict.fromkeys(wrong))


def _excessive(texts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what of the XML *texts* is more than a document has, and would only fill the memory."""
    size = sum(map(len, texts.values()))
    if size > LARGEST_TEXT:
        yield f"its text has {size / (1 << 20):.1f} MiB unpacked; {LARGEST_TEXT >> 20} MiB are the most"
    elif sum(text.count(b"<") for text in texts.values()) > ELEMENTS:
        yield f"it has more than {ELEMENTS:,} elements"
    elif sum(text.count(b"{") for text in texts.values()) > BRACES:
        yield f"it has more than {BRACES:,} braces"


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of the archive *data*; raises Problems if it is none, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > PARTS or sum(entry.file_size for entry in entries) > LARGEST:
                raise stop(f"it is larger than {LARGEST >> 20} MiB unpacked", Mark(name))
            strange = next((entry.filename for entry in entries if not _is_inside(entry.filename)), "")
            if strange:
                raise stop(f"it holds {strange!r}, which is no name of a part; save it anew as .docx", Mark(name))
            if len({entry.filename.casefold() for entry in entries}) < len(entries):
                raise stop("it holds two parts of one name; save it anew as .docx", Mark(name))
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except DAMAGED as error:
        raise stop(NO_WORD, Mark(name)) from error


def _is_inside(part: str) -> bool:
    """Return whether *part* names a place inside the archive."""
    return bool(NAME.fullmatch(part)) and not part.startswith("/") and ".." not in part.split("/")


def _parsed(content: bytes, part: str, name: str) -> Element:
    """Return the XML *content* of *part*, in which nothing outside it has a say; raises Problems if it has a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise stop(f"{part} in it is not readable as XML; save the file anew", Mark(name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        message = f"{part} in it has a document type definition, which no Word file needs; save the file anew"
        raise stop(message, Mark(name))
    return root


def _programs(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the parts that are programs or hold other files."""
    yield from (part for part in files if PROGRAMS.search(f"/{part}"))


def _reaching(root: Element) -> Iterator[str]:
    """Yield what in a part reaches outside the file or starts something."""
    for element in root.iter(etree.Element):
        target, kind = element.get("Target", ""), element.get("Type", "")
        link = kind.endswith("/hyperlink") and LINK.match(target)
        if kind.endswith("/attachedTemplate"):
            yield f"it is attached to the template {target}; detach it (in Word: Developer, Document Template)"
        elif element.get("TargetMode", "").lower() == "external" and not link:
            yield f"it reaches outside of itself, to {target}; put what it needs into the file"
        elif kind.endswith(("/aFChunk", "/oleObject", "/subDocument", "/frame")):
            yield f"it holds another file, {target}; put its text in instead"
        if "macroEnabled" in element.get("ContentType", ""):
            yield "it is a file for macros; save it as .docx"
    for code in _codes(root):
        if FIELDS.match(code):
            yield f"the field {code.strip()!r} reads another file or starts a program; take it out"


def _codes(root: Element) -> Iterator[str]:
    """Yield the codes of the fields in a part, those that Word has cut into pieces joined."""
    yield from (element.get(f"{W}instr", "") for element in root.iter(f"{W}fldSimple"))
    for paragraph in root.iter(f"{W}p"):
        code = ""
        for element in paragraph.iter(f"{W}instrText", f"{W}fldChar"):
            if element.tag == f"{W}instrText":
                code += element.text or ""
            else:
                yield code
                code = ""
        yield code
