"""/opinnot/<run>/tehtava/<assignment>/palaute/, the way to a conversation, and the conversation on the desk."""

from typing import Any

from django.urls import path

from learning.study.feedback import desk, views

FEEDBACK = "<slug:code>/tehtava/<slug:assignment>/palaute/"
urlpatterns = [
    path(FEEDBACK, views.feedback, name="feedback"),
    path(f"{FEEDBACK}palaute.txt", views.as_text, name="feedback_text"),
    path(f"{FEEDBACK}palaute.pdf", views.as_pdf, name="feedback_pdf"),
    path("palautus/<uuid:public_id>/keskustelu/", views.conversation, name="conversation"),
]


def desk_urls() -> list[Any]:
    return [path("toteutukset/<slug:code>/arviointi/<uuid:public_id>/viestit/", desk.remarks, name="run_remarks")]
