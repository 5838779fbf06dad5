"""All or nothing, as the kernel sees it: commands ended, or refused by the system, at calls that touch a workspace.

Of all calls and faults an even sample is tried; with ``DOCGEN_FAULTS=all`` in the environment, every one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import resource
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_disk import sound, tree, visible

from docgen import dispatch
from docgen.cli import main, makers

pytestmark = pytest.mark.debian("strace")
CALLS = (
    "openat,write,fsync,close,read,getdents64,flock,fchmod,?link,linkat,?rename,renameat,?renameat2,?unlink,unlinkat,"
    "?mkdir,mkdirat,?rmdir,?chmod,fchmodat"
)
FAULTS = ("signal=KILL", *(f"error={name}" for name in ("ENOSPC", "EIO", "EMFILE", "EROFS", "EDQUOT")))
SAMPLE = 10**9 if os.environ.get("DOCGEN_FAULTS") == "all" else 30  # faults tried of each command
ALLOW_ALL = (0x59616D61, ctypes.c_ulong(-1))  # prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY)
LETTERS = ["letters", "acme"]
WORKS = {
    "letters": (LETTERS,),
    "print": (["print"],),
    "posted": (LETTERS, ["posted", "acme/2026-014-first-notice"]),
    "paid": (["log", "acme", "called"], ["paid", "2026-014", "4000"]),
    "log": (["log", "acme", "called"],),
    "init": (["init", "{home}/studio"],),
}  # what is done before, and at last the command that faults happen to


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, less than zero for a signal, and what it said on standard error."""

    code: int
    said: str


def typed(home: Path, words: list[str]) -> list[str]:
    """Return the arguments for a command in *home*."""
    return ["--home", str(home), "--today", "2026-09-01", *(word.format(home=home) for word in words)]


def run(home: Path, words: list[str]) -> int:
    """Return the exit code of a command that nothing happens to."""
    return CliRunner().invoke(main, typed(home, words), catch_exceptions=False).exit_code


def traced(home: Path, words: list[str], *options: str) -> Ended:
    """Return how a command ended in a process of its own that strace looks into with *options*."""
    said = home.parent / "said"
    (wait, go), (ready, done) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        alone(said, (done, wait), typed(home, words))
    os.read(ready, 1)
    command = ["strace", "-f", "-y", "-s0", f"-etrace={CALLS}", *options, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        attached = strace.stderr.readline()
        os.write(go, b"!")
        _, status = os.waitpid(child, 0)
        rest = strace.stderr.read()
    for end in (wait, go, ready, done):
        os.close(end)
    assert "attached" in attached, f"{attached}{rest}"
    return Ended(os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8"))


def alone(said: Path, pipes: tuple[int, int], words: list[str]) -> None:
    """Be the process of a command: say that it can begin, wait until strace is there, run, and end."""
    code = 70
    try:
        ctypes.CDLL(None).prctl(*ALLOW_ALL, 0, 0, 0)
        for number, name in ((1, os.devnull), (2, str(said))):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        os.write(pipes[0], b"!")
        select.select([pipes[1]], [], [])  # no call that strace counts
        main(words, "docgen")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException as wrong:  # noqa: BLE001 - whatever it is, it is a traceback
        os.write(2, f"Traceback: {wrong!r}\n".encode())
    finally:
        os._exit(code)


def places(home: Path, words: list[str]) -> list[str]:
    """Return each call that touches *home* as its name and its number among the calls of that name."""
    log = home.parent / "log"
    assert traced(home, words, "-o", str(log)).code == 0
    counted: Counter[str] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8").splitlines():
        if call := re.match(r"\d+ +(\w+)\(", line):
            counted[call[1]] += 1
            if str(home) in line:
                found.append(f"{call[1]}:when={counted[call[1]]}")
    return found


@pytest.fixture
def begun(tmp_path: Path, acme: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that gives a small workspace as it is before the last of the commands called so."""
    for name in ("clients.yaml", "register.csv", "contracts/house.docx", "letters/en/a.md"):
        (tmp_path / "small" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "small" / name).write_text(name, encoding="utf-8")
    facts = acme().joinpath("clients.yaml").read_bytes()
    kept, home = tmp_path / "kept", tmp_path / "home"

    def fresh(name: str) -> Path:
        if not kept.exists():
            kept.mkdir()
            (kept / "clients.yaml").write_bytes(facts)
            for words in WORKS[name][:-1]:
                assert run(kept, words) == 0
            if name == "init":
                monkeypatch.setattr(dispatch, "EXAMPLE", tmp_path / "small")
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(kept, home)
        return home

    return fresh


@pytest.mark.parametrize("name", WORKS)
def test_whatever_happens_at_a_call_nothing_is_half_there_or_there_twice(
    name: str, begun: Callable[[str], Path]
) -> None:
    """Refused, it ends with 1 and names a file; however it ended, the next run ends with the same tree to the byte."""
    words = WORKS[name][-1]
    before = visible(begun(name))
    home = begun(name)
    assert run(home, words) == 0
    whole, after = tree(home), visible(home)
    every = [(fault, place) for place in places(begun(name), words) for fault in FAULTS]
    for number in range(min(SAMPLE, len(every))):
        fault, place = every[number * len(every) // min(SAMPLE, len(every))]
        home = begun(name)
        ended = traced(home, words, "-o", os.devnull, f"-einject={place.replace(':', f':{fault}:')}")
        happened = f"{fault} at {place}: {ended}"
        assert sound(home, before, after), happened
        if fault == "signal=KILL":
            assert ended.code == -9, happened
        else:
            refused(ended, happened, unchanged=visible(home) == before)
        if tree(home) != whole:
            run(home, words)
        assert tree(home) == whole, happened


def refused(ended: Ended, happened: str, *, unchanged: bool) -> None:
    """Check that a command said what the system refused it, and what it did all the same."""
    assert "Traceback" not in ended.said, happened
    if ended.code:
        assert ended.code == 1, happened
        assert re.match(r"[^\s:]*[./][^\s:]*: ", ended.said), happened
        assert unchanged or re.search("files were written|was recorded all the same", ended.said), happened


@contextmanager
def mounted(path: Path, options: str) -> Iterator[bool]:
    """Have a small disk at *path* meanwhile, and say whether that could be done."""
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "docgen", str(path)], capture_output=True, check=False
    )
    try:
        yield not done.returncode
    finally:
        if not done.returncode:
            subprocess.run(["umount", str(path)], check=True)


def command(home: Path, words: list[str], limit: tuple[int, int] | None = None) -> Ended:
    """Return how a command as an owner types it ended, under a *limit* of the system."""

    def limited() -> None:
        if limit:
            resource.setrlimit(limit[0], (limit[1], limit[1]))

    ran = subprocess.run(
        [sys.executable, "-m", "docgen", *typed(home, words)],
        text=True,
        capture_output=True,
        check=False,
        preexec_fn=limited,
    )
    return Ended(ran.returncode, ran.stderr)


@pytest.mark.parametrize("words", [LETTERS, ["print"]], ids=["letters", "print"])
@pytest.mark.parametrize(
    ("full", "code"), [("size=48k", errno.ENOSPC), ("nr_inodes=4", errno.ENOSPC), ("ro", errno.EROFS)]
)
def test_on_a_disk_that_takes_no_more_nothing_is_written_and_with_room_all_is(
    full: str, code: int, words: list[str], acme: Callable[..., Path], tmp_path: Path
) -> None:
    """Out of blocks, out of inodes, read-only; where none can be mounted, with a limit to the size of files."""
    facts = acme().joinpath("clients.yaml")
    with mounted(tmp_path / "home", "size=16m") as real:
        home = tmp_path / "home"
        shutil.copyfile(facts, home / "clients.yaml")
        before = tree(home)
        if real:
            subprocess.run(["mount", "-o", f"remount,{full}", str(home)], check=True)
        ended = command(home, words, None if real else (resource.RLIMIT_FSIZE, 10000))
        assert ended.code == 1
        assert re.match(rf"{re.escape(str(home))}/out\S*: ", ended.said)
        assert os.strerror(code if real else errno.EFBIG) in ended.said
        assert "Traceback" not in ended.said
        assert tree(home) == before
        if real:
            subprocess.run(["mount", "-o", "remount,rw,size=16m,nr_inodes=999", str(home)], check=True)
        assert run(home, words) == 0
        found = tree(home)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(facts, other / "clients.yaml")
    assert run(other, words) == 0
    assert found == tree(other)


@pytest.mark.parametrize("few", [5, 6, 7, 8])
def test_with_few_handles_a_command_does_all_or_says_which_file_it_could_not_open(
    few: int, acme: Callable[..., Path]
) -> None:
    """No traceback, with as few as Python itself can begin with."""
    home = acme()
    before = tree(home)
    ended = command(home, LETTERS, (resource.RLIMIT_NOFILE, few))
    assert "Traceback" not in ended.said
    if ended.code:
        assert (ended.code, tree(home)) == (1, before), ended.said
        assert re.search(r"[./][^:]*: cannot be \w+: Too many open files", ended.said)


@pytest.mark.parametrize("most", [64, 80])
def test_with_little_memory_a_command_does_all_or_ends_with_a_word(most: int, acme: Callable[..., Path]) -> None:
    """In mebibytes; what a library cannot load then is said too."""
    home = acme()
    before = tree(home)
    ended = command(home, LETTERS, (resource.RLIMIT_AS, most << 20))
    assert "Traceback" not in ended.said
    assert not ended.code or (ended.code, tree(home)) == (1, before), ended.said


@pytest.mark.parametrize("number", [1, 2])
def test_a_process_that_cannot_be_started_is_an_error_that_says_what_to_do(
    number: int, acme: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first, or one after others that were started and end with it."""
    monkeypatch.setattr(makers, "FEW", 1)
    home = acme()
    inject = f"-einject=clone:error=EAGAIN:when={number}"
    ended = traced(home, [*LETTERS, "--jobs", "2"], "-etrace=clone", "-o", os.devnull, inject)
    assert ended.said.startswith(
        "--jobs: no more processes can be started: Resource temporarily unavailable; use fewer"
    )
    assert (ended.code, list(visible(home))) == (1, ["clients.yaml"])


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs to see the processes of another")
def test_with_the_command_end_those_who_make_documents_for_it(example: Path) -> None:
    """None is left that waits for ever, and keeps open what the command was to write to."""
    words = ["-m", "docgen", "--home", str(example), "--today", "2026-11-23", "letters", "--papers", "--jobs", "2"]
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
        while len(children.read_text(encoding="utf-8").split()) < 2:
            assert started.poll() is None
            time.sleep(0.01)
        started.kill()
        started.communicate(timeout=10)
    assert not (example / "out").exists() or not visible(example / "out")
