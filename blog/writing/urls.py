"""/blogi/kirjoita/, /blogi/vahvista/, /blogi/kirjoitukseni/"""

from django.urls import URLPattern, path

from blog.writing.views import (
    changing,
    checking,
    comparing,
    confirming,
    ending,
    joining,
    listing,
    starting,
    working,
    writing,
)

urlpatterns: list[URLPattern] = []

# A text that has not been sent: /blogi/kirjoita/<key>/
urlpatterns += [
    path("blogi/kirjoita/", starting.start, name="writing_start"),
    path("blogi/kirjoita/uusi/", starting.begin, name="writing_begin"),
    path("blogi/kirjoita/<uuid:key>/", writing.write, name="writing"),
    path("blogi/kirjoita/<uuid:key>/kuva/", writing.picture, name="writing_picture"),
    path("blogi/kirjoita/<uuid:key>/tarkista/", checking.check, name="writing_check"),
    path("blogi/kirjoita/<uuid:key>/lahetetty/", checking.sent, name="writing_sent"),
    path("blogi/vahvista/<str:token>/", confirming.confirm, name="confirm"),
    path("blogi/kirjoittajaksi/<str:token>/", joining.join, name="join"),
]

# A text on its way: /blogi/kirjoitukseni/<id>/
OWN = "blogi/kirjoitukseni/<uuid:public_id>/"
urlpatterns += [
    path("blogi/kirjoitukseni/", listing.own_texts, name="own_texts"),
    path(OWN, working.own_text, name="own_text"),
    path(f"{OWN}hyvaksy/", ending.approve, name="own_text_approve"),
    path(f"{OWN}muutettavaa/", ending.refuse, name="own_text_refuse"),
    path(f"{OWN}suostumus/", ending.consent, name="own_text_consent"),
    path(f"{OWN}peru/", ending.withdraw, name="own_text_withdraw"),
    path(f"{OWN}poista/", ending.unpublish, name="own_text_unpublish"),
    path(f"{OWN}tiedot/", changing.details, name="own_text_details"),
    path(f"{OWN}kirjoittajat/", joining.authors, name="own_text_authors"),
    path(f"{OWN}kuva/", changing.picture, name="own_text_picture"),
    path(f"{OWN}vertaa/<int:old>/<int:new>/", comparing.compare, name="own_text_compare"),
]
