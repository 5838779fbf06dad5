"""How Spanish and Icelandic are written, as far as a machine can tell: no trace of English habits in either."""

from __future__ import annotations

import re
from pathlib import Path

import papers
import pytest
import wording

from docgen.document import Paragraph, Role
from docgen.write import text

MONTHS = {
    "es": "Enero|Febrero|Marzo|Abril|Mayo|Junio|Julio|Agosto|Septiembre|Octubre|Noviembre|Diciembre",
    "is": "Janúar|Febrúar|Mars|Apríl|Maí|Júní|Júlí|Ágúst|September|Október|Nóvember|Desember",
}
# What is wrong: how it is found, and an example of it. Spanish by the Ortografía of 2010 and the Diccionario
# panhispánico de dudas of the RAE, Icelandic by its rules of spelling and punctuation of 2016 and 2018; what the CLDR
# prints for a percentage is the measure of those in the texts.
WRONG = {
    "es": {
        "quotation marks that are not «»": (r"[\"'“”„‘’]", "el “Proyecto”"),
        "quotation marks that do not close": (r"(^|»)[^«]*»|«[^»]*($|«)", "el «Proyecto"),
        "a question that does not open": (r"(^|\?)[^¿]*\?", "Llegó todo?"),
        "an exclamation that does not open": (r"(^|!)[^¡]*!", "Gracias!"),
        "one of them that does not close": (r"¿[^?]*($|¿)|¡[^!]*($|¡)", "¿Llegó todo."),
        "another form of n.º": (r"\b([Nn][º°]|[Nn]\.°|[Nn]ro\.|[Nn]úm\.)", "factura nº 7"),
        "a number that can leave its word": (r"\b(n\.º|artículos?|arts?\.) [\d{]", "factura n.º {invoice.number}"),
        "de el, a el": (r"\b(de|a) el\b", "pago de el importe"),
        "y before i, o before o": (r"\by h?i(?![aeo])|\bo h?o", "costas y intereses"),
        "an accent given up in 2010": (r"\b([Ss]ólo|[Gg]uión|[Éé]s[aeo]s?|[Éé]st[aeo]s?|[Aa]quél(l[ao]s?)?)\b", "sólo"),
        "a client called tú": (r"\b([Tt]ú|[Tt]us?|[Tt]i|[Cc]ontigo|[Tt]uy[ao]s?|[Vv]uestr[ao]s?)\b", "tu factura"),
        "a month with a capital": (rf"\bde ({MONTHS['es']})\b", "23 de Noviembre"),
        "a percentage without its space": (r"\d%", "25%"),
    },
    "is": {
        "quotation marks that are not „“": (r"[\"'«»”‘’]", "„verkefnið”"),
        "quotation marks that do not close": (r"(^|“)[^„]*“|„[^“]*($|„)", "“verkefnið“"),
        "a title": (r"\b(hr\.|([Hh]erra|[Ff]rú|[Ff]röken)\b)", "hr. Jón"),
        "a number before a word that it inflects": (
            r"\}\s(dag|dög|mánuð|mánað|vik[aur]|klukkust|krón)",
            "innan {invoice.days} daga",
        ),
        "a number that can leave its word": (r"\bnr\. [\d{]|\d\. m?gr\.", "28. gr. laganna"),
        "a client called þér": (r"\b[Yy]ð(ur|ar)\b", "svar yðar"),
        "a month with a capital": (rf"\d\. ({MONTHS['is']})\b", "23. Nóvember"),
        "a percentage with a space": (r"\d\s%", "25 %"),
        "a letter given up in 1973": (r"[Zz]", "verzlun"),
    },
}
DATED = {
    "es": r"[^\d,]+, \d{1,2} de [a-z]+ de \d{4}",
    "is": r"[^\d,]+, \d{1,2}\. [a-záéíóúýþæö]+ \d{4}",
}
GREETS = {"es": ":", "is": ","}


def broken(code: str, words: str) -> list[str]:
    """Return what is wrong with *words*."""
    return [what for what, (rule, _) in WRONG[code].items() if re.search(rule, words)]


@pytest.mark.parametrize("code", WRONG)
def test_every_text_and_label_keeps_to_the_rules(code: str) -> None:
    """Whether the example uses it or not."""
    assert [
        (place, words, broken(code, words)) for place, words in wording.paragraphs(code) if broken(code, words)
    ] == []


@pytest.mark.parametrize("code", WRONG)
def test_every_rule_is_awake(code: str) -> None:
    """It finds its own example."""
    assert [what for what, (_, example) in WRONG[code].items() if what not in broken(code, example)] == []


@pytest.mark.parametrize("code", WRONG)
def test_a_letter_opens_as_the_language_has_it(code: str, tmp_path: Path) -> None:
    """The salutation ends with a colon in Spanish and with a comma in Icelandic; place and date stand on one line."""
    labels = [words for place, words in wording.paragraphs(code) if place.startswith(f"{code}.yaml greeting")]
    assert labels
    assert all(label.endswith(GREETS[code]) for label in labels)
    letters = [document for house, document in papers.every(code, tmp_path).values() if house == "letters"]
    blocks = [block for document in letters for block in document.blocks if isinstance(block, Paragraph)]
    dates = {text.flat(block.inlines).replace("\N{NO-BREAK SPACE}", " ") for block in blocks if block.role is Role.DATE}
    assert dates
    assert all(re.fullmatch(DATED[code], day) for day in dates)
