"""/opinnot/<run>/tehtava/<assignment>/vertaisarviot/, /opinnot/vertaisarvio/ and the desk's pages of them."""

from typing import Any

from django.urls import URLPattern, path

from learning.study.reviewing import desk, views

OF_ASSIGNMENT = "<slug:code>/tehtava/<slug:assignment>/vertaisarviot/"
ONE = "vertaisarvio/<uuid:public_id>/"
urlpatterns: list[URLPattern] = [
    path(OF_ASSIGNMENT, views.reviews, name="reviews"),
    path(f"{OF_ASSIGNMENT}malli/", views.sample, name="sample"),
    path(f"{OF_ASSIGNMENT}lisaa/", views.more, name="review_more"),
    path(ONE, views.review, name="review"),
    path(f"{ONE}kiita/", views.thank, name="review_thank"),
    path(f"{ONE}oikaisu/", views.appeal, name="review_appeal"),
]


def desk_urls() -> list[Any]:
    run = "toteutukset/<slug:code>/vertaisarviot/"
    return [
        path(run, desk.reviews, name="run_reviews"),
        path(f"{run}<uuid:public_id>/", desk.review, name="run_review"),
        path(f"{run}<uuid:public_id>/teko/", desk.act, name="run_review_act"),
        path(f"{run}tyo/<uuid:public_id>/", desk.work, name="run_review_work"),
    ]
