"""What a template of the owner's can print: the values of a document's blanks, its blocks as lists to repeat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeAlias

from jinja2 import Undefined

from docgen.document import (
    Address,
    Blank,
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
    Ref,
    Role,
    Signatures,
    Table,
)

Value: TypeAlias = "str | Undefined | Sequence[Value] | Mapping[str, Value]"
Record: TypeAlias = dict[str, Value]
SHOWN = "invoice.lines"  # only the columns that say something; a template has all of them, in invoice.rows
TABLES = ("rows", "table")  # the names of blanks whose rows are the rows of their record


class Nothing(Undefined):
    """A blank that its record gives no value: false in a condition, a mistake where it is printed."""

    __slots__ = ()
    __str__ = Undefined._fail_with_undefined_error

    @property
    def name(self) -> str:
        """Return what the blank is called."""
        return self._undefined_name or ""


def given(document: Document) -> dict[str, Record]:
    """Return what a template can say of *document*: values by the first word of their name, then by the rest."""
    found: dict[str, Record] = {"document": _document(document)}
    for name, value in document.blanks.items():
        record, field = name.replace("-", "_").split(".", 1)
        if not _by_hand(value) and name != SHOWN:
            found.setdefault(record, {}).update(_values(record, field, value))
    return found


def _document(document: Document) -> Record:
    """Return what every document has that is no blank of its text; what it encloses has no part in that."""
    blocks = [*takewhile(lambda block: not isinstance(block, Break), document.blocks)]
    address = next((block for block in blocks if isinstance(block, Address)), None)
    closing = next((block for block in blocks if isinstance(block, Closing)), None)
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    words = {role: next((_flat(one.inlines) for one in paragraphs if one.role is role), "") for role in Role}
    texts = {
        "title": document.title,
        "date": words[Role.DATE],
        "mark": words[Role.MARK],
        "address": "\n".join(address.lines) if address else "",
        "sender": address.sender if address else "",
        "service": address.service if address else "",
        "closing": closing.words if closing else "",
        "signatory": closing.name if closing else "",
        "role": closing.role if closing else "",
    }
    return {field: _text("document", field, text) for field, text in texts.items()}


def _by_hand(value: Blank) -> bool:
    """Return whether *value* is room on a sheet of paper, which a template makes for itself."""
    return isinstance(value, tuple) and any(isinstance(block, Lines | Break) for block in value)


def _values(record: str, field: str, value: Blank) -> Record:
    """Return what a blank gives its record: itself, or the rows and the totals of a table."""
    if isinstance(value, Ref):
        return {field: value.text}
    if isinstance(value, str):
        return {field: _text(record, field, value)}
    table = value[0] if len(value) == 1 else None
    if isinstance(table, Table):
        rows, totals = ("rows", "totals") if field in TABLES else (field, f"{field}_totals")
        return {rows: _rows(table), **({totals: _totals(table)} if table.totals else {})}
    return {"rows": [], "totals": []} if field in TABLES else {field: _blocks(value)}


def _text(record: str, field: str, text: str) -> Value:
    """Return *text*, or that there is none."""
    return text or Nothing(f"nothing is given for {record}.{field}", name=f"{record}.{field}")


def _blocks(blocks: Sequence[Block]) -> Value:
    """Return *blocks* as a list where they are one, or else as the words of their paragraphs, a line each."""
    if any(isinstance(block, Table) for block in blocks):
        return list(_sections(blocks))
    match blocks:
        case [Pairs(rows)]:
            return [{"label": label, "value": value} for label, value in rows]
        case [Facts(items)]:
            return [{"label": fact.label, "value": fact.value} for fact in items]
        case [Signatures(signatories)]:
            return [
                {"party": one.party, "name": one.name, "role": one.role, "fields": one.fields} for one in signatories
            ]
        case [Clause(), *_]:
            return [line for block in blocks for line in _lines(block)]
        case _:
            return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    """Yield the words of *block*, paragraph by paragraph."""
    match block:
        case Paragraph(inlines) | Clause(inlines=inlines):
            yield _flat(inlines)
        case Bullets(items):
            yield from (_flat(item) for item in items)
        case Heading(text):
            yield text


def _flat(inlines: Inlines) -> str:
    """Return the words of running text."""
    return "".join(inline.text for inline in inlines)


def _sections(blocks: Sequence[Block]) -> Iterator[Value]:
    """Yield the tables among *blocks*, each with the heading before it."""
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            yield {"heading": heading, "rows": _rows(block), "totals": _totals(block)}


def _rows(table: Table) -> Value:
    """Return the rows of *table*, their cells by the names of the columns and, for a loop, in their order."""
    names = [column.name for column in table.columns]
    return [{**dict(zip(names, row, strict=True)), "cells": row} for row in table.rows]


def _totals(table: Table) -> Value:
    """Return the lines below *table*."""
    return [{"label": total.label, "amount": total.amount} for total in table.totals]
