"""The addresses of the overview under /hallinta/toteutukset/<code>/."""

from typing import Any

from django.urls import path

from learning.study.overview import comparing, dashboard, statistics


def urls() -> list[Any]:
    run = "toteutukset/<slug:code>/"
    return [
        path(run, dashboard.dashboard, name="run_dashboard"),
        path(f"{run}tilastot/", statistics.statistics, name="run_statistics"),
        path(f"{run}tilastot/luvut.csv", statistics.statistics_file, name="run_statistics_file"),
        path(f"{run}tilastot/visa/<slug:task>/", statistics.quiz_statistics, name="run_quiz_statistics"),
        path(f"{run}tilastot/tehtava/<slug:task>/", statistics.assignment_statistics, name="run_assignment_statistics"),
        path(f"{run}vertailu/", comparing.comparisons, name="run_comparisons"),
    ]
