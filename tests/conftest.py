"""What the tests share: workspaces to run in, and the rule that nothing is skipped where everything is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

OFFICE = ("soffice", "pdftotext")
EXAMPLE = Path(__file__).parent.parent
ACME = (Path(__file__).parent / "acme.yaml").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Return a copy of the example workspace."""
    home = tmp_path / "example"
    home.mkdir()
    for name in ("clients.yaml", "register.csv"):
        shutil.copyfile(EXAMPLE / name, home / name)
    for name in ("contracts", "letters"):
        shutil.copytree(EXAMPLE / name, home / name)
    return home


@pytest.fixture
def acme(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a workspace of one file, with words of it replaced, and returns its folder."""

    def write(*changes: tuple[str, str], register: str = "") -> Path:
        text = ACME
        for old, new in changes:
            assert old in text, f"{old!r} is not in acme.yaml"
            text = text.replace(old, new)
        (tmp_path / "clients.yaml").write_text(text, encoding="utf-8")
        if register:
            (tmp_path / "register.csv").write_text(register, encoding="utf-8")
        return tmp_path

    return write


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs a Debian package where it is missing, but fail it where nothing may be skipped."""
    for mark in item.iter_markers("debian"):
        missing = [name for name in mark.args or OFFICE if not (shutil.which(name) or Path(name).exists())]
        if missing and os.environ.get("DOCGEN_SKIP_NOTHING"):
            pytest.fail(f"missing: {', '.join(missing)}")
        if missing:
            pytest.skip(f"needs {', '.join(missing)}")
