"""All or nothing: the program ended, or the system refusing, at each call that changes the disk."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen import disk, dispatch
from docgen.dispatch import Made
from docgen.problem import Problems

CHANGING = ("open", "write", "fsync", "close", "chmod", "replace", "mkdir", "rmdir", "unlink", "listdir", "stat")
HEAD, LINE = "date,client\n", "2026-09-01,acme\n"
KEPT = [Made("posted/acme/a.pdf", b"a" * 5000), Made("posted/bolt/b.pdf", b"b")]
MADE = [
    Made("acme/new.pdf", b"new" * 9999),
    Made("acme/old.pdf", b"changed"),
    Made("bolt/x/y.pdf", b"y"),
    Made("z", b"z"),
]
Work = Callable[[Path], object]


class Killed(BaseException):
    """The end of a program, after which nothing of it runs."""


class System:
    """The system's calls, of which the one with a *number* fails with an error, or ends the program at it."""

    def __init__(self, number: int, error: int = 0) -> None:
        """Let the call with this *number* fail with *error*, or with 0 have it and all that follow end the program."""
        self.number, self.error, self.calls, self.failed = number, error, 0, ""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the calls of the system
        """Return the call called *name*."""
        call = getattr(os, name)
        return (lambda *given: self.called(call, *given)) if name in CHANGING else call

    def called(self, call: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        """Return what *call* does with what is *given*."""
        self.calls += 1
        if self.calls == self.number or (self.failed and not self.error):
            self.failed = self.failed or call.__name__
            if self.error:
                raise OSError(self.error, os.strerror(self.error), *(given[:1] if call is not os.write else ()))
            if call is os.write and self.calls == self.number:
                call(given[0], given[1][: len(given[1]) // 2])
            raise Killed
        return None if call is os.fsync else call(*given)


def tree(home: Path) -> dict[str, bytes | None]:
    """Return the files and folders below *home*, without what may be left behind."""
    found = sorted(home.rglob("*"))
    return {str(path.relative_to(home)): path.read_bytes() if path.is_file() else None for path in found}


def visible(home: Path) -> dict[str, bytes]:
    """Return the files below *home* that an owner sees."""
    return {name: data for name, data in tree(home).items() if data is not None and "/." not in f"/{name}"}


def publish(home: Path) -> None:
    """Publish files, some new and one changed."""
    dispatch.publish(home / "out", MADE)


def record(home: Path) -> None:
    """Keep files and add a line to a register that is there."""
    with disk.alone(home, "docgen posted"):
        if LINE not in (home / "register.csv").read_text(encoding="utf-8"):
            dispatch.record(home, HEAD, LINE, KEPT)


def begin(home: Path) -> None:
    """Write the first line of a register."""
    with disk.alone(home, "docgen log"):
        if not (home / "new" / "register.csv").exists():
            dispatch.record(home / "new", HEAD, LINE)


def init(home: Path) -> None:
    """Write a workspace into a new folder."""
    dispatch.init(home / "studio")


def workspace(home: Path) -> Path:
    """Return *home* as it is before any of the works."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "out/acme").mkdir(parents=True)
    (home / "out/acme/old.pdf").write_bytes(b"old")
    (home / "register.csv").write_text(f"{HEAD}before", encoding="utf-8")
    return home


def faults(
    work: Work, home: Path, patch: pytest.MonkeyPatch, error: int = 0
) -> Iterator[tuple[System, BaseException | None]]:
    """Yield what comes of *work* in *home* for each of its calls that fails with *error*, or at which it is ended."""
    number = 0
    while True:
        number += 1
        system = System(number, error)
        workspace(home)
        raised: BaseException | None = None
        with patch.context() as context:
            context.setattr(disk, "os", system)
            try:
                work(home)
            except (Problems, Killed) as caught:
                raised = caught
        if not system.failed:
            assert number > 10
            return
        yield system, raised


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a small workspace as the example."""
    for name in ("clients.yaml", "register.csv", "contracts/house.docx", "letters/en/a.md", "letters/en/b.md"):
        (tmp_path / "small" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "small" / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(dispatch, "EXAMPLE", tmp_path / "small")


WORKS = pytest.mark.parametrize("work", [publish, record, begin, init])


def sound(home: Path, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Return whether each file an owner sees in *home* is as it was *before* or as it is to be *after*."""
    found = visible(home)
    known = all(data in (before.get(name), after.get(name)) for name, data in found.items())
    lines = [files.get("register.csv") for files in (before, found, after)]
    return known and before.keys() <= found.keys() and (lines[1] == lines[0] or after.keys() <= found.keys())


@WORKS
def test_ended_at_any_call_nothing_is_half_there_and_the_next_run_completes_it(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the middle of writing; the tree in the end is the same to the byte, with nothing left behind."""
    home = workspace(tmp_path / "home")
    before = visible(home)
    work(home)
    whole, after = tree(home), visible(home)
    for system, raised in faults(work, home, monkeypatch):
        assert isinstance(raised, Killed), system.failed
        assert sound(home, before, after), system.failed
        if tree(home) != whole:
            work(home)
        assert tree(home) == whole, system.failed


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@WORKS
def test_refused_at_any_call_all_is_as_it_was_or_as_it_is_to_be_and_the_file_is_named(
    work: Work, error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails after the last file is in place is said too; only what cleans up may fail in silence."""
    home = workspace(tmp_path / "home")
    before, untouched = visible(home), tree(home)
    work(home)
    whole, after = tree(home), visible(home)
    for system, raised in faults(work, home, monkeypatch, error):
        if raised is None:
            assert system.failed == "unlink"
            continue
        assert isinstance(raised, Problems)
        (problem,) = raised.problems
        assert problem.message == f"cannot be written: {os.strerror(error)}"
        assert problem.mark.file.startswith(str(home))
        assert sound(home, before, after), system.failed
        assert (visible(home) == before) or "files were written" in raised.done
        assert tree(home) == untouched or "files were written" in raised.done
        if tree(home) != whole:
            work(home)
        assert tree(home) == whole, system.failed


def test_permissions_are_the_owners_to_give(tmp_path: Path) -> None:
    """What is new has what the umask leaves, what is replaced keeps what it had, and what was posted is read-only."""
    home = workspace(tmp_path / "home")
    (home / "out/acme/old.pdf").chmod(0o604)
    (home / "register.csv").chmod(0o666)
    before = os.umask(0o027)
    try:
        publish(home)
        record(home)
    finally:
        os.umask(before)
    names = ("out/acme/new.pdf", "out/acme/old.pdf", "register.csv", "posted/acme/a.pdf")
    assert [(home / name).stat().st_mode & 0o777 for name in names] == [0o640, 0o604, 0o666, 0o440]


def test_a_register_is_written_by_nobody_if_its_owner_says_so(tmp_path: Path) -> None:
    """A link is not followed, and a file that is kept already is not replaced."""
    home = workspace(tmp_path / "home")
    (home / "register.csv").rename(home / "elsewhere.csv")
    (home / "register.csv").symlink_to("elsewhere.csv")
    with pytest.raises(Problems, match="is a link, which is not followed"):
        dispatch.record(home, HEAD, LINE)
    home = workspace(home)
    (home / KEPT[1].path).parent.mkdir(parents=True)
    (home / KEPT[1].path).write_bytes(b"another")
    with pytest.raises(Problems, match="another file is kept here already"):
        dispatch.record(home, HEAD, LINE, KEPT)
    assert not (home / "posted/acme").exists()


@pytest.mark.parametrize(("made", "said"), [
    (Made("acme/old.pdf/x", b""), "acme/old.pdf: is a file where a folder is wanted"),
    (Made("acme", b""), "acme: cannot be written: Is a directory"),
])  # fmt: skip
def test_a_folder_that_is_a_file_is_named_and_nothing_is_written(made: Made, said: str, tmp_path: Path) -> None:
    """And the other way round."""
    home = workspace(tmp_path / "home")
    before = tree(home)
    with pytest.raises(Problems, match=said):
        dispatch.publish(home / "out", [*MADE, made])
    assert tree(home) == before
    with pytest.raises(Problems, match=r"register\.csv: is a file where a folder is wanted"):
        dispatch.publish(home / "register.csv", MADE)


def test_many_at_once_make_each_file_once(acme: Callable[..., Path]) -> None:
    """In a folder that none of them found: one after the other, and nothing is left behind."""
    home = acme()
    command = [
        sys.executable,
        "-m",
        "docgen",
        "--home",
        str(home),
        "--today",
        "2026-09-01",
        "letters",
        "--format",
        "text",
    ]
    started = [subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate() for process in started]
    assert [error for _, error in said] == [""] * 4
    assert sorted(output.splitlines()[-1].split()[0] for output, _ in said) == ["0", "0", "0", "2"]
    assert sorted(path.name for path in (home / "out").rglob("*")) == [
        ".docgen.made",
        ".docgen.read",
        "2026-014-first-notice.text",
        "acme",
        "website-receipt-check.text",
    ]


def docgen(home: Path, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "docgen", "--home", str(home), "--today", "2026-09-01", *words]
    return subprocess.run(command, text=True, stderr=subprocess.PIPE, check=False, **options)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_what_cannot_be_said_is_an_error(acme: Callable[..., Path]) -> None:
    """On a full disk, into a pipe that nobody reads, and with standard output closed; help is said too."""
    home = acme()
    for words in (["plan"], ["--help"], ["letters"], ["log", "acme", "called"]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            ran = docgen(home, *words, stdout=full)
        assert (ran.returncode, ran.stderr) == (1, "standard output: cannot be used: No space left on device\n")
    read, write = os.pipe()
    os.close(read)
    assert (docgen(home, "plan", stdout=write).returncode, docgen(home, "plan", stdout=write).stderr) == (1, "")
    os.close(write)
    ran = docgen(home, "plan", preexec_fn=lambda: os.close(1))
    assert (ran.returncode, ran.stderr) == (0, "")
