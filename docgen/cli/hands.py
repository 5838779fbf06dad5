"""Who makes many documents at once: processes here, or a cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from threading import Thread

import click

from docgen.cli.terminal import NO_MEMORY
from docgen.crew import Crew
from docgen.problem import Mark, stop


@contextmanager
def crew(jobs: int, cluster: str) -> Iterator[Crew]:
    """Give a crew of *jobs* processes, or that of the Dask *cluster* at an address if there is one."""
    with dask(cluster) if cluster else processes(jobs) as found:
        try:
            yield found
        except BrokenExecutor:
            message = "a process that made documents was ended, perhaps as memory ran out; use fewer"
            raise stop(message, Mark(cluster or "--jobs")) from None


@contextmanager
def processes(jobs: int) -> Iterator[Crew]:
    """Give a crew of *jobs* processes on this machine; raises Problems if the system has no room for them."""
    # A process that is forked has all that was loaded; elsewhere than on Linux that is not safe.
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    try:
        pool = ProcessPoolExecutor(jobs, how, attend)
        pool.submit(int)  # they are started now
    except (OSError, RuntimeError, MemoryError) as error:
        end()
        reason = getattr(error, "strerror", "") or str(error) or NO_MEMORY
        raise stop(f"no more processes can be started: {reason}; use fewer", Mark("--jobs")) from None
    try:
        yield Crew(pool, jobs)
    except BaseException:
        end()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def end() -> None:
    """End all processes at once, as nobody waits any more for what they make; who shuts a pool waits until they do."""
    for child in multiprocessing.active_children():
        child.kill()


def attend() -> None:
    """Have this process leave an interrupt to the one that began it, and end with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=follow, args=(multiprocessing.parent_process(),), daemon=True).start()


def follow(parent: BaseProcess) -> None:
    """End this process once its *parent* has, however that came: nobody waits any more for what it makes."""
    parent.join()
    os._exit(1)


@contextmanager
def dask(address: str) -> Iterator[Crew]:
    """Give the crew of the Dask cluster whose scheduler is at *address*; fails as wrong usage if there is none."""
    try:
        from distributed import Client  # noqa: PLC0415 - few have it, and it takes long to load
    except ImportError:
        raise click.UsageError("--executor needs `distributed`: pip install 'dunning-docgen[cluster]'") from None
    try:
        client = Client(f"tcp://{address}", timeout=5, set_as_default=False)
    except OSError as error:
        raise click.UsageError(f"no Dask cluster answers at {address}: {error}") from None
    with client, client.get_executor(pure=False, retries=0) as executor:
        yield Crew(executor, max(1, sum(client.nthreads().values())))
