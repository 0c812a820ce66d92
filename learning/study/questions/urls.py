"""/opinnot/<run>/kysymykset/ and the desk's page of them."""

from typing import Any

from django.urls import path

from learning.study.questions import desk, views

urlpatterns = [
    path("<slug:code>/kysymykset/", views.questions, name="questions"),
    path("<slug:code>/kysymykset/kysy/", views.ask, name="ask"),
    path("<slug:code>/kysymykset/samanlaisia/", views.similar, name="similar_questions"),
    path("<slug:code>/kysymykset/seuraa/", views.follow, name="follow_questions"),
    path("<slug:code>/kysymykset/<uuid:public_id>/", views.question, name="question"),
    path("<slug:code>/kysymykset/<uuid:public_id>/teko/", views.act, name="question_act"),
    path("<slug:code>/kysymykset/<uuid:public_id>/muokkaa/", views.change, name="question_change"),
]


def desk_urls() -> list[Any]:
    run = "toteutukset/<slug:code>/kysymykset/"
    return [
        path(run, desk.questions, name="run_questions"),
        path(f"{run}<uuid:public_id>/", desk.question, name="run_question"),
        path(f"{run}<uuid:public_id>/teko/", desk.act, name="run_question_act"),
    ]
