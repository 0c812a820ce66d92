"""/opinnot/…/visa/, /opinnot/yritys/"""

from django.urls import path

from learning.study.attempts.views import answering, beginning, previewing, reviewing

urlpatterns = [
    # Before the quizzes of runs, whose codes are any words.
    path("esikatselu/visa/<slug:code>/", previewing.preview, name="quiz_preview"),
    path("<slug:code>/visa/<slug:quiz>/", beginning.quiz, name="quiz"),
    path("yritys/<uuid:key>/", answering.attempt, name="attempt"),
    path("yritys/<uuid:key>/palauta/", answering.hand_in, name="hand_in"),
    path("yritys/<uuid:key>/aika/", answering.clock, name="attempt_clock"),
    path("yritys/<uuid:key>/pisteet/", reviewing.raise_points_of, name="raise_points"),
]
