"""Addresses of the gradebook: the learner's details, and the teachers' pages under /hallinta/toteutukset/<run>/."""

from typing import Any

from django.urls import URLPattern, path

from learning.study.gradebook import desk, views

# /opinnot/<run>/tiedot/
urlpatterns: list[URLPattern] = [
    path("<slug:code>/tiedot/", views.credit_details, name="credit_details"),
]


def desk_urls() -> list[Any]:
    book = "toteutukset/<slug:code>/suoritukset/"
    return [
        path(book, desk.gradebook, name="run_gradebook"),
        path(f"{book}anna/", desk.give_proposed, name="run_give_final"),
        path(f"{book}<uuid:public_id>/", desk.results, name="run_results"),
    ]
