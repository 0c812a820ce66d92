"""/todistus/"""

from django.urls import path

from learning.credentials import views

app_name = "credentials"
urlpatterns = [
    path("", views.check, name="check"),
    path("odottaa/<str:run>/", views.waiting, name="waiting"),
    path("<str:code>/", views.certificate, name="certificate"),
    path("<str:code>/todistus.pdf", views.file, name="file"),
    path("<str:code>/oma/", views.own, name="own"),
    path("<str:code>/nimi/", views.rename, name="rename"),
]
