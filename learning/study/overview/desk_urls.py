"""The addresses of the overview under /hallinta/toteutukset/<code>/."""

from typing import Any

from django.urls import path

from learning.study.overview import comparing, dashboard


def urls() -> list[Any]:
    run = "toteutukset/<slug:code>/"
    return [
        path(run, dashboard.dashboard, name="run_dashboard"),
        path(f"{run}vertailu/", comparing.comparisons, name="run_comparisons"),
    ]
