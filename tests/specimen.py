"""Documents of every kind in three languages, built by hand for the tests of the writers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from docgen.document import (
    Address,
    Align,
    Block,
    Break,
    Bullets,
    Clause,
    Closing,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Lines,
    Pairs,
    Paper,
    Paragraph,
    Ref,
    Role,
    Run,
    Signatory,
    Signatures,
    Table,
    Title,
    Total,
)

LANGUAGES = ("en-US", "es-ES", "is-IS")

US_LETTER = Paper("US Letter", 215.9, 279.4, 25.4, 64.5, 88, 17, (95.25,))
A4 = Paper("A4", 210, 297, 25, 50, 80, 40, (105, 210))
PAPERS = {"en-US": US_LETTER, "es-ES": A4, "is-IS": A4}
DAY = date(2026, 11, 21)
CODE = Code(tuple(tuple((x * y) % 3 == 0 for x in range(37)) for y in range(37)), 4, "Bizum þ", "ñ & <ð>")


@dataclass(frozen=True)
class Words:
    """What the specimens say in one language."""

    author: str
    letterhead: tuple[str, ...]
    page_of: str
    client: tuple[str, ...]
    service: str
    day: str
    subject: str
    paragraphs: tuple[str, ...]
    statement: tuple[str, ...]
    statement_rows: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[str, str], ...]
    closing: tuple[str, str, str]
    note: str
    copy: str
    invoice: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]
    contract: tuple[str, str]
    parties: tuple[tuple[str, str, str], ...]
    party_heads: tuple[str, str, str]
    clause: str
    conditions: tuple[str, ...]
    see: tuple[str, str]
    annex: str
    signing: str
    fields: tuple[str, ...]


ENGLISH = Words(
    author="Studio Lumen",
    letterhead=(
        "Studio Lumen",
        "12 Harbour Street, Portland, OR 97204",
        "ada@lumen.example · +1 503 555 0142",
    ),
    page_of="Page {page} of {pages}",
    client=("Acme Robotics, Inc.", "Wile Coyote", "77 Desert Road", "Tucson, AZ 85701"),
    service="Certified mail, return receipt requested",
    day="November 21, 2026",
    subject="Second notice: invoice 2026-014, 62 days overdue, $2,178.00",
    paragraphs=(
        "Dear Mr. Coyote,",
        (
            "Our invoice 2026-014 of September 5, 2026 for the website redesign was due on September 20, 2026. "
            "Sixty-two days later we have not received your payment, and our first notice of October 21 is unanswered."
        ),
        (
            "Under clause 4.2 of our contract a late fee of 1.5% per month has been accruing since the due date. "
            "The table shows what you owe today."
        ),
        (
            "Please pay $2,246.09 by December 5, 2026. If we do not hear from you by then, we will send a final notice "
            "by certified mail and may hand the matter to our attorney without further warning."
        ),
        (
            "If the payment is on its way, please accept our thanks and disregard this letter. A copy of the invoice "
            "is enclosed."
        ),
    ),
    statement=("Invoice", "Due", "Days", "Amount, USD"),
    statement_rows=(
        ("2026-014 Website redesign, second half", "September 20, 2026", "62", "2,178.00"),
        ("Late fee, 1.5% per month", "", "62", "68.09"),
    ),
    sums=(("Received", "0.00"), ("Owed on November 21, 2026, USD", "2,246.09")),
    closing=("Sincerely,", "Ada Reyes", "Studio Lumen"),
    note="Enclosed: copy of invoice 2026-014 (1 page)",
    copy="COPY",
    invoice="Invoice 2026-014",
    facts=(("Invoice date", "September 5, 2026"), ("Due date", "September 20, 2026"), ("Amount due", "$2,178.00")),
    heads=("Description", "Quantity", "Price, USD", "Amount, USD"),
    lines=(
        ("Identity design, two rounds of revisions included", "1", "1,200.00", "1,200.00"),
        ("Ten page templates\nResponsive, tested in four browsers", "10", "80.00", "800.00"),
        ("Photography retouching (hours)", "2.5", "71.20", "178.00"),
    ),
    totals=(("Subtotal", "2,178.00"), ("Sales tax 0%", "0.00"), ("Total, USD", "2,178.00")),
    pairs=(
        ("Bank", "First Harbour Bank"),
        ("IBAN", "GB33 BUKB 2020 1555 5555 55"),
        ("Reference", "2026-014"),
    ),
    contract=("Design services agreement", "Website redesign · November 21, 2026"),
    parties=(
        ("Designer", "Studio Lumen", "12 Harbour Street\nPortland, OR 97204"),
        ("Client", "Acme Robotics, Inc.", "77 Desert Road\nTucson, AZ 85701"),
    ),
    party_heads=("Party", "Name", "Address"),
    clause="The Client will pay the Designer a deposit of half of the total fee on signing this agreement. No work "
    "begins before the deposit has been received in the Designer's bank account, and the schedule moves by as many "
    "days as the deposit is late.",
    conditions=(
        "on delivery of the final files, or",
        (
            "thirty days after approval of the last draft, whichever comes first, if the Client has asked for no "
            "changes within that time."
        ),
    ),
    see=("The deposit of clause", "is not refundable once work has begun."),
    annex="Deliverables",
    signing="The parties have read and understood this agreement and sign it in two originals, one for each of them, "
    "on the dates written below. Each of them has received a copy of the annex with the list of deliverables.",
    fields=("Owner", "Date:", "Place:"),
)

SPANISH = Words(
    author="Ana Núñez Peña",
    letterhead=(
        "Ana Núñez Peña",
        "Calle Mayor 5, 2.º dcha., 28013 Madrid",
        "NIF 12345678Z · ana@nunez.example · +34 910 555 142",
    ),
    page_of="Página {page} de {pages}",
    client=(
        "Viñedos Ibáñez & Hijos, S. L.",
        "A la atención de D.ª Begoña Güell",
        "Avenida de la Constitución, 14",
        "41004 Sevilla",
    ),
    service="Correo certificado con acuse de recibo",
    day="21 de noviembre de 2026",
    subject="Segundo aviso: factura 2026-014, vencida hace 62 días, 2.178,00 €",
    paragraphs=(
        "Estimada señora Güell:",
        (
            "Nuestra factura 2026-014, de 5 de septiembre de 2026, por el diseño de su identidad, venció el 20 de "
            "septiembre de 2026. Sesenta y dos días después no hemos recibido su pago, y nuestro primer aviso de 21 de "
            "octubre sigue sin respuesta."
        ),
        (
            "De acuerdo con la Ley 3/2004, desde el vencimiento se devengan intereses de demora al tipo del 10,15 % "
            "anual. El cuadro muestra lo que se adeuda a día de hoy."
        ),
        (
            "Le rogamos que abone 2.255,55 € antes del 5 de diciembre de 2026. Si para entonces no tenemos noticias "
            "suyas, enviaremos un último aviso por correo certificado y podremos acudir a los tribunales sin más "
            "trámite."
        ),
        (
            "Si ya ha ordenado el pago, le damos las gracias y le pedimos que no tenga en cuenta esta carta. "
            "¿Tiene alguna duda? Llámenos. Adjuntamos una copia de la factura."
        ),
    ),
    statement=("Factura", "Vencimiento", "Días", "Importe, EUR"),
    statement_rows=(
        ("2026-014 Diseño de identidad", "20 de septiembre de 2026", "62", "2.178,00"),
        ("Intereses de demora, 10,15 %", "", "62", "37,55"),
        ("Compensación, art. 8 de la Ley 3/2004", "", "", "40,00"),
    ),
    sums=(("Cobrado", "0,00"), ("Adeudado a 21 de noviembre de 2026, EUR", "2.255,55")),
    closing=("Atentamente,", "Ana Núñez Peña", "Diseñadora"),
    note="Adjunto: copia de la factura 2026-014 (1 página)",
    copy="COPIA",
    invoice="Factura 2026-014",
    facts=(
        ("Fecha de factura", "5 de septiembre de 2026"),
        ("Vencimiento", "20 de septiembre de 2026"),
        ("Importe pendiente", "2.178,00 €"),
    ),
    heads=("Concepto", "Cantidad", "Precio, EUR", "Importe, EUR"),
    lines=(
        ("Diseño de identidad, dos rondas de correcciones incluidas", "1", "1.200,00", "1.200,00"),
        ("Maquetación de catálogo\nEspañol, catalán y gallego", "10", "40,00", "400,00"),
        ("Retoque fotográfico (horas)", "2,5", "80,00", "200,00"),
    ),
    totals=(("Base imponible", "1.800,00"), ("IVA 21 %", "378,00"), ("Total, EUR", "2.178,00")),
    pairs=(
        ("Banco", "Caja de los Ingenieros del Guadalquivir"),
        ("IBAN", "ES91 2100 0418 4502 0005 1332"),
        ("Referencia", "2026-014"),
    ),
    contract=("Contrato de prestación de servicios", "Diseño de identidad · 21 de noviembre de 2026"),
    parties=(
        ("Diseñadora", "Ana Núñez Peña", "Calle Mayor 5, 2.º dcha.\n28013 Madrid"),
        ("Cliente", "Viñedos Ibáñez & Hijos, S. L.", "Avenida de la Constitución, 14\n41004 Sevilla"),
    ),
    party_heads=("Parte", "Nombre", "Domicilio"),
    clause="El Cliente abonará un depósito del 50 % del precio total a la firma del presente contrato. Ningún trabajo "
    "comenzará antes de que el depósito haya sido recibido en la cuenta bancaria de la Diseñadora, y el calendario se "
    "desplazará tantos días como se retrase el depósito.",
    conditions=(
        "a la entrega de los archivos finales, o",
        (
            "a los treinta días de la aprobación del último borrador, lo que antes ocurra, si el Cliente no ha pedido "
            "cambios en ese plazo."
        ),
    ),
    see=("El depósito de la cláusula", "no es reembolsable una vez comenzado el trabajo."),
    annex="Entregables",
    signing="Las partes han leído y comprendido el presente contrato y lo firman por duplicado y a un solo efecto en "
    "las fechas indicadas. Cada una ha recibido una copia del anexo con la relación de los entregables.",
    fields=("Titular", "Fecha:", "Lugar:"),
)

ICELANDIC = Words(
    author="Þórdís Ægisdóttir ehf.",
    letterhead=(
        "Þórdís Ægisdóttir ehf.",
        "Laugavegur 1, 101 Reykjavík",
        "kt. 550169-4669 · thordis@aegis.example · +354 555 0142",
    ),
    page_of="Síða {page} af {pages}",
    client=("Fiskvinnslan Öldugarður hf.", "b.t. Guðrúnar Össurardóttur", "Hafnargötu 12", "230 Reykjanesbæ"),
    service="Ábyrgðarbréf",
    day="21. nóvember 2026",
    subject="Önnur ítrekun: reikningur 2026-014, 62 dagar frá eindaga, 2.178.000 kr.",
    paragraphs=(
        "Ágæta Guðrún.",
        (
            "Reikningur okkar nr. 2026-014 frá 5. september 2026 vegna hönnunar á vefsíðu var á eindaga 20. september "
            "2026. Sextíu og tveimur dögum síðar hefur greiðsla ekki borist og fyrstu ítrekun okkar frá 21. október "
            "hefur ekki verið svarað."
        ),
        (
            "Samkvæmt lögum nr. 38/2001 um vexti og verðtryggingu reiknast dráttarvextir frá gjalddaga. Taflan sýnir "
            "það sem er ógreitt í dag."
        ),
        (
            "Vinsamlegast greiðið 2.231.000 kr. fyrir 5. desember 2026. Berist hvorki greiðsla né svar fyrir þann tíma "
            "verður send lokaítrekun í ábyrgðarbréfi og krafan kann að verða innheimt fyrir dómi án frekari viðvörunar."
        ),
        (
            "Hafi greiðslan þegar verið innt af hendi þökkum við fyrir og biðjum ykkur að líta fram hjá þessu bréfi. "
            "Afrit reikningsins fylgir."
        ),
    ),
    statement=("Reikningur", "Eindagi", "Dagar", "Fjárhæð, ISK"),
    statement_rows=(
        ("2026-014 Hönnun vefsíðu", "20. september 2026", "62", "2.178.000"),
        ("Dráttarvextir", "", "62", "53.000"),
    ),
    sums=(("Greitt", "0"), ("Ógreitt 21. nóvember 2026, ISK", "2.231.000")),
    closing=("Virðingarfyllst,", "Þórdís Ægisdóttir", "framkvæmdastjóri"),
    note="Fylgiskjal: afrit reiknings 2026-014 (1 síða)",
    copy="AFRIT",
    invoice="Reikningur 2026-014",
    facts=(
        ("Útgáfudagur", "5. september 2026"),
        ("Eindagi", "20. september 2026"),
        ("Til greiðslu", "2.178.000 kr."),
    ),
    heads=("Lýsing", "Magn", "Verð, ISK", "Fjárhæð, ISK"),
    lines=(
        ("Hönnun á útliti, tvær umferðir breytinga innifaldar", "1", "1.000.000", "1.000.000"),
        ("Tíu síðusniðmát\nPrófuð í fjórum vöfrum", "10", "60.000", "600.000"),
        ("Myndvinnsla (klst.)", "2,5", "62.581", "156.452"),
    ),
    totals=(("Samtals án VSK", "1.756.452"), ("VSK 24 %", "421.548"), ("Samtals, ISK", "2.178.000")),
    pairs=(
        ("Banki", "Sparisjóður Suðurnesja"),
        ("IBAN", "IS14 0159 2600 7654 5510 7303 39"),
        ("Tilvísun", "2026-014"),
    ),
    contract=("Samningur um hönnunarþjónustu", "Hönnun vefsíðu · 21. nóvember 2026"),
    parties=(
        ("Hönnuður", "Þórdís Ægisdóttir ehf.", "Laugavegi 1\n101 Reykjavík"),
        ("Verkkaupi", "Fiskvinnslan Öldugarður hf.", "Hafnargötu 12\n230 Reykjanesbæ"),
    ),
    party_heads=("Aðili", "Nafn", "Heimilisfang"),
    clause="Verkkaupi greiðir helming heildarverðs sem tryggingu við undirritun samnings þessa. Vinna hefst ekki fyrr "
    "en tryggingin hefur borist inn á bankareikning hönnuðarins, og verkáætlunin færist aftur um jafnmarga daga og "
    "greiðslan dregst.",
    conditions=(
        "við afhendingu lokaskráa, eða",
        (
            "þrjátíu dögum eftir samþykki síðustu tillögu, hvort sem fyrr verður, hafi verkkaupi ekki óskað eftir "
            "breytingum innan þess tíma."
        ),
    ),
    see=("Trygging samkvæmt grein", "er óafturkræf eftir að vinna er hafin."),
    annex="Afhending",
    signing="Aðilar hafa lesið og skilið samning þennan og undirrita hann í tveimur samhljóða eintökum, einu fyrir "
    "hvorn aðila, á þeim degi sem ritaður er hér að neðan. Hvor þeirra hefur fengið afrit af viðaukanum.",
    fields=("Eigandi", "Dagsetning:", "Staður:"),
)

WORDS: Mapping[str, Words] = {"en-US": ENGLISH, "es-ES": SPANISH, "is-IS": ICELANDIC}


def document(language: str, title: str, blocks: tuple[Block, ...]) -> Document:
    """Return a document of our specimen business in *language*."""
    words = WORDS[language]
    return Document(
        title=title,
        author=words.author,
        subject=words.subject,
        language=language,
        date=DAY,
        paper=PAPERS[language],
        letterhead=words.letterhead,
        footer=f"{words.author} · {title}",
        page_of=words.page_of,
        blocks=blocks,
    )


def plain(text: str, role: Role = Role.BODY) -> Paragraph:
    """Return a paragraph of a single run."""
    return Paragraph((Run(text),), role)


def address(language: str, *, service: bool = False) -> Address:
    """Return the client's address, with the postal service if *service*."""
    words = WORDS[language]
    return Address(words.client, " · ".join(words.letterhead[:2]), words.service if service else "")


def statement(language: str) -> Table:
    """Return the table of what is owed."""
    words = WORDS[language]
    sides = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT)
    columns = tuple(map(Column, words.statement, sides, (5, 3.2, 1, 2.2)))
    (label, amount), (strong_label, strong_amount) = words.sums
    totals = (Total(label, amount), Total(strong_label, strong_amount, strong=True))
    return Table(columns, words.statement_rows, totals, caption=words.subject)


def invoice_table(language: str, lines: int) -> Table:
    """Return an invoice's table of *lines* lines."""
    words = WORDS[language]
    sides = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
    columns = tuple(map(Column, words.heads, sides, (6, 1.6, 2, 2.2)))
    rows = tuple(words.lines[i % len(words.lines)] for i in range(lines))
    totals = tuple(Total(label, amount, strong=(label, amount) == words.totals[-1]) for label, amount in words.totals)
    return Table(columns, rows, totals, caption=words.invoice)


def invoice_blocks(language: str, lines: int, mark: str = "") -> tuple[Block, ...]:
    """Return an invoice from its address to the bank account."""
    words = WORDS[language]
    facts = Facts(tuple(Fact(label, value, strong=(label == words.facts[-1][0])) for label, value in words.facts))
    head: tuple[Block, ...] = (address(language),)
    if mark:
        head += (plain(mark, Role.MARK),)
    return (*head, Title(words.invoice), facts, invoice_table(language, lines), Pairs(words.pairs, CODE))


def invoice(language: str, lines: int = 3) -> Document:
    """Return an invoice with *lines* lines."""
    return document(language, WORDS[language].invoice, invoice_blocks(language, lines))


def letter(language: str, lines: int = 3) -> Document:
    """Return a dunning letter that encloses a copy of an invoice with *lines* lines."""
    words = WORDS[language]
    greeting, first, second, third, last = words.paragraphs
    emphasis = Paragraph((Run(third.split(" ")[0] + " "), Run(third.split(" ", 1)[1], bold=True)))
    blocks: tuple[Block, ...] = (
        address(language, service=True),
        plain(words.day, Role.DATE),
        plain(words.subject, Role.SUBJECT),
        plain(greeting),
        plain(first),
        plain(second),
        statement(language),
        emphasis,
        plain(last),
        Closing(*words.closing),
        plain(words.note, Role.NOTE),
        Break(),
        *invoice_blocks(language, lines, words.copy),
    )
    return document(language, words.subject, blocks)


def clause(words: Words, number: int) -> tuple[Block, ...]:
    """Return the clause *number* with its paragraphs and its list."""
    see = Paragraph(
        (Run(words.see[0] + "\N{NO-BREAK SPACE}"), Ref("c1.1", "1.1"), Run(" " + words.see[1], italic=True))
    )
    return (
        Clause(1, f"{number}.", (Run(f"{words.heads[0]} {number}"),), f"c{number}", words.heads[3]),
        Clause(2, f"{number}.1", (Run(words.clause),), f"c{number}.1"),
        Clause(2, f"{number}.2", see.inlines, f"c{number}.2"),
        *(Clause(3, f"{number}.2.{i}", (Run(text),)) for i, text in enumerate(words.conditions, start=1)),
        Clause(2, f"{number}.3", (Run(words.clause, bold=number == 2), Run(" " + words.clause)), f"c{number}.3"),
    )


def contract(language: str, clauses: int = 24) -> Document:
    """Return a contract of *clauses* clauses, signed by both parties."""
    words = WORDS[language]
    columns = tuple(map(Column, words.party_heads, (Align.LEFT,) * 3, (2, 4, 4)))
    bullets = Bullets(tuple((Run(line[0].split("\n")[0]),) for line in words.lines))
    signatories = tuple(Signatory(party, name, words.fields[0], words.fields[1:]) for party, name, _ in words.parties)
    blocks: tuple[Block, ...] = (
        Title(*words.contract),
        Table(columns, words.parties, caption=words.contract[0]),
        plain(words.clause),
        *(block for number in range(1, clauses + 1) for block in clause(words, number)),
        Heading(words.annex),
        plain(words.clause),
        bullets,
        Lines(2),
        plain(words.signing),
        Signatures(signatories),
    )
    return document(language, words.contract[0], blocks)


def deliverables(language: str, count: int) -> Document:
    """Return a contract whose only clause lists *count* things to deliver, one of them with a word too long to set."""
    words = WORDS[language]
    names = (*words.conditions, LONG_WORD, LONG_NAME)
    found = tuple(Clause(3, f"({n})", (Run(names[n % 4]),), f"c1.1.{n}") for n in range(1, count + 1))
    last = (Run(words.see[0] + "\N{NO-BREAK SPACE}"), Ref(f"c1.1.{count}", f"1.1({count})"), Run(".", bold=True))
    blocks: tuple[Block, ...] = (
        Title(LONG_NAME),
        Clause(1, "1.", (Run(words.annex),), "c1"),
        Clause(2, "1.1", (Run(words.clause),), "c1.1"),
        *found,
        Clause(2, "1.2", last, "c1.2"),
        Signatures((Signatory(words.parties[0][0], LONG_NAME), Signatory(words.parties[1][0], LONG_WORD))),
    )
    return document(language, LONG_NAME, blocks)


def call(language: str, lines: int = 30) -> Document:
    """Return a sheet to take notes on during a call, with *lines* lines at its end."""
    words = WORDS[language]
    bullets = Bullets(tuple((Run(line[0].split("\n")[0]),) for line in words.lines))
    blocks: tuple[Block, ...] = (
        Title(words.subject),
        plain(words.paragraphs[1]),
        Heading(words.annex),
        bullets,
        Lines(3),
        Heading(words.statement[0]),
        Lines(4),
        plain(words.paragraphs[2]),
        Lines(lines),
        plain(words.note),
    )
    return document(language, words.subject, blocks)


NASTY = ("<select>", "{{ x }}", "{% raw %}", "&amp;", "</w:p><w:p>", "${7*7}", "%s%n", "\\(paren\\)", "]]>", "'\"`")
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
LONG_NAME = ("Þjónustumiðstöð íslenskra viðskiptavina " * 6)[:200].rstrip()


def hostile() -> Document:
    """Return a document whose every string tries to be more than text."""
    text = " ".join(NASTY)
    table = Table(
        tuple(map(Column, NASTY[:3], (Align.LEFT, Align.LEFT, Align.RIGHT), (3, 2, 1))),
        (NASTY[3:6], (LONG_WORD, LONG_NAME, "1,00"), ("", "", ""), NASTY[6:9]),
        (Total(NASTY[0], NASTY[1]), Total(LONG_NAME, "9.999.999.999,99", strong=True)),
        caption=NASTY[2],
    )
    blocks: tuple[Block, ...] = (
        Address((*NASTY[:3], LONG_NAME[:40]), NASTY[3], NASTY[1]),
        Title(text, NASTY[0]),
        Heading(LONG_NAME),
        plain(text),
        plain(LONG_WORD),
        Paragraph((Run("a\nb", bold=True), Run(NASTY[0], italic=True), Run(NASTY[3], bold=True, italic=True))),
        Clause(1, "1.", (Run(NASTY[0]),), "<a>"),
        Clause(2, "1.1", (Run(LONG_WORD), Ref("<a>", "1")), NASTY[1]),
        Clause(3, "1.1.1", (Run(NASTY[2]),)),
        Bullets(((Run(NASTY[1]),), (Run(LONG_NAME),))),
        Facts((Fact(NASTY[0], NASTY[1]), Fact(NASTY[2], LONG_NAME, strong=True))),
        Pairs(((NASTY[0], LONG_NAME), (LONG_NAME[:60], NASTY[2]))),
        table,
        Closing(NASTY[0], LONG_NAME, NASTY[1]),
        plain(NASTY[3], Role.NOTE),
        Lines(1),
        Signatures((Signatory(NASTY[0], LONG_NAME, NASTY[1], ("x",)), Signatory(NASTY[2], NASTY[3]))),
    )
    base = document("is-IS", text, blocks)
    return Document(
        title=text,
        author=NASTY[0],
        subject=NASTY[3],
        language=base.language,
        date=base.date,
        paper=base.paper,
        letterhead=(*NASTY[:3], LONG_NAME[:90]),
        footer=" ".join(NASTY[:4]),
        page_of="{page}/{pages} {x} {{ y }}",
        blocks=blocks,
    )
