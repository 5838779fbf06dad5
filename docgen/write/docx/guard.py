"""Refuses a Word template that could do anything else than be filled: run, fetch, or fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from docgen.problem import Mark, Problem, Problems, stop

Element: TypeAlias = Any
LARGEST = 50 << 20  # bytes of all parts unpacked
PARTS = 1000
NO_WORD = "it is no Word document that can be opened; save it as .docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROGRAMS = re.compile("vbaProject|vbaData|activeX|macrosheets|/embeddings/", re.IGNORECASE)
LINK = re.compile("(https?|mailto|tel):", re.IGNORECASE)  # a link that only a reader's click follows
# The fields of Word's that read a file, fetch an address or start a program.
FIELDS = re.compile(r"\s*\\?(DDE|DDEAUTO|INCLUDE\w*|LINK|IMPORT|DATABASE|RD|MACROBUTTON|AUTOTEXT\w*)\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def parts(data: bytes, name: str) -> dict[str, Element]:
    """Return the XML of the template *data*, called *name*, part by part; raises Problems with what is refused."""
    files = _unpacked(data, name)
    found: dict[str, Element] = {}
    wrong = [f"it holds {part}, a program or an embedded file; save it as .docx without" for part in _programs(files)]
    for part, content in files.items():
        if part.endswith((".xml", ".rels")):
            found[part] = _parsed(content, f"{name}: {part}")
            wrong += _reaching(found[part])
    if wrong:
        raise Problems(Problem(Mark(name), message) for message in wrong)
    return found


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of the archive *data*; raises Problems if it is none, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > PARTS or sum(entry.file_size for entry in entries) > LARGEST:
                raise stop(f"it is larger than {LARGEST >> 20} MiB unpacked", Mark(name))
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise stop(NO_WORD, Mark(name)) from error


def _parsed(content: bytes, name: str) -> Element:
    """Return the XML *content*, in which nothing outside it has a say; raises Problems if it has a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise stop("it is not readable as XML; save the template anew", Mark(name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise stop("it has a document type definition, which no Word file needs; save the template anew", Mark(name))
    return root


def _programs(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the parts that are programs or hold other files."""
    yield from (part for part in files if PROGRAMS.search(f"/{part}"))


def _reaching(root: Element) -> Iterator[str]:
    """Yield what in a part reaches outside the file or starts something."""
    for element in root.iter(etree.Element):
        target, kind = element.get("Target", ""), element.get("Type", "")
        link = kind.endswith("/hyperlink") and LINK.match(target)
        if element.get("TargetMode", "").lower() == "external" and not link:
            yield f"it reaches outside of itself, to {target}; put what it needs into the file"
        elif kind.endswith(("/aFChunk", "/oleObject", "/attachedTemplate")):
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
