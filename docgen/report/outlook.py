"""What the plan has to say of some clients on a day, before it is put into lines."""

from __future__ import annotations

from datetime import date

from docgen.frozen import dataclass
from docgen.plan import Job, State
from docgen.plan.ended import Ended
from docgen.plan.view import View
from docgen.records.book import Client


@dataclass(frozen=True, slots=True)
class Outlook:
    """The documents for some *clients*, and what lately *ended*."""

    view: View
    clients: tuple[Client, ...]
    jobs: tuple[Job, ...]
    ended: tuple[Ended, ...]

    @property
    def day(self) -> date:
        """Return the day it is as of."""
        return self.view.day

    @property
    def over(self) -> tuple[Ended, ...]:
        """Return what lately ended and has nothing to come."""
        if not self.ended:
            return ()
        open_ = {
            (job.client.id, subject) for job in self.jobs if job.state is not State.POSTED for subject in job.subjects
        }
        return tuple(one for one in self.ended if (one.client.id, one.subject) not in open_)

    def ladder(self, job: Job) -> str:
        """Return the name of the ladder that *job* is on."""
        return self.view.schedule.rungs[job.document][0]
