"""Every mistake has a file or a folder that makes it, and beside it the words that are shown.

A `name.yaml` is a clients.yaml. A folder is a workspace, whose clients.yaml is that of the tests and whose letters and
contracts are the example's where it has none of its own; its command.txt is what is typed, `check` by default.
`make golden` writes the words anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import messages
import pytest
from click.testing import CliRunner
from elsewhere import ELSEWHERE
from messages import Message

from docgen.cli import main

HERE = Path(__file__).parent
FOLDER = HERE / "problems"
SAID = "said.txt"


def workspace(name: str, home: Path) -> tuple[list[str], Path]:
    """Write the workspace called *name* into *home*; return the command for it, and where its words are."""
    case = FOLDER / name
    if not case.is_dir():
        (home / "clients.yaml").write_bytes((FOLDER / f"{name}.yaml").read_bytes())
        return ["check"], FOLDER / f"{name}.txt"
    shutil.copyfile(HERE / "acme.yaml", home / "clients.yaml")
    for folder in ("contracts", "letters"):
        if (case / folder).is_dir():
            shutil.copytree(HERE.parent / folder, home / folder)
    shutil.copytree(case, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SAID, "command.txt"))
    typed = (case / "command.txt").read_text(encoding="utf-8") if (case / "command.txt").exists() else "check"
    return [word.format(home=home) for word in typed.split()], case / SAID


@pytest.mark.parametrize("name", sorted({path.stem for path in FOLDER.iterdir()}))
def test_a_wrong_file_says_what_is_wrong_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    """Exit code 1, every mistake with its place, and no file made."""
    words, golden = workspace(name, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ran = CliRunner().invoke(main, ["--home", str(tmp_path), "--today", "2026-09-01", *words])
    said = ran.stderr.replace(str(tmp_path), ".")
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert said == golden.read_text(encoding="utf-8")
    assert sorted(tmp_path.rglob("*")) == before


def test_every_message_has_a_file_that_provokes_it_or_a_reason_why_not() -> None:
    """A new message wants a file here; one that has got its file leaves the list in elsewhere.py."""
    said = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.txt")]
    silent = {message for message in messages.messages() if not any(map(message.said, said))}
    assert silent == {Message(*one) for each in ELSEWHERE.values() for one in each}
