"""/opinnot/<run>/tehtava/<assignment>/, /opinnot/palautus/"""

from django.urls import URLPattern, path

from learning.study.assignments.views import checking, files, journal, page, taking_back, versions, writing

WORK = "<slug:code>/tehtava/<slug:assignment>/"
JOURNAL = f"{WORK}paivakirja/"
urlpatterns: list[URLPattern] = [
    path(WORK, page.assignment, name="assignment"),
    path(f"{WORK}kirjoita/", writing.write, name="write"),
    path(f"{WORK}kirjoita/tiedosto/<str:key>/", files.unsent_file, name="unsent_file"),
    path(f"{WORK}tarkista/", checking.check, name="check"),
    path(f"{WORK}kuitti/<int:number>/", page.receipt, name="receipt"),
    path(f"{WORK}ota-takaisin/", taking_back.take_back, name="take_back"),
    path(f"{WORK}versiot/<int:old>/<int:new>/", versions.compare, name="versions"),
    path(JOURNAL, journal.entries, name="journal"),
    path(f"{JOURNAL}uusi/", journal.new, name="journal_new"),
    path(f"{JOURNAL}<uuid:entry>/", journal.entry, name="journal_entry"),
    path(f"{JOURNAL}<uuid:entry>/poista/", journal.delete, name="journal_delete"),
    path(f"{JOURNAL}<uuid:entry>/palauta/", journal.restore, name="journal_restore"),
    path("palautus/tiedosto/<uuid:key>/", files.submission_file, name="submission_file"),
]
