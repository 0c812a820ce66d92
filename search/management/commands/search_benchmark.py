"""manage.py search_benchmark: how good and how fast the search is on a judged set."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import measuring
from search.engines import IndexUnavailable
from search.measuring import JudgedSet, Quality
from search.throwaway import ENGINES

# Linux tells kilobytes, macOS bytes.
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
_NAMES = ("n", "recall@100", "nDCG@10", "MRR@10", "zero-hit")


class Command(BaseCommand):
    help = (
        "Index DIR/corpus.jsonl in a throw-away index, ask DIR/queries.tsv, and judge the answers by DIR/qrels.tsv. "
        "Neither the site's database nor its index is touched."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--engine", choices=sorted(ENGINES), default="embedded")
        parser.add_argument(
            "--run-file", type=Path, metavar="F", help="write query_id, doc_id, rank and score of the best 100"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument(
            "--grow",
            type=int,
            metavar="N",
            help="measure speed alone, on N documents of 100 words drawn from those of the set",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judged_set = JudgedSet.read(options["folder"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{options['folder']} holds no judged set: {type(error).__name__}: {error}") from error
        if options["grow"]:
            judged_set = judged_set.grown(options["grow"])
        try:
            figures = self.measured(judged_set, options["engine"], options["run_file"])
        except (ImproperlyConfigured, IndexUnavailable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(figures, indent=1) if options["json"] else _table(figures))

    def measured(self, judged_set: JudgedSet, name: str, run_file: Path | None) -> dict[str, Any]:
        """Build, ask and judge; speed first, as long as no query has been asked before."""
        with ENGINES[name]() as (engine, size):
            began = time.perf_counter()
            count = engine.rebuild(judged_set.documents, self.show_progress)
            seconds = time.perf_counter() - began
            taken = measuring.milliseconds(engine, judged_set.queries)
            figures: dict[str, Any] = {
                "engine": name,
                "documents": count,
                "queries": len(judged_set.queries),
                "indexing": {"seconds": round(seconds, 2), "documents per second": round(count / seconds, 1)},
                "index bytes": size(),
                "query ms": {
                    f"p{share}": round(measuring.percentile(taken, share / 100), 2) for share in (50, 95, 99, 100)
                },
            }
            if judged_set.relevant or run_file:
                run = measuring.run(engine, judged_set.queries)
                if run_file:
                    run_file.write_text("".join(measuring.written(run)), encoding="utf-8")
                if judged_set.relevant:
                    qualities = measuring.judged(judged_set, run)
                    figures["quality"] = {kind: _named(quality) for kind, quality in qualities.items()}
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MEMORY_UNIT
            figures["peak memory bytes"] = peak
            return figures

    def show_progress(self, count: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{count} documents", ending="\r")


def _named(quality: Quality) -> dict[str, float]:
    return dict(zip(_NAMES, (round(value, 4) for value in quality), strict=True))


def _table(figures: dict[str, Any]) -> str:
    lines = []
    if "quality" in figures:
        lines.append(f"{'kind':<18}" + "".join(f"{name:>12}" for name in _NAMES))
        for kind, values in figures["quality"].items():
            number, *rest = values.values()
            lines.append(f"{kind:<18}{number:>12}" + "".join(f"{value:>12.3f}" for value in rest))
        lines.append("")
    indexing, took = figures["indexing"], figures["query ms"]
    lines += [
        f"engine {figures['engine']}: {figures['documents']} documents, {figures['queries']} queries",
        f"indexing {indexing['seconds']:.1f} s, {indexing['documents per second']:.0f} documents/s",
        f"index {figures['index bytes'] / 1e6:.1f} MB",
        "query " + ", ".join(f"{name} {milliseconds:.2f} ms" for name, milliseconds in took.items()),
        f"peak memory {figures['peak memory bytes'] / 1e6:.0f} MB",
    ]
    return "\n".join(lines)
