"""Addresses of the gradebook: the learner's details, and the teachers' pages under /hallinta/toteutukset/<run>/."""

from typing import Any

from django.urls import URLPattern, path

from learning.study.gradebook import desk, desk_files, desk_imports, views

# /opinnot/<run>/tiedot/
urlpatterns: list[URLPattern] = [
    path("<slug:code>/tiedot/", views.credit_details, name="credit_details"),
]


def desk_urls() -> list[Any]:
    book = "toteutukset/<slug:code>/suoritukset/"
    return [
        path(book, desk.gradebook, name="run_gradebook"),
        path(f"{book}anna/", desk.give_proposed, name="run_give_final"),
        path(f"{book}tiedostot/", desk_files.exports, name="run_exports"),
        path(f"{book}vie/", desk_files.export, name="run_export"),
        path(f"{book}lista/", desk_files.completions, name="run_completions"),
        path(f"{book}tuonti/", desk_imports.import_results, name="run_import"),
        path(f"{book}tuonti/pohja.xlsx", desk_imports.template, name="run_import_template"),
        path(f"{book}tuonti/<uuid:public_id>/peru/", desk_imports.undo, name="run_import_undo"),
        path(f"{book}<uuid:public_id>/", desk.results, name="run_results"),
    ]
