"""The gallery says what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

GALLERY = Path(__file__).parent.parent / "tools" / "gallery.py"


def test_without_pdftoppm_it_says_what_to_install_and_writes_nothing(tmp_path: Path) -> None:
    """Exit code 1, and the name of the package."""
    ran = subprocess.run(
        [sys.executable, GALLERY], cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "apt-get install poppler-utils" in ran.stderr
    assert not list(tmp_path.iterdir())
