"""What a document says, text by text in the order it is read; told a second time, and not as a writer tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
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
    return " ".join([line for line in map(_line, filter(None, texts)) if line])


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


def texts(  # noqa: C901, PLR0911, PLR0912 - one case a kind
    block: Block, number: str = "{}", bullet: str = ""
) -> Sequence[str]:
    """Return what *block* says; the number of a clause stands as *number* has it, and before an item its *bullet*."""
    match block:
        case Clause():
            return number and number.format(block.number), flat(block.inlines), block.summary
        case Paragraph():
            return (flat(block.inlines),)
        case Title():
            return block.text, block.subtitle
        case Heading():
            return (block.text,)
        case Bullets():
            return [text for item in block.items for text in (bullet, flat(item))]
        case Facts():
            return [text for fact in block.items for text in (fact.label, fact.value)]
        case Pairs():
            return [*chain(*block.rows), block.code.label if block.code and block.rows else ""]
        case Table():
            heads, totals = (
                (column.head for column in block.columns),
                ((each.label, each.amount) for each in block.totals),
            )
            return [*heads, *chain(*block.rows, *totals)]
        case Address():
            return block.service, block.sender, *block.lines
        case Signatures():
            return [text for one in block.signatories for text in (one.party, one.name, one.role, *one.fields)]
        case Closing():
            return block.words, block.name, block.role
        case Lines() | Break():
            return ()
        case _:
            assert_never(block)


def flat(inlines: Inlines) -> str:
    """Return the words of running text."""
    return inlines[0].text if len(inlines) == 1 else "".join([inline.text for inline in inlines])
