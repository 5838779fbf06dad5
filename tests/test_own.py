"""Word templates of the owner's: filled with the values of the texts, and nothing else can be done with them."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import docx as word
import openxml_audit
import papers
import pytest
from click.testing import CliRunner, Result

from docgen.cli import main
from docgen.document import Document, Table
from docgen.problem import Problems
from docgen.write.docx import own
from docgen.write.docx.given import given

NAME = "letters/first-notice.docx"
TODAY = "2026-11-23"
DOCS = papers.HOME / "docs" / "templates.md"
BEGIN, END = "<!-- the list begins -->", "<!-- the list ends -->"
HOSTILE = "Ö & <w:p/> {{ 7 }} {% if x %} {_{ {#5 }} %} &amp; </w:t> ]]>"


def template(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Return a Word file with *paragraphs* and then a table of *rows*."""
    made = word.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def words(data: bytes) -> list[str]:
    """Return the paragraphs of a Word file, those in its tables after the others."""
    made = word.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in made.paragraphs] + cells


def notice(folder: Path, language: str = "en", kind: str = "first-notice") -> Document:
    """Return a document of the example."""
    return papers.every(language, folder)[kind][1]


def wrong(data: bytes, document: Document) -> list[str]:
    """Return what is said of the template *data* for *document*."""
    with pytest.raises(Problems) as raised:
        own.write(document, data, NAME)
    assert all(problem.mark.file.startswith(NAME) for problem in raised.value.problems)
    return [problem.message for problem in raised.value.problems]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the records."""
    return tmp_path_factory.mktemp("own")


LETTER = template(
    "{{ document.address }}",
    "{{ client.greeting }} {{ letter.date }}: {{ claim.total }}",
    "{%p if client.tax_id %}",
    "{{ client.tax_id }}",
    "{%p endif %}",
    "{{ business.website|default('–') }}",
    "{%p for row in claim.pay_to %}",
    "{{ row.label }}: {{ row.value }}",
    "{%p endfor %}",
    rows=[
        ["{%tr for row in claim.rows %}", ""],
        ["{{ row.label }}", "{{ row.amount }}"],
        ["{%tr endfor %}", ""],
        ["{% for total in claim.totals %}{{ total.label }}{% endfor %}", "{{ claim.totals[0].amount }}"],
    ],
)


@pytest.mark.parametrize("language", papers.LANGUAGES)
def test_a_template_is_filled_in_every_language(language: str, folder: Path, tmp_path: Path) -> None:
    """Blanks, conditions, lists and tables; the same bytes every time, and nothing wrong with the file."""
    document = notice(folder, language)
    made = own.write(document, LETTER, NAME)
    assert made == own.write(document, LETTER, NAME)
    text = "\n".join(words(made))
    table = next(block for block in document.blocks if isinstance(block, Table))
    cells = [*chain.from_iterable(table.rows), *(one.label for one in table.totals)]
    assert all(cell in text for cell in cells)
    assert "{" not in text
    properties = word.Document(io.BytesIO(made)).core_properties
    assert (properties.title, properties.author) == (document.title, document.author)
    (tmp_path / "template.docx").write_bytes(LETTER)
    (tmp_path / "made.docx").write_bytes(made)
    validator = openxml_audit.OpenXmlValidator()
    before, after = (
        {str(error) for error in validator.validate(tmp_path / f"{name}.docx").errors} for name in ("template", "made")
    )
    assert after <= before


def test_a_value_arrives_as_it_is_typed_whatever_is_in_it(tmp_path: Path) -> None:
    """Signs of XML, of Jinja and of docxtpl are text."""
    found = papers.orders(tmp_path, (r"^    name: Bodegas Vidal.*", f"    name: '{HOSTILE}'"))["first-notice"].compose()
    shown = "{{ client.name }}", "{{ client.name|upper }}", "{{ 'a ' ~ client.name }}", "{{ document.address }}"
    name, upper, joined, address, *_ = words(own.write(found, template(*shown), NAME))
    assert (name, upper, joined) == (HOSTILE, HOSTILE.upper(), f"a {HOSTILE}")
    assert address.split("\n")[0] == HOSTILE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{{ claim.totl }}", "{{ claim.totl }} is no blank of this document; did you mean {{ claim.total }}?"),
        ("{{ clent.name }}", "{{ clent.name }} is no blank of this document; did you mean {{ client.name }}?"),
        ("{% for r in claim.rows %}{{ r.labl }}{% endfor %}", "did you mean {{ r.label }}?"),
        ("{% if claim.totl %}x{% endif %}", "did you mean {{ claim.total }}?"),
        ("{client.name}", "{client.name} needs two braces in a Word template: {{ client.name }}"),
        ("{{r client.name }}", "{{r client.name }} needs no letter before it: {{ client.name }}"),
        ("{{ client.name", "it cannot be read"),
        ("{{ client..name }}", "{{ client..name }} cannot be read"),
        ("{% if client.name %}", "it cannot be read"),
        ("{{ claim.rows }}", "a list or a record is not printed as it is"),
        ("{{ client }}", "a list or a record is not printed as it is"),
        ("{{ project.declined }}", "nothing is given for {{ project.declined }}"),
        ("{{ project.declined|upper }}", "nothing is given for project.declined"),
        ("{{ client.name|tojson }}", "there is no filter `tojson`"),
        ("{% set fee = 1 %}", "a template fills blanks, chooses and repeats; it cannot do this (assign)"),
    ],
)
def test_what_cannot_be_filled_is_said_with_its_paragraph(typed: str, said: str, folder: Path) -> None:
    """The paragraph by its number and first words, and what was probably meant."""
    (message,) = wrong(template("Dear all", typed, "Yours"), notice(folder))
    assert "paragraph 2 (“" in message
    assert said in message


def test_all_mistakes_are_said_at_once_those_in_a_footer_too(folder: Path) -> None:
    """One run shows everything there is to mend."""
    made = word.Document()
    made.add_paragraph("{{ client.nam }} {{ letter.dat }}")
    made.sections[0].footer.paragraphs[0].text = "{{ busines.name }}"
    file = io.BytesIO()
    made.save(file)
    found = wrong(file.getvalue(), notice(folder))
    assert len(found) == 3
    assert any(message.startswith("paragraph 1 of the footer") for message in found)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ client.__class__ }}",
        "{{ client['__class__'] }}",
        "{{ client|attr('__class__') }}",
        "{{ self }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{{ client.name.format(1) }}",
        "{{ 'a' * 10 ** 10 }}",
        "{% for i in range(99999999) %}x{% endfor %}",
        "{{ client.name|center(999999999) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro x() %}{% endmacro %}",
        "{% set x = 1 %}",
        "{% for x in claim.rows recursive %}{{ loop(x) }}{% endfor %}",
        "{{ client.update({}) }}",
    ],
)
def test_a_template_cannot_run_anything(attack: str, folder: Path) -> None:
    """It fills, chooses and repeats, and there is no way from a value into the program."""
    assert "paragraph 1 (“" in wrong(template(attack), notice(folder))[0]


def repacked(data: bytes, change: Mapping[str, bytes]) -> bytes:
    """Return the archive *data* with parts added to it or put in the place of others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        parts = {name: source.read(name) for name in source.namelist()}
        for name, content in {**parts, **change}.items():
            target.writestr(name, content)
    return file.getvalue()


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="'
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'
    "</Relationships>"
)
DTD = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/vbaProject.bin": b"x"}, "a program or an embedded file"),
        ({"word/_rels/header9.xml.rels": RELS.format("image", "https://x.example/a.png").encode()}, "reaches outside"),
        ({"word/_rels/header9.xml.rels": RELS.format("hyperlink", "file:///etc").encode()}, "reaches outside"),
        ({"word/extra.xml": DTD}, "document type definition"),
        ({"word/extra.xml": DTD.decode().encode("utf-16")}, "document type definition"),
        ({"word/extra.bin": b"\0" * (51 << 20)}, "larger than 50 MiB unpacked"),
        ({"word/extra.xml": b"<x"}, "not readable as XML"),
    ],
)
def test_a_file_that_could_do_more_than_be_filled_is_refused(
    parts: Mapping[str, bytes], said: str, folder: Path
) -> None:
    """Programs, what is fetched from elsewhere, entities and bombs."""
    (message,) = wrong(repacked(template("Hello"), parts), notice(folder))
    assert said in message


def test_a_field_that_reads_a_file_is_refused_and_a_link_to_click_is_not(folder: Path) -> None:
    """Word would follow the one by itself."""
    made = template("Hello LINKED")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text, rels = archive.read("word/document.xml"), archive.read("word/_rels/document.xml.rels")
    field = b'<w:fldSimple w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    (message,) = wrong(repacked(made, {"word/document.xml": text.replace(b"</w:p>", field)}), notice(folder))
    assert "reads another file" in message
    link = RELS.format("hyperlink", "mailto:ada@lumen.example").split(">", 1)[1].encode()
    changed = rels.replace(b"</Relationships>", link)
    assert words(own.write(notice(folder), repacked(made, {"word/_rels/document.xml.rels": changed}), NAME))


@pytest.mark.parametrize("data", [b"", b"no archive", repacked(template("x"), {"[Content_Types].xml": b"<x/>"})])
def test_what_is_no_word_file_is_said_to_be_none(data: bytes, folder: Path) -> None:
    """Whatever is wrong with the archive, the template is named and no traceback is shown."""
    assert "no Word document" in wrong(data, notice(folder))[0]


def test_tags_that_cross_are_a_mistake_and_no_text_is_lost(folder: Path) -> None:
    """A loop that opens in a cell and closes in a paragraph would leave broken XML."""
    data = template("{% if document.mark %}", rows=[["{% endif %}"]])
    assert "stand in pairs" in wrong(data, notice(folder))[0]


def run(home: Path, *arguments: str) -> Result:
    """Return what came of a command on the workspace in *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", TODAY, *arguments])


def test_the_template_of_the_language_wins_and_the_pdf_follows_the_text(example: Path) -> None:
    """Both formats are made, and one line says which follows what."""
    (example / "letters" / "first-notice.docx").write_bytes(template("For all"))
    (example / "letters" / "es" / "first-notice.docx").write_bytes(template("Para {{ client.name }}"))
    ran = run(example, "letters", "vidal", "--format", "both")
    assert ran.exit_code == 0
    assert ran.stderr == "letters/es/first-notice.docx is filled for Word; the PDF follows the text\n"
    made = example / "out" / "vidal" / "2026-036-first-notice"
    assert words(made.with_suffix(".docx").read_bytes())[0].startswith("Para ")
    assert len(made.with_suffix(".pdf").read_bytes()) > 9999
    shutil.rmtree(example / "letters" / "is")  # a text is not needed where nobody is written to in that language
    assert "filled for Word" not in run(example, "letters", "vidal").stderr


def test_check_shows_what_is_wrong_with_a_template(example: Path) -> None:
    """Once, however many documents it is for; nothing is written."""
    (example / "letters" / "invoice.docx").write_bytes(template("{{ invoice.numbr }}"))
    ran = run(example, "check")
    assert (ran.exit_code, ran.stderr.count("did you mean {{ invoice.number }}?")) == (1, 1)
    assert "letters/invoice.docx: paragraph 1 (“{{ invoice.numbr }}”)" in ran.stderr


def test_a_credit_note_is_not_filled_into_an_invoice(example: Path) -> None:
    """It has a template of its own, or our text."""
    (example / "letters" / "invoice.docx").write_bytes(template("Invoice {{ invoice.number }}"))
    assert run(example, "invoice", "R2026-004", "2026-036", "--format", "docx").exit_code == 0
    first = [
        words((example / "out" / "vidal" / f"{n}-invoice.docx").read_bytes())[0] for n in ("2026-036", "R2026-004")
    ]
    assert first[0] == "Invoice 2026-036"
    assert first[1] != "Invoice R2026-004"


def document(kind: str) -> str:
    """Return what the template for a *kind* of document of the example is called."""
    for name in ("contract", "invoice.credit", "invoice"):
        if kind.startswith(name.replace(".", "-")):
            return name
    return kind


def blanks(folder: Path) -> str:
    """Return the list of all blanks, under the documents that have them."""
    where: dict[str, list[str]] = {}
    parts: dict[str, dict[str, None]] = {}
    for kind, (_, made) in papers.every("en", folder).items():
        for record, fields in given(made).items():
            for field, value in fields.items():
                where.setdefault(f"{record}.{field}", []).append(document(kind))
                parts.setdefault(f"{record}.{field}", {}).update(dict.fromkeys(inside(value)))
    letters = list(papers.KINDS)[list(papers.KINDS).index("follow-up") : -1]
    groups: dict[str, list[str]] = {}
    for name, kinds in where.items():
        short = ["letters and call sheets", *(kind for kind in kinds if kind not in letters)]
        of = short if set(letters) <= set(kinds) else kinds
        title = "every document" if len(kinds) == len(papers.KINDS) else ", ".join(dict.fromkeys(of))
        of_it = f" ({', '.join(parts[name])})" if parts[name] else ""
        groups.setdefault(title, []).append(f"`{name}`{of_it}")
    return "\n".join(f"**{title}**: {', '.join(sorted(found))}\n" for title, found in groups.items())


def inside(value: object) -> list[str]:
    """Return what the items of *value* are called, nothing if it is no list."""
    if not isinstance(value, list):
        return []
    return [name for item in value if isinstance(item, Mapping) for name in item] or ["a list"]


def test_the_list_of_blanks_in_the_docs_is_true(folder: Path) -> None:
    """`make golden` writes it anew."""
    text = DOCS.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    expected = f"{head}{BEGIN}\n\n{blanks(folder)}\n{END}{tail}"
    if os.environ.get("GOLDEN") == "write":
        DOCS.write_text(expected, encoding="utf-8")
    assert DOCS.read_text(encoding="utf-8") == expected
