"""/opinnot/"""

from django.urls import URLPattern, path

from learning.study.assignments import urls as assignments
from learning.study.attempts import urls as attempts
from learning.study.course_feedback import urls as course_feedback
from learning.study.feedback import urls as feedback
from learning.study.gradebook import urls as gradebook
from learning.study.questions import urls as questions
from learning.study.reviewing import urls as reviewing
from learning.study.views import device, enrolling, lessons, notes, runs

app_name = "study"
urlpatterns: list[URLPattern] = []

# The learner: /opinnot/, /opinnot/<run>/
urlpatterns += [
    path("", runs.start, name="start"),
    path("laite/", device.state, name="device"),
    path("<slug:code>/", runs.home, name="run"),
    path("<slug:code>/oppitunti/<int:lesson_id>/", lessons.lesson, name="lesson"),
    path("<slug:code>/oppitunti/<int:lesson_id>/luettu/", lessons.done, name="done"),
    path("<slug:code>/oppitunti/<int:lesson_id>/kohta/", lessons.place, name="place"),
    path("<slug:code>/oppitunti/<int:lesson_id>/muistiinpanot/", notes.add, name="note_add"),
    path("<slug:code>/muistiinpano/<uuid:public_id>/", notes.change, name="note"),
]

# A place on a run: /opinnot/<run>/ilmoittaudu/
urlpatterns += [
    path("<slug:code>/ilmoittaudu/", enrolling.enrol, name="enrol"),
    path("<slug:code>/peru/", enrolling.withdraw, name="withdraw"),
    path("<slug:code>/vastaa/", enrolling.answer, name="answer"),
]

# Quizzes: /opinnot/<run>/visa/, /opinnot/yritys/
urlpatterns += attempts.urlpatterns

# Feedback on the course: /opinnot/<run>/kurssipalaute/
urlpatterns += course_feedback.urlpatterns

# What teachers said of a work: /opinnot/<run>/tehtava/<assignment>/palaute/
urlpatterns += feedback.urlpatterns

# Questions and answers: /opinnot/<run>/kysymykset/
urlpatterns += questions.urlpatterns

# Details for the credits: /opinnot/<run>/tiedot/
urlpatterns += gradebook.urlpatterns

# Assignments: /opinnot/<run>/tehtava/, /opinnot/palautus/
urlpatterns += assignments.urlpatterns

# Peer reviews: /opinnot/<run>/tehtava/<assignment>/vertaisarviot/, /opinnot/vertaisarvio/
urlpatterns += reviewing.urlpatterns
