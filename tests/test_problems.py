"""Every mistake has a file that makes it, and beside it the words that are shown.

`make golden` writes the words anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import main

FOLDER = Path(__file__).parent / "problems"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_a_wrong_file_says_what_is_wrong_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    """Exit code 1, every mistake with its place, and no file made."""
    (tmp_path / "clients.yaml").write_bytes((FOLDER / f"{name}.yaml").read_bytes())
    ran = CliRunner().invoke(main, ["--home", str(tmp_path), "check", "--today", "2026-09-01"])
    golden = FOLDER / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(ran.stderr, encoding="utf-8")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == golden.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["clients.yaml"]
