"""Show every kind of document in every language of the example on one page, out/gallery/index.html.

Each is there as PDF and, where LibreOffice is installed, as Word beside it; a small picture leads to the large one.
Run it with `make gallery`, look at the page after a change to texts or looks, and throw it away.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import papers  # noqa: E402 - the documents are those that the tests look at

from docgen import look, press  # noqa: E402

FOLDER = Path("out/gallery")
LARGE, SMALL = 100, 30  # dots per inch
WORDS = {"pdf": "PDF", "docx": "Word, as LibreOffice shows it"}
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>docgen: every document</title>
<style>
body {{ font: 16px/1.4 sans-serif; margin: 2rem; color: #111; background: #eee }}
nav a {{ margin-right: 1em }}
h2 {{ margin: 3rem 0 0; border-top: 1px solid #999; padding-top: 1rem }}
h3 {{ margin: 1.5rem 0 0 }}
.pair {{ display: flex; flex-wrap: wrap; gap: 0 3rem }}
figure {{ margin: .5rem 0 }}
img {{ border: 1px solid #bbb; background: #fff; margin: 0 .5rem .5rem 0; vertical-align: top }}
</style>
<h1>Every document</h1>
<nav>{contents}</nav>
{sections}
</html>
"""


def main() -> int:
    """Write the gallery; return 1, with what to install, where pages cannot be made pictures of."""
    if not shutil.which("pdftoppm"):
        sys.stderr.write("pdftoppm is missing; install poppler (Debian and Ubuntu: apt-get install poppler-utils)\n")
        return 1
    shutil.rmtree(FOLDER, ignore_errors=True)
    for language in papers.LANGUAGES:
        write(language, FOLDER / language)
    shown = [*WORDS] if convert(sorted(FOLDER.glob("*/*.docx"))) else ["pdf"]
    with ThreadPoolExecutor() as pool:
        list(pool.map(picture, sorted(FOLDER.glob("*/pages/*.pdf"))))
    index = FOLDER / "index.html"
    index.write_text(page(shown), encoding="utf-8")
    sys.stdout.write(f"wrote {index.resolve().as_uri()}\n")
    return 0


def write(language: str, folder: Path) -> None:
    """Write every kind of document in *language* into *folder*, and a copy of each PDF to make pictures of."""
    (folder / "pages").mkdir(parents=True)
    with TemporaryDirectory() as records:
        every = papers.every(language, Path(records))
    for kind, (house, document) in every.items():
        path = f"{house}/house.docx"
        looks = look.read((ROOT / path).read_bytes(), path)
        for name in WORDS:
            (folder / f"{kind}.{name}").write_bytes(press.writer(name)(document, looks))
        shutil.copyfile(folder / f"{kind}.pdf", folder / "pages" / f"{kind}.pdf.pdf")


def convert(files: Iterable[Path]) -> bool:
    """Have LibreOffice make a PDF of each Word file of *files*; return whether it is there."""
    office = shutil.which("soffice")
    if not office:
        sys.stderr.write("LibreOffice is missing, so the Word files are not shown\n")
        return False
    with TemporaryDirectory() as own:
        for file in files:
            shutil.copyfile(file, Path(own) / f"{file.parent.name} {file.stem}.docx")
        profile = f"-env:UserInstallation={(Path(own) / 'profile').as_uri()}"
        copies = sorted(Path(own).glob("*.docx"))
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", own, *map(str, copies)]
        subprocess.run(command, check=True, capture_output=True)
        for copy in copies:
            language, kind = copy.stem.split(" ")
            shutil.copyfile(copy.with_suffix(".pdf"), FOLDER / language / "pages" / f"{kind}.docx.pdf")
    return True


def picture(file: Path) -> None:
    """Make a large and a small picture of each page of *file*."""
    for size, dots in (("large", LARGE), ("small", SMALL)):
        target = file.with_name(f"{file.stem}.{size}")
        subprocess.run(["pdftoppm", "-r", str(dots), "-png", file, target], check=True)
    file.unlink()


def page(shown: list[str]) -> str:
    """Return the page, with the formats *shown* beside each other."""
    contents = "\n".join(f'<a href="#{kind}">{escape(kind)}</a>' for kind in papers.KINDS)
    return PAGE.format(contents=contents, sections="\n".join(section(kind, shown) for kind in papers.KINDS))


def section(kind: str, shown: list[str]) -> str:
    """Return what is shown of a *kind* of document."""
    lines = [f'<h2 id="{kind}">{escape(kind)}</h2>']
    for language in papers.LANGUAGES:
        lines.append(f'<h3>{language}</h3>\n<div class="pair">')
        lines += [figure(kind, language, name) for name in shown]
        lines.append("</div>")
    return "\n".join(lines)


def figure(kind: str, language: str, name: str) -> str:
    """Return the pages of a document in one format."""
    caption = f'<a href="{language}/{kind}.{name}">{WORDS[name]}</a>'
    return f"<figure><figcaption>{caption}</figcaption>{''.join(pictures(kind, language, name))}</figure>"


def pictures(kind: str, language: str, name: str) -> Iterator[str]:
    """Yield the pages of a document in one format, each small and leading to the large one."""
    for number, small in enumerate(sorted((FOLDER / language / "pages").glob(f"{kind}.{name}.small-*.png")), 1):
        path = small.relative_to(FOLDER).as_posix()
        text = f"{kind}, {language}, {WORDS[name]}, page {number}"
        yield f'<a href="{path.replace(".small-", ".large-")}"><img src="{path}" alt="{escape(text)}"></a>'


if __name__ == "__main__":
    sys.exit(main())
