"""/oma/"""

from django.urls import path

from home import name, preferences, views
from learning.study.views import calendar, notes

app_name = "home"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("nimi/", name.name, name="name"),
    path("asetukset/", preferences.preferences, name="preferences"),
    path("muistiinpanot/", notes.notes, name="notes"),
    path("muistiinpanot/tekstina/", notes.export, name="notes_export"),
    path("kalenteri/", calendar.address, name="calendar_address"),
    path("kalenteri/<str:secret>.ics", calendar.feed, name="calendar"),
]
