"""Kills workers and web processes at random while pages change, and tells whether index and content agree afterwards.

Run as a process of its own on a data folder that it may spoil: python -m tests.search.kills --kills 20 --changes 500.
It loads the site once and forks: a process that is killed is replaced within milliseconds, not seconds. What dies is
the same: a worker in the middle of indexing, a web process in the middle of saving a page.
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage, StandardPage
from search import current, indexing
from search.models import Outbox
from vocabulary.models import GlossaryTerm, Phenomenon

WEB_PROCESSES = 2
DRAIN_SECONDS = 120
WORDS = "työpaja asunnottomuus osallisuus vaikuttaminen raportointi yhteiskehittäminen lastensuojelu kunta".split()


class Editor:
    """A web process: changes pages at random, each in a transaction of its own, and notes what was answered."""

    def __init__(self, seed: int, notes: Path) -> None:
        self.dice = random.Random(seed)
        self.notes = notes
        # A search that fails is counted and ends nothing.
        self.client = Client(raise_request_exception=False)

    def run(self) -> None:
        choices: list[Callable[[], object]] = [self.add, self.edit, self.edit, self.edit, self.close, self.remove]
        choices += [self.unpublish, self.move, self.rename_term]
        while True:
            # Two editors of one page meet now and then: one of them is told so and tries again.
            try:
                self.dice.choice(choices)()
                if self.dice.random() < 0.004:
                    self.rename_phenomenon()
            except (DatabaseError, ValidationError, Page.DoesNotExist, StandardPage.DoesNotExist):
                continue
            if self.dice.random() < 0.1:
                status = self.client.get("/haku/", {"q": self.dice.choice(WORDS)}, headers={"host": "127.0.0.1"})
                self.note("search", status.status_code)
            self.note("change", 0)

    def note(self, what: str, value: int) -> None:
        with self.notes.open("a") as file:
            file.write(f"{what} {value}\n")

    def text(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=3)).capitalize() + f" {self.dice.randrange(10**6)}"

    def any_page(self) -> StandardPage:
        pages = StandardPage.objects.filter(slug__startswith="muuttuva").order_by("?")
        page = pages.first()
        return page or self.add()

    def add(self) -> StandardPage:
        # A fresh parent: what it remembers of its children may be old.
        front = HomePage.objects.get(locale=Locale.get_default(), depth=2)
        page = StandardPage(
            title=self.text(), lead=self.text(), slug=f"muuttuva-{self.dice.getrandbits(48)}", locale=front.locale
        )
        with transaction.atomic():
            front.add_child(instance=page)
        return page

    def edit(self) -> None:
        page = self.any_page()
        page.title, page.lead = self.text(), self.text()
        # As a script would, and now and then as an editor would.
        if self.dice.random() < 0.3:
            page.save_revision().publish()
        else:
            page.save()

    def close(self) -> None:
        page = self.any_page()
        restriction = PageViewRestriction.objects.filter(page=page).first()
        if restriction:
            restriction.delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def unpublish(self) -> None:
        self.any_page().unpublish()

    def remove(self) -> None:
        with transaction.atomic():
            Page.objects.get(pk=self.any_page().pk).delete()

    def move(self) -> None:
        page = self.any_page()
        page.slug = f"muuttuva-{self.dice.getrandbits(48)}"
        page.save()

    def rename_term(self) -> None:
        term = GlossaryTerm.objects.order_by("?").first()
        if term:
            term.definition_fi = self.text()
            term.save()

    def rename_phenomenon(self) -> None:
        phenomenon = Phenomenon.objects.order_by("?").first()
        if phenomenon:
            phenomenon.aliases = self.text()
            phenomenon.save()


def forked(run: Callable[[], object]) -> int:
    """Start a process that runs this until it is killed."""
    connections.close_all()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        run()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def end(pid: int) -> None:
    """Kill the process, which must have lived until now: one that ended by itself has failed."""
    ended, _status = os.waitpid(pid, os.WNOHANG)
    assert not ended, f"process {pid} ended by itself"
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def counted(notes: Path, what: str) -> list[int]:
    lines = notes.read_text().splitlines() if notes.exists() else []
    return [int(line.split()[1]) for line in lines if line.startswith(f"{what} ") and len(line.split()) == 2]


def main(kills: int, changes: int, seed: int) -> None:
    notes = Path(settings.DATA_DIR) / "notes"
    notes.unlink(missing_ok=True)
    settings.PAGE_CACHE_SECONDS = 0
    began = time.monotonic()
    worker = change_and_kill(kills, changes, random.Random(seed), notes)
    changed = time.monotonic()
    while Outbox.objects.exists() and time.monotonic() - changed < DRAIN_SECONDS:
        time.sleep(0.2)
    drained = time.monotonic()
    caught_up = not Outbox.objects.exists()
    end(worker)
    # What the last round was about to write when it was ended, a next worker does.
    while indexing.apply():
        pass
    searches = counted(notes, "search")
    answer: dict[str, object] = {
        "kills": kills,
        "changes": len(counted(notes, "change")),
        "searches": len(searches),
        "failed searches": sum(status != 200 for status in searches),
        "seconds": round(changed - began, 1),
        "seconds to catch up": round(drained - changed, 1),
        "caught up": caught_up,
        "waiting": Outbox.objects.count(),
        "seed": seed,
    }
    answer.update({index.label: compared(index) for index in current.indices()})
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            answer["database"] = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    print(json.dumps(answer))


def change_and_kill(kills: int, changes: int, dice: random.Random, notes: Path) -> int:
    """Let web processes change pages, kill one of all after every so many changes; return the last worker's id."""

    def worker() -> None:
        call_command("index", "--follow")

    def web() -> None:
        Editor(dice.getrandbits(32), notes).run()

    def start(run: Callable[[], None]) -> tuple[int, Callable[[], None]]:
        # Each web process gets a seed of its own.
        dice.random()
        return forked(run), run

    running = [start(worker), *(start(web) for _ in range(WEB_PROCESSES))]
    deadline = time.monotonic() + 60 + changes
    for killed in range(1, kills + 1):
        while len(counted(notes, "change")) < changes * killed // kills:
            assert time.monotonic() < deadline, f"{killed} kills, {len(counted(notes, 'change'))} changes"
            time.sleep(0.05)
        time.sleep(dice.uniform(0, 0.3))
        # The worker as often as both web processes together.
        place = 0 if dice.random() < 0.5 else dice.randrange(1, 1 + WEB_PROCESSES)
        pid, run = running[place]
        end(pid)
        running[place] = start(run)
    for pid, _run in running[1:]:
        end(pid)
    return running[0][0]


def compared(index: current.Index) -> dict[str, object]:
    differs, check = indexing.difference(index), index.engine.check()
    return {
        "documents": check.documents,
        "problem": check.problem,
        "lost": sorted(differs.missing),
        "surplus": sorted(differs.surplus),
        "stale": sorted(differs.changed),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--changes", type=int, default=500)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    options = parser.parse_args()
    # In a process of its own: no connection to an index may be inherited.
    os.waitpid(forked(lambda: call_command("index", stdout=sys.stderr)), 0)
    main(options.kills, options.changes, options.seed)
