"""Writes a document as plain text: the same words in the same order as every other format."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.document import (
    Address,
    Block,
    Break,
    Bullets,
    Clause,
    Closing,
    Document,
    Facts,
    Heading,
    Inlines,
    Lines,
    Pairs,
    Paragraph,
    Signatures,
    Table,
    Title,
)
from docgen.look import Look

GAP = "  "


def write(document: Document, look: Look) -> bytes:
    """Return *document* as UTF-8 text, a block a paragraph; page feet are left out, as there are no pages.

    The letterhead is that of *look*, which may say more than the document's.
    """
    texts = [passage.text for passage in look.stationery.first_header.filled(document)]
    letterhead = "\n".join(text for text in texts if text.strip())
    parts = [letterhead]
    for index, block in enumerate(document.blocks):
        if isinstance(block, Address) and index and isinstance(document.blocks[index - 1], Break):
            parts.append(letterhead)
        parts.append("\n".join(lines(block)))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def lines(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 - one case for each block there is
    """Yield the lines of one block."""
    match block:
        case Title(text, subtitle):
            yield from (line for line in (text, subtitle) if line)
        case Heading(text):
            yield text
        case Paragraph(inlines, _):
            yield flat(inlines)
        case Clause(_, number, inlines, _, summary):
            yield GAP.join(text for text in (f"{number} {flat(inlines)}", summary) if text)
        case Bullets(items):
            yield from (f"- {flat(item)}" for item in items)
        case Facts(items):
            yield from (f"{fact.label}{GAP}{fact.value}" for fact in items)
        case Pairs(rows, code):
            yield from (f"{label}{GAP}{value}" for label, value in rows)
            yield from (code.label,) if code and code.label else ()
        case Table():
            yield GAP.join(column.head for column in block.columns)
            yield from (GAP.join(row) for row in block.rows)
            yield from (f"{total.label}{GAP}{total.amount}" for total in block.totals)
        case Address(rows, sender, service):
            yield from (line for line in (service, sender, *rows) if line)
        case Signatures(signatories):
            for one in signatories:
                yield from (line for line in (one.party, one.name, one.role, *one.fields) if line)
        case Closing(words, name, role):
            yield from (line for line in (words, name, role) if line)
        case Lines() | Break():
            return


def flat(inlines: Inlines) -> str:
    """Return the words of running text."""
    return "".join(inline.text for inline in inlines)
