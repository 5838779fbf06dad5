"""What a document says, text by text in the order it is read; told a second time, and not as a writer tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import assert_never

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
    Role,
    Signatures,
    Table,
    Title,
)
from docgen.look import Look


def words(texts: Iterable[str]) -> list[str]:
    """Return the words of *texts*, none of which reaches from a text into the next."""
    return plain(texts).split()


def plain(texts: Iterable[str]) -> str:
    """Return *texts* word by word with a space between two."""
    return " ".join([line for line in map(_line, texts) if line])


@lru_cache(maxsize=4096)
def _line(text: str) -> str:
    """Return *text*, which many documents may have, word by word with a space between two."""
    return " ".join(text.split())


def letterhead(document: Document, look: Look) -> list[str]:
    """Return the lines of the letterhead that *look* gives *document*."""
    return list(look.stationery.first_header.texts(document))


def sections(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], bool]]:
    """Yield *blocks* from one page that begins something to the next, and whether that page has a letterhead.

    One begins at a break, and at an address behind more than a mark, such as COPY.
    """
    section: list[Block] = []
    first = True
    for block in blocks:
        turns = isinstance(block, Break) or (isinstance(block, Address) and not all(map(is_mark, section)))
        if turns:
            yield section, first or addressed(section)
            section, first = [], False
        section += [] if isinstance(block, Break) else [block]
    yield section, first or addressed(section)


def is_mark(block: Block) -> bool:
    """Return whether *block* is a mark, which may stand before an address."""
    return isinstance(block, Paragraph) and block.role is Role.MARK


def addressed(section: Sequence[Block]) -> bool:
    """Return whether *section* is sent to someone."""
    return any(isinstance(block, Address) for block in section)


def texts(block: Block, number: str = "{}", bullet: str = "") -> Iterator[str]:  # noqa: C901, PLR0912 - one case a kind
    """Yield what *block* says; the number of a clause stands as *number* has it, and before an item its *bullet*."""
    match block:
        case Title():
            yield from (block.text, block.subtitle)
        case Heading():
            yield block.text
        case Paragraph():
            yield flat(block.inlines)
        case Clause():
            yield from (number.format(block.number), flat(block.inlines), block.summary)
        case Bullets():
            for item in block.items:
                yield from (bullet, flat(item))
        case Facts():
            for fact in block.items:
                yield from (fact.label, fact.value)
        case Pairs():
            for label, value in block.rows:
                yield from (label, value)
            yield block.code.label if block.code and block.rows else ""
        case Table():
            yield from (column.head for column in block.columns)
            for row in block.rows:
                yield from row
            for total in block.totals:
                yield from (total.label, total.amount)
        case Address():
            yield from (block.service, block.sender, *block.lines)
        case Signatures():
            for one in block.signatories:
                yield from (one.party, one.name, one.role, *one.fields)
        case Closing():
            yield from (block.words, block.name, block.role)
        case Lines() | Break():
            return
        case _:
            assert_never(block)


def flat(inlines: Inlines) -> str:
    """Return the words of running text."""
    return "".join([inline.text for inline in inlines])
