"""What every document is composed with: the book, the texts, the day, and one language at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field
from datetime import date
from functools import cached_property

from docgen import charge, language, paper
from docgen.compose import outline
from docgen.compose.fill import Value, Values
from docgen.compose.outline import Outline
from docgen.compose.text import Paragraph, Part, Template
from docgen.compose.texts import Texts
from docgen.document import Block, Bullets, Document, Heading, Paper, Role, Title
from docgen.document import Paragraph as Prose
from docgen.frozen import dataclass, replace
from docgen.interest import Charge
from docgen.jurisdiction import Jurisdiction, Laws
from docgen.language import SPACE, Language
from docgen.post import address as postal
from docgen.problem import stop
from docgen.records.book import Book, Business, Client, Invoice
from docgen.shelf import Shelf

DOT = " \N{MIDDLE DOT} "
LETTER = 1.9  # about as wide as a letter of an address, in millimetres


@dataclass(frozen=True)
class Desk:
    """The book, the laws and the texts on a day; *languages* keeps those already read."""

    book: Book
    shelf: Shelf
    day: date
    laws: Laws
    texts: Texts
    paper: Paper
    languages: dict[str, Language] = field(default_factory=dict)

    @cached_property
    def outline(self) -> Outline:
        """Return the order of a contract's clauses."""
        return outline.read(self.shelf)

    def law(self, client: Client) -> Jurisdiction:
        """Return the law that goes for *client*."""
        return self.laws[client.law]

    def late_fee(self, bill: Invoice) -> Charge:
        """Return the late fee on *bill* at the end of the day."""
        return charge.late_fee(self.book, self.laws, bill, self.day)

    def language(self, client: Client) -> Language:
        """Return the language *client* is written to in."""
        return self.tongue(client.language)

    def tongue(self, code: str) -> Language:
        """Return the language called *code*, as it is written in the business's country."""
        if code not in self.languages:
            self.languages[code] = language.read(self.shelf, code, self.book.business.country)
        return self.languages[code]


def desk(book: Book, shelf: Shelf, day: date, laws: Laws) -> Desk:
    """Return a desk for *book* on *day*."""
    return Desk(book, shelf, day, laws, Texts(shelf), paper.of(book.business))


def people(business: Business, client: Client, tongue: Language) -> Values:
    """Return the blanks about the two parties."""
    found: dict[str, Value] = {
        "business.name": business.name,
        "business.signatory": business.signatory or business.name,
        "business.address": ", ".join(business.address),
        "business.email": business.email,
        "business.phone": unbroken(business.phone),
        "business.website": business.website,
        "business.tax_id": business.tax_id,
        "business.country": tongue.territory(business.country),
        "client.name": client.name,
        "client.contact": client.contact or client.name,
        "client.greeting": client.greeting or greeting(client, tongue),
        "client.address": ", ".join(client.address),
        "client.email": client.email,
        "client.phone": unbroken(client.phone),
        "client.tax_id": client.tax_id,
        "client.country": tongue.territory(client.country),
    }
    return Values(found, {"business": business.mark, "client": client.mark})


def unbroken(text: str) -> str:
    """Return *text*, such as a telephone number, kept on one line."""
    return text.replace(" ", SPACE)


def greeting(client: Client, tongue: Language) -> str:
    """Return the salutation of a letter, to the contact or, where none is named, to whom it may concern."""
    return tongue.label("greeting", name=client.contact) if client.contact else tongue.label("greeting_firm")


def address(desk: Desk, client: Client) -> tuple[str, ...]:
    """Return the lines of the client's address: who, where, and the country in capitals if it is another one.

    The country is named in the language of the country the letter leaves from, as the postal union asks. The person
    is left out where the window has no room for one more line.
    """
    business = desk.book.business
    lines = [client.name, *postal.ordered(client.address, client.country)]
    if client.country != business.country:
        country = desk.tongue(business.language).territory(client.country).upper()
        lines += [country] if client.address[-1].upper() != country else []
    room = desk.paper.address_lines
    if len(lines) > room:
        hint = f"the window of the envelope {desk.paper.envelope} shows {room}; put two on one line"
        raise stop(f"the address has {len(lines)} lines with the name, and {hint}", client.mark)
    taken = sum(math.ceil(len(line) * LETTER / desk.paper.window_width) for line in lines)
    if client.contact and client.contact != client.name and taken < room:
        lines.insert(1, client.contact)
    return tuple(lines)


def sender(desk: Desk) -> str:
    """Return the small line above the address: where the letter goes if it cannot be delivered.

    It is left out where the envelope carries it, or shows the letterhead in a window of its own.
    """
    business, paper = desk.book.business, desk.paper
    return "" if paper.sender or paper.sender_printed else DOT.join((business.name, *business.address))


def date_line(desk: Desk, tongue: Language) -> str:
    """Return the date, after the place where the business names one."""
    place = desk.book.business.place
    return tongue.label("place_date", place=place, date=tongue.date(desk.day)) if place else tongue.date(desk.day)


def letterhead(business: Business, tongue: Language, paper: Paper) -> tuple[str, ...]:
    """Return the lines at the top: the name, the address, and how to reach and identify the business.

    The address has a line for each of its own where a window of the envelope shows it.
    """
    tax_id = f"{tongue.label('tax_id', business.country.lower())} {business.tax_id}" if business.tax_id else ""
    reach = [unbroken(part) for part in (business.email, business.phone, business.website, tax_id) if part]
    address = business.address if paper.sender else (DOT.join(business.address),)
    return tuple(line for line in (business.name, *address, DOT.join(reach)) if line)


def document(
    desk: Desk, client: Client, title: str, number: str, blocks: tuple[Block, ...], on: date, filled: Values
) -> Document:
    """Return the document called *title* of the day *on*, known by *number* in its footer, *filled* with values."""
    made = _document(desk, desk.language(client), title, f"{client.name}{DOT}{number}", number)
    return replace(made, blocks=blocks, date=on, blanks=filled.found)


def own(desk: Desk, title: str, subject: str, number: str, blocks: Sequence[Block]) -> Document:
    """Return a paper called *title*, with *number* in its footer, in the language of the business, whose own it is."""
    tongue = desk.tongue(desk.book.business.language)
    return replace(_document(desk, tongue, title, subject, number), blocks=tuple(blocks))


def _document(desk: Desk, tongue: Language, title: str, subject: str, number: str) -> Document:
    """Return a document without text of the day, in the words of *tongue*."""
    business = desk.book.business
    return Document(
        title=title,
        author=business.name,
        subject=subject,
        language=tongue.tag,
        date=desk.day,
        paper=desk.paper,
        letterhead=letterhead(business, tongue, desk.paper),
        footer=f"{business.name}{DOT}{number}",
        page_of=str(tongue.at("labels", "page_of")),
        blocks=(),
    )


def blocks(template: Template, values: Values, title: type[Title] | Role) -> tuple[Block, ...]:
    """Return what *template* says, its title as *title* asks: a document's title, or a paragraph of that role."""
    found: list[Block] = []
    for paragraph in template.paragraphs:
        piece = paragraph.block
        whole = values.blocks(piece) if piece else None
        if whole is not None:
            found += whole
        elif paragraph.part is Part.ITEM and found and isinstance(found[-1], Bullets):
            found[-1] = Bullets((*found[-1].items, values.inlines(paragraph)))
        else:
            found.append(block(paragraph, values, title))
    return tuple(found)


def block(paragraph: Paragraph, values: Values, title: type[Title] | Role) -> Block:
    """Return one paragraph of a text as the block it is."""
    match paragraph.part:
        case Part.TITLE if isinstance(title, Role):
            return Prose(values.inlines(paragraph), title)
        case Part.TITLE:
            return Title(values.words(paragraph))
        case Part.HEADING:
            return Heading(values.words(paragraph))
        case Part.ITEM:
            return Bullets((values.inlines(paragraph),))
        case Part.NOTE:
            return Prose(values.inlines(paragraph), Role.NOTE)
        case Part.PROSE:
            return Prose(values.inlines(paragraph))


def part(desk: Desk, client: Client, folder: str, name: str, choice: str, values: Values) -> tuple[Block, ...]:
    """Return the blocks of a text that stands inside another, none at all where *choice* is ``none``."""
    if choice == "none":
        return ()
    template = desk.texts.find(folder, client.language, name, choice, client.law)
    return blocks(template, values, Role.SUBJECT)
