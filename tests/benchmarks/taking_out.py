"""Takes the whole gradebook of a run out as a file: `python -m tests.benchmarks.taking_out <run> <csv|xlsx>`.

Prints the bytes, the seconds, and by how many kilobytes the process grew at most beyond what it takes before the rows.
"""

import os
import resource
import sys
import time


def take(code: str, form: str) -> None:
    from common.spreadsheets import csv_lines, xlsx_file
    from learning.courses.models import CourseRun
    from learning.study.gradebook.exporting import AT_A_TIME, Export

    out = Export(CourseRun.objects.select_related("course").get(code=code), "whole")
    ids = out.ids()
    # What the first rows load stays: modules, templates, words.
    for some in (ids[:AT_A_TIME], ids):
        before, began, size = _peak(), time.perf_counter(), 0
        if form == "csv":
            size = sum(map(len, csv_lines(out.rows(some))))
        else:
            with xlsx_file(out.rows(some), title="Koe") as file:
                size = file.seek(0, os.SEEK_END)
    print(size, f"{time.perf_counter() - began:.2f}", _peak() - before)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    take(sys.argv[1], sys.argv[2])
