"""The code on an invoice: a banking app reads off it what is asked for, and where it could not, there is none."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import papers
import pikepdf
import pytest
import segno.encoder
import zxingcpp
from lxml import etree
from PIL import Image
from segno import helpers

from docgen import look
from docgen.compose import invoice, payment_code, qr
from docgen.document import Code, Document, Pairs
from docgen.money import Money
from docgen.records.book import Business
from docgen.write import docx, pdf, text

HOUSE = look.read((papers.HOME / "letters" / "house.docx").read_bytes(), "letters/house.docx")
HOLDERS = {"en": "Ada Reyes Molina & Daughter", "es": "Begoña Núñez Ibáñez", "is": "Þórdís Æsa Guðmundsdóttir"}
EUROS = Money(Decimal("1090.25"), "EUR")


def business(name: str = "Ada Reyes Molina", **pay_to: str) -> Business:
    """Return a business that is paid by *pay_to*."""
    where = tuple(pay_to.items())
    return Business(name, "", ("Valencia",), "ES", "en", "EUR", "es", pay_to=where)


def composed(
    folder: Path, number: str, *changes: tuple[str, str], copy: bool = False, late_fee: bool = False
) -> Document:
    """Return an invoice of the example with patterns of its file replaced."""
    return invoice.compose(papers.work(folder, *changes).desk(), number, copy=copy, late_fee=late_fee)


def code(document: Document) -> Code | None:
    """Return the code on *document*, if it has one."""
    (found,) = [block.code for block in document.blocks if isinstance(block, Pairs)][-1:]
    return found


def read(image: Image.Image) -> list[str]:
    """Return what the codes on *image* say."""
    return [found.text for found in zxingcpp.read_barcodes(image)]


def said(document: Document) -> list[str]:
    """Return the lines of the code on *document*."""
    found = code(document)
    assert found is not None
    dots = 8
    image = Image.new("L", (found.across, found.across), 255)
    for y, row in enumerate(found.rows):
        for x, dark in enumerate(row):
            image.putpixel((x + found.margin, y + found.margin), 0 if dark else 255)
    (words,) = read(image.resize((found.across * dots,) * 2, Image.Resampling.NEAREST))
    return words.split("\n")


@pytest.mark.usefixtures("maker")
@pytest.mark.parametrize("bic", ["", "BTURESVVXXX"])
@pytest.mark.parametrize("holder", [*HOLDERS.values(), "n" * 70])
def test_what_the_code_says_is_what_another_maker_would_say(holder: str, bic: str) -> None:
    """Each line in its place, in UTF-8."""
    iban = "ES9121000418450200051332"
    where = {"holder": holder, "iban": "es91 2100 0418 4502 0005 1332"} | ({"bic": bic} if bic else {})
    other = helpers.make_epc_qr(holder, iban, EUROS.amount, "2026-036", bic=bic, encoding="utf-8")
    ours = payment_code.payload(business(**where), EUROS, "2026-036")
    assert ours == helpers._make_epc_qr_data(holder, iban, EUROS.amount, "2026-036", bic=bic, encoding="utf-8")  # type: ignore[attr-defined]  # noqa: SLF001
    assert qr.modules(ours) == tuple(tuple(map(bool, row)) for row in other.matrix)


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have segno fill a code as the standard says: it puts a zero byte where nothing has to be filled up to a byte."""
    pad: Any = segno.encoder.write_padding_bits
    monkeypatch.setattr(segno.encoder, "write_padding_bits", lambda *args: args[2] % 8 and pad(*args))


@pytest.mark.usefixtures("maker")
@pytest.mark.parametrize("length", range(1, payment_code.LONGEST + 1, 11))
def test_a_code_has_the_modules_that_another_maker_finds_one_after_the_other(length: int) -> None:
    """Of every version there is, and where it says but one letter again and again."""
    for data in (hashlib.shake_128(bytes([length % 256])).hexdigest(length).encode()[1:length] + b"\n", b"a" * length):
        matrix = segno.make_qr(data, error="m", boost_error=False).matrix
        assert qr.modules(data) == tuple(tuple(map(bool, row)) for row in matrix)


def test_a_code_has_room_for_331_bytes() -> None:
    """Which are as many as a transfer may have."""
    assert len(qr.modules(b"a" * payment_code.LONGEST)) == 17 + 4 * 13
    with pytest.raises(ValueError, match="332 bytes are more"):
        qr.modules(b"a" * 332)


def test_an_amount_has_two_decimals() -> None:
    """Also a whole one."""
    found = payment_code.payload(business(iban="ES9121000418450200051332"), Money(Decimal(2400), "EUR"), "1").decode()
    assert found.split("\n") == ["BCD", "002", "1", "SCT", "", "Ada Reyes Molina", "ES9121000418450200051332",
                                 "EUR2400.00", "", "", "1"]  # fmt: skip


@pytest.mark.parametrize(
    ("payee", "sum_"),
    [
        (business(bank="Banco del Turia"), EUROS),
        (business(iban="SA0380000000608010167519"), EUROS),
        (business(iban="CH9300762011623852957"), EUROS),
        (business(name="n" * 71, iban="ES9121000418450200051332"), EUROS),
        (business(iban="ES9121000418450200051332"), Money(Decimal(100), "USD")),
        (business(iban="ES9121000418450200051332"), Money(Decimal(0), "EUR")),
        (business(iban="ES9121000418450200051332"), Money(Decimal(-5), "EUR")),
        (business(iban="ES9121000418450200051332"), Money(Decimal(10**9), "EUR")),
    ],
)
def test_there_is_no_code_for_what_no_bank_could_carry_out(payee: Business, sum_: Money) -> None:
    """No account, one outside SEPA or the EEA without its BIC, too long a name, another currency, nothing, too much."""
    assert payment_code.payload(payee, sum_, "2026-036") == b""


def test_an_account_outside_the_eea_is_reached_by_its_bic() -> None:
    """As in Switzerland."""
    payee = business(iban="CH9300762011623852957", bic="POFICHBEXXX")
    assert payment_code.payload(payee, EUROS, "1").split(b"\n")[4:7] == [
        b"POFICHBEXXX", b"Ada Reyes Molina", b"CH9300762011623852957",
    ]  # fmt: skip


def test_the_code_asks_for_what_is_due(tmp_path: Path) -> None:
    """What was paid is taken off, and a late fee is in it where the invoice states one."""
    assert said(composed(tmp_path, "2026-036"))[7] == "EUR1090.00"
    late = composed(tmp_path, "2026-036", late_fee=True)
    (stated,) = [total.amount for block in late.blocks for total in getattr(block, "totals", ()) if total.strong]
    digits = re.sub(r"\D", "", stated)
    assert said(late)[7] == f"EUR{digits[:-2]}.{digits[-2:]}" != "EUR1090.00"


def test_what_asks_for_no_euros_or_for_another_sum_has_no_code(tmp_path: Path) -> None:
    """A credit note, krónur, an invoice that is paid, and a copy that goes with a letter."""
    for number in ("2026-028", "2026-038"):
        assert code(composed(tmp_path, number)) is None
    assert code(composed(tmp_path, "2026-036", copy=True)) is None
    assert not [block for block in composed(tmp_path, "R2026-004").blocks if isinstance(block, Pairs) and block.code]
    letters = papers.every("es", tmp_path)
    for kind in ("resend", "first-notice", "final-notice"):
        assert not [block for block in letters[kind][1].blocks if isinstance(block, Pairs) and block.code]


@pytest.mark.parametrize("language", papers.LANGUAGES)
def test_a_code_has_a_label_to_see_and_words_for_who_cannot(language: str, tmp_path: Path) -> None:
    """A figure in the structure of the PDF with its place, a picture with a description in the Word file."""
    document = composed(tmp_path, "2026-036", (r"^    language: \w+", f"    language: {language}"))
    found = code(document)
    assert found is not None
    assert text.write(document, HOUSE).decode().count(found.label) == 1
    assert all(word in found.alt for word in ("Ada Reyes Molina", "ES9121000418450200051332", "2026-036"))
    with pikepdf.Pdf.open(io.BytesIO(pdf.write(document, HOUSE))) as file:
        (figure,) = [
            item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert str(figure.Alt) == found.alt
        left, low, right, high = (float(edge) for edge in figure.A.BBox)
    assert right == pytest.approx(HOUSE.left + HOUSE.measure, abs=0.01)
    assert right - left == pytest.approx(high - low, abs=0.02)
    with zipfile.ZipFile(io.BytesIO(docx.write(document, HOUSE))) as archive:
        properties = etree.fromstring(archive.read("word/document.xml")).findall(".//{*}docPr")
        image = Image.open(io.BytesIO(archive.read("word/media/image1.png")))
    assert [each.get("descr") for each in properties] == [found.alt]
    assert image.width / (30 / 25.4) >= 600
    assert image.width % found.across == 0


@pytest.mark.debian
def test_the_code_is_read_off_the_page_and_off_the_word_file(tmp_path: Path) -> None:
    """In three languages, with the letters of each in the holder's name."""
    expected = {}
    for language, holder in HOLDERS.items():
        changes = ((r"^    language: \w+", f"    language: {language}"), ("holder: .*", f"holder: {holder}"))
        document = composed(tmp_path, "2026-036", *changes)
        (tmp_path / f"{language}.pdf").write_bytes(pdf.write(document, HOUSE))
        (tmp_path / f"{language}-word.docx").write_bytes(docx.write(document, HOUSE))
        where = {"holder": holder, "iban": "ES9121000418450200051332", "bic": "BTURESVVXXX"}
        expected[language] = payment_code.payload(business(**where), Money(Decimal(1090), "EUR"), "2026-036").decode()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True)
    for language, words in expected.items():
        for name in (language, f"{language}-word"):
            subprocess.run(
                ["pdftoppm", "-r", "200", "-png", "-singlefile", tmp_path / f"{name}.pdf", tmp_path / name], check=True
            )
            assert read(Image.open(tmp_path / f"{name}.png")) == [words]
