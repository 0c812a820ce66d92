"""/oma/"""

from django.urls import path

from home import preferences, views
from learning.study.views import notes

app_name = "home"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("asetukset/", preferences.preferences, name="preferences"),
    path("muistiinpanot/", notes.notes, name="notes"),
    path("muistiinpanot/tekstina/", notes.export, name="notes_export"),
]
