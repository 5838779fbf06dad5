"""Orders for letters, and what each is called."""

from __future__ import annotations

import functools

from docgen.compose import letter, texts
from docgen.compose.desk import Desk
from docgen.compose.texts import LETTERS
from docgen.plan import Job
from docgen.press import Order


def stem(job: Job) -> str:
    """Return what the letter of *job* is called, in the posting list and by its file."""
    return f"{job.client.id}/{job.subject}-{job.document}"


def letter_of(desk: Desk, job: Job, number: str = "") -> Order:
    """Return the order for the letter of *job*, with the post's *number* on it if there is one."""
    own = texts.own(LETTERS, job.client.language, job.document, law=job.client.law)
    make = functools.partial(letter.compose, desk, job, number)
    return Order(LETTERS, stem(job), make, own)
