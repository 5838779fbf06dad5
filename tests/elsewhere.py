"""Messages that no file in tests/problems provokes, and why; each is either made by another test or still to come."""

ELSEWHERE = {
    "a Word file or an address that cannot be set, made in test_window.py and test_pdf.py": [
        ("write/pdf/glyphs.py", "a font in it cannot be used (…); embed another"),
        ("write/pdf/plain.py", "U+… cannot be printed: the font has no glyph for it"),
        ("write/pdf/plain.py", "the address has … lines, and … fit"),
        (
            "write/pdf/window.py",
            "the letterhead reaches … mm into the window for the address, which begins … mm below the upper edge; make it smaller, move it to the right, or say less in it",
        ),
    ],
    "a broken Word file, made in test_hostile.py, test_look.py and test_own.py": [
        ("look/reading.py", "no Word file that can be read (…); save it as .docx in Word or LibreOffice"),
        ("look/reading.py", "the part or setting … is missing; restore the house.docx that came with docgen"),
        ("look/reading.py", "page … is … points, and Word knows none above …"),
        ("look/guard.py", "it holds two parts of one name; save it anew as .docx"),
        ("look/guard.py", "it holds …, which is no name of a part; save it anew as .docx"),
        ("look/guard.py", "it is larger than … MiB unpacked"),
        ("look/guard.py", "… in it has a document type definition, which no Word file needs; save the file anew"),
        ("look/guard.py", "… in it is not readable as XML; save the file anew"),
        ("look/headers.py", "is an SVG drawing; save it as PNG and insert that"),
        ("look/headers.py", "is linked and not in the file; insert it, and choose “Insert” and not “Link to File”"),
        ("look/headers.py", "is turned in Word, which a PDF does not show; turn the picture itself and insert it anew"),
        ("look/image.py", "has … MB; use one of at most … MB"),
        ("look/image.py", "is neither PNG nor JPEG; save it as PNG and insert that"),
        ("look/image.py", "is …; save it as PNG and insert that"),
        ("look/word.py", "… is larger than a look can be"),
    ],
    "a broken Word file, made in test_own.py and test_docx.py": [
        ("write/docx/__init__.py", "it cannot be filled (…); restore the original file"),
        ("write/docx/grammar.py", "a loop is written {% for row in … %}"),
        ("write/docx/grammar.py", "a template fills blanks, chooses and repeats; it cannot do this (…)"),
        ("write/docx/grammar.py", "there is no filter `…`; there are …"),
        ("write/docx/grammar.py", "{{ … }} is no blank of this document; …"),
        ("write/docx/table.py", "…; restore the original file"),
    ],
    "a fault of docgen itself": [
        ("money.py", "… and … cannot be added"),
    ],
    "a fault of docgen itself, made in test_proof.py": [
        ("proof/__init__.py", "after … stands … where … belongs"),
        ("proof/__init__.py", "the … made of it was read back, and …; …"),
        ("proof/docx.py", "it is not whole (…)"),
        ("proof/docx.py", "its reference to … leads nowhere"),
        ("proof/docx.py", "the numbers of its clauses begin anew"),
        ("proof/docx.py", "… is not at the edge of its pages"),
        ("proof/docx.py", "… is not in it"),
        ("proof/own.py", "it says … where the template says …"),
        ("proof/own.py", "the template could not be read once more (…)"),
        ("proof/pdf.py", "a sign on a page stands for no character"),
        ("proof/pdf.py", "page … shows text that is not marked as what it is"),
    ],
    "a fault of docgen itself, made in test_print.py": [
        ("proof/merged.py", "was read back, and …; docgen does not write what lost a page: report this"),
    ],
    "a fault of docgen itself, made in test_payment_code.py": [
        ("compose/qr.py", "… bytes are more than a code has room for"),
    ],
    "what the system refuses after a fact was recorded, made in test_record.py": [
        ("cli/record.py", "cannot be used: …"),
    ],
    "a fault of docgen's own data: a sheet whose address would leave the window that its lines were made for": [
        ("write/pdf/window.py", "…; shorten its longest lines, or leave one out"),
    ],
    "a fault of docgen's own data": [
        ("envelope.py", "the envelope `…` is not whole: …"),
        ("paper.py", "`envelope`: … is not for a sheet of …; these are: …"),
        ("paper.py", "the sheet `…` is not whole: …"),
    ],
    "a large file, made in test_hostile.py, but for the entries, of which a test would take long": [
        ("look/guard.py", "a paragraph in it has more than … characters and tags; part it"),
        ("source/builder.py", "more than … entries in one file"),
        ("source/__init__.py", "there are … mistakes or more: …"),
        ("compose/text.py", "the text has more than … blanks or … paragraphs; part it"),
        ("compose/text.py", "the text has … KiB; … KiB are the most"),
        ("source/__init__.py", "the file has … MiB; … MiB are the most"),
    ],
    "a link or a large file, made in test_hostile.py": [
        ("reach.py", "cannot be read: it is no file"),
        ("reach.py", "has … MiB; … MiB are the most"),
        ("reach.py", "is a link, which is not followed; put a folder or a file here, or name another --out"),
        ("reach.py", "leads out of the workspace, to a file that is not read; put the file itself here"),
        ("reach.py", "lies outside of the folder that is written to"),
    ],
    "a run whose texts or processes are gone in the middle of it, made in test_batch.py and test_faults.py": [
        ("cli/hands.py", "no more processes can be started: …; use fewer"),
        ("cli/hands.py", "a process that made documents was ended, perhaps as memory ran out; use fewer"),
        (
            "crew.py",
            "the texts, the house or the program changed meanwhile, or are others where documents are made",
        ),
    ],
    "a number of the post's, typed in test_numbers.py": [
        ("post/barcode.py", "… has a character that a Code 128 cannot have"),
        ("post/numbers.py", "… ends in …, position 12, which is the code of no country"),
        ("post/numbers.py", "… has … digits, and a number of the USPS has 20 or 22"),
        ("post/numbers.py", "…: position … is `…`, and would be a digit…"),
        ("post/numbers.py", "…: position … is `…`, and would be a letter"),
        ("post/numbers.py", "…: position … is `…`, which no client's code has"),
    ],
    "another process, started in test_disk.py": [
        ("disk.py", "is being written by …; nothing was done here, run this again once that has ended"),
    ],
    "files that were posted and changed, made in test_evidence.py": [
        ("cli/evidence.py", "has changed since it was posted: its SHA-256 is …, and … has …"),
        ("cli/evidence.py", "is a Word file; put the PDF that was printed from it beside it, as …"),
        ("cli/evidence.py", "is missing, and … says that it was posted; put it back from a copy"),
        ("cli/evidence.py", "is no PDF that can be read, so it cannot be put in"),
    ],
    "a file that is missing, or that only another program makes, made in test_rare.py": [
        ("cli/record.py", "a certified letter has no article number"),
        ("look/image.py", "is damaged (…); save it anew as PNG and insert that"),
        ("look/word.py", "it declares a document type"),
        ("press.py", "would share its file with …"),
        ("schedule.py", "there is no ….md yet, for clients who are written to in that language"),
        ("shelf.py", "there is no such file; `docgen init` writes one in a new folder"),
        ("shelf.py", "there is no such file; there are …"),
        ("write/pdf/plain.py", "the line “…” is too long for a width of … mm"),
    ],
    "a package that is not whole": [
        ("press.py", "there is no such file; copy it from a new workspace of `docgen init`"),
    ],
    "permissions, set in test_record.py where they hold for who runs it": [
        ("dispatch.py", "cannot be written: it is read-only"),
    ],
    "what was posted or printed before, made in test_record.py and test_print.py": [
        ("cli/arguments.py", "an amount of … bears nothing; give one that is more than zero"),
        ("cli/counter.py", "… goes by e-mail, and the post gives it no number"),
        ("cli/record.py", "is not what would be made on …: it was made on another day, or edited"),
        ("cli/sent.py", "was posted already on …, says …"),
        ("cli/sent.py", "… A letter is called CLIENT/SUBJECT-DOCUMENT, as its file is"),
    ],
}
