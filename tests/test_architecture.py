"""The rooms of the house: who may know whom."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "docgen"
# From left to right: a module imports only what stands to its left, or in its own room.
ORDER = [
    ["frozen", "ready"],
    ["visible", "gate"],
    ["problem"],
    ["source", "document", "reach"],
    ["money", "shelf", "workday"],
    ["edition", "envelope"],
    ["records", "trace"],
    ["jurisdiction", "language", "paper", "schedule", "post"],
    ["interest"],
    ["charge"],
    ["plan"],
    ["compose"],
    ["look"],
    ["write"],
    ["proof"],
    ["lock"],
    ["disk"],
    ["dispatch"],
    ["press", "report", "calculator", "review"],
    ["docket", "index"],
    ["crew"],
    ["orders"],
    ["addressing", "pack"],
    ["cli"],
    ["__main__"],
]
PLACE = {name: index for index, names in enumerate(ORDER) for name in names}


def imports(path: Path) -> set[str]:
    """Return the rooms of docgen that the module at *path* imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "docgen":
            rest = node.module.split(".")[1:]
            found |= {rest[0]} if rest else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("docgen.")}
    return found


def room(path: Path) -> str:
    """Return the room a module is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_run_from_left_to_right() -> None:
    """Two rooms in one place of the order do not know each other either."""
    for path in sorted(PACKAGE.rglob("*.py")):
        mine = room(path)
        if mine != "__init__":
            wrong = {name for name in imports(path) if name != mine and PLACE[name] >= PLACE[mine]}
            assert not wrong, f"{path.relative_to(PACKAGE)} imports {wrong}"


def test_a_writer_knows_only_the_document_and_its_looks() -> None:
    """Bytes follow from a Document and a Look, and from nothing else."""
    for path in sorted((PACKAGE / "write").rglob("*.py")):
        assert imports(path) <= {"document", "frozen", "look", "problem", "write"}, path


def test_only_the_commands_read_the_clock_and_only_the_disk_is_written_by_one_module() -> None:
    """Everything else takes the day as an argument and returns what it made."""
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        assert room(path) == "cli" or not any(word in code for word in ("date.today(", "datetime.now(", "time.time("))
        assert room(path) == "disk" or not any(word in code for word in ("write_bytes(", "write_text(", "unlink("))
