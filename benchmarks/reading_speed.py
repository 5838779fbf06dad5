"""How long it takes to read, check and plan many clients, and how long a command takes to begin.

Each measurement is a process of its own, in turns with what it is held against; time is that of the processor, or where
it says so of the clock on the wall; the median of the turns counts.
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TURNS, MORE = 3, 9
HOME = Path(__file__).parent.parent
HEAD = """\
business:
  {name: Studio Lumen, address: Portland, country: US, language: en, currency: USD, law: us, pay_to: {bank: First Bank},
   email: ada@lumen.example, phone: +1 503 555 0142}
terms: {late_fee: 1.5% per month}
clients:
"""
CLIENT = """\
  client-{n:05d}:
    name: Company Number {n}
    contact: Person {n}
    email: person@company-{n}.example
    phone: +1 503 555 0100
    address: |
      {n} Desert Road
      Tucson, AZ 85701
    country: US
    projects:
      website:
        title: Website number {n}
        deliverables: [Design system, Ten page templates]
        fee: 8000.00
        signed: 2026-05-{day:02d}
        history:
          - {{date: 2026-05-{day:02d}, event: wrote, about: proposal}}
          - {{date: 2026-06-{day:02d}, event: replied}}
          - {{date: 2026-07-{day:02d}, event: delivered}}
        invoices:
          A{n:05d}-1: {{kind: deposit, issued: 2026-06-{day:02d}}}
          A{n:05d}-2:
            issued: 2026-07-{day:02d}
            lines:
              - {{item: Extra round of revisions, quantity: 6, unit: hour, price: 95.00, tax: 0%}}
            payments:
              - {{date: 2026-09-02, amount: 100.00}}
"""
HEARD = "          - {{date: 2026-07-{day:02d}, event: received}}\n        invoices:\n"
SETTLED = (  # what makes nothing due to such a client
    (
        "6-{day:02d}}}\n          A",
        "6-{day:02d}, payments: [{{date: 2026-06-{day:02d}, amount: 4000.00}}]}}\n          A",
    ),
    ("2026-09-02, amount: 100.00", "2026-07-{day:02d}, amount: 570.00"),
)
OWING = 3  # clients of ten
BILL = r"\bR?20\d\d-\d{3}\b"  # the number of an invoice of the example
SAFE = "import sys, yaml; yaml.load(open(sys.argv[1] + '/clients.yaml', encoding='utf-8'), yaml.CSafeLoader)"
OPEN = """
import sys
from datetime import date
from pathlib import Path
from docgen.cli.workspace import Place
place = Place(Path(sys.argv[1]), date(2026, 11, 22), date(2026, 11, 22), anew=True)
"""
READ, PLAN = f"{OPEN}place.read()", f"{OPEN}place.each(lambda work: len(work.plan(work.book.clients)))"
DRAW = """
import sys
from reportlab.pdfgen.canvas import Canvas
page = Canvas(sys.argv[1] + "/page.pdf")
page.drawString(72, 720, "Invoice")
page.save()
"""
MEASURED = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)"


def taken(*command: str) -> tuple[float, float, int]:
    """Return the seconds of the processor and of the clock that a Python process takes, and its peak in MB if told."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run([sys.executable, *command], cwd=HOME, check=True, capture_output=True, text=True)
    now, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    said = ran.stdout[-20:].strip().rsplit("\n", 1)[-1]
    seconds = now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime
    return seconds, end - start, int(said) if said.isdigit() else 0


def compare(
    what: str, mine: tuple[str, ...], other: tuple[str, ...], turns: int = TURNS, *, clock: bool = False
) -> None:
    """Print how long *mine* takes and how many times *other* that is, both in turns."""
    both = [(taken(*turned(mine, turn)), taken(*turned(other, turn))) for turn in range(turns)]
    a, b = (statistics.median(pair[side][clock] for pair in both) for side in (0, 1))
    memory, beside = (statistics.median(pair[side][2] for pair in both) for side in (0, 1))
    sys.stdout.write(f"{what:58} {a:7.2f} s {b:7.2f} s {a / b:6.2f} times {memory:6.0f} MB {beside:6.0f} MB\n")


def turned(command: tuple[str, ...], turn: int) -> list[str]:
    """Return *command* with the number of the *turn* where it asks for that."""
    return [word.replace("{turn}", str(turn)) for word in command]


def workspace_of(folder: Path, count: int) -> str:
    """Return a workspace in *folder* with so many clients."""
    home = folder / str(count)
    home.mkdir()
    text = HEAD + "".join(CLIENT.format(n=n, day=1 + n % 27) for n in range(count))
    (home / "clients.yaml").write_text(text, encoding="utf-8")
    return str(home)


def due_in(folder: Path, count: int) -> str:
    """Return a workspace in *folder* with so many clients, three of ten of whom owe something."""
    owing = settled = CLIENT.replace("        invoices:\n", HEARD)
    for old, new in SETTLED:
        settled = settled.replace(old, new)
    home = folder / "due"
    home.mkdir()
    texts = ((owing if n % 10 < OWING else settled).format(n=n, day=1 + n % 27) for n in range(count))
    (home / "clients.yaml").write_text(HEAD + "".join(texts), encoding="utf-8")
    return str(home)


def example_of(folder: Path, times: int) -> str:
    """Return a workspace in *folder* with the clients and the register of the example, so many times others."""
    home = folder / "example"
    home.mkdir()
    head, body = (HOME / "clients.yaml").read_text(encoding="utf-8").split("\nclients:\n")
    first, *lines = (HOME / "register.csv").read_text(encoding="utf-8").splitlines()
    clients, register = [f"{head}\nclients:\n"], [first]
    for turn in range(times):
        clients.append(
            re.sub(r"^(  [a-z]+)(?=:)", rf"\1-{turn}", re.sub(BILL, rf"\g<0>-{turn}", body), flags=re.MULTILINE)
        )
        for line in lines:
            day, client, *rest = re.sub(BILL, rf"\g<0>-{turn}", line).split(",")
            register.append(",".join((day, f"{client}-{turn}", *rest)))
    (home / "clients.yaml").write_text("".join(clients), encoding="utf-8")
    (home / "register.csv").write_text("\n".join([*register, ""]), encoding="utf-8")
    return str(home)


def main() -> None:
    """Print a line for each comparison."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (workspace_of(Path(folder), count) for count in (20, 10_000))
        bill = ("--today", "2026-11-22", "invoice", "A00003-1")
        example = ("-m", "docgen", "--today", "2026-11-23", "invoice")
        for turn in range(MORE):
            taken(*example, "2026-040", "--out", f"{folder}/read-{turn}")
        compare("docgen --help / import click", ("-m", "docgen", "--help"), ("-c", "import click"), MORE)
        page = ("-c", DRAW, folder)
        places = ("new-{turn}", "read-{turn}", "new-0")
        bills = [(*example, "2026-042", "--out", f"{folder}/{place}") for place in places]
        compare("docgen invoice, nothing there / a page by reportlab", bills[0], page, MORE)
        compare("docgen invoice, made / a page by reportlab", bills[1], page, MORE)
        compare("docgen invoice, there already / a page by reportlab", bills[2], page, MORE)
        spanish = (*example, "2026-036", "--out", f"{folder}/read-{{turn}}")
        compare("docgen invoice, Spanish, with a code / the same page", spanish, page, MORE)
        one, other = (("-m", "docgen", "--home", home, *bill) for home in (many, few))
        taken(*one)  # which reads all of them, and keeps where each stands
        compare("docgen invoice again, of 10,000 clients / of 20", one, other)
        due = due_in(Path(folder), 10_000)
        letters = ("-m", "docgen", "--home", due, "--today", "2026-11-22", "letters", "--format", "text")
        taken(*letters)
        compare("docgen letters again, 3,000 due / reading alone", letters, ("-c", READ, due))
        plan, safe = (("-c", code + "\n" + MEASURED, many) for code in (PLAN, SAFE))
        compare("10,000 clients read and planned / CSafeLoader alone", plan, safe)
        said = ("-m", "docgen", "--home", many, "--today", "2026-11-22", "plan")
        compare("docgen plan --json of 10,000 / CSafeLoader, by clock", (*said, "--json"), safe, clock=True)
        compare("docgen plan of 10,000 / CSafeLoader, by clock", said, safe, clock=True)
        like = example_of(Path(folder), 589)
        said, safe = (
            ("-m", "docgen", "--home", like, "--today", "2026-11-23", "plan"),
            ("-c", f"{SAFE}\n{MEASURED}", like),
        )
        compare("docgen plan --json of 10,000 like the example, so too", (*said, "--json"), safe, clock=True)


if __name__ == "__main__":
    main()
