"""/haku/: ?q= what was typed, laji= teema= ilmio= alue= kieli= vuosi= facets, jarjestys= order, tarkka=1, page="""

from django.urls import path

from search import views, wishes

app_name = "search"
urlpatterns = [
    path("haku/", views.search, name="search"),
    path("haku/ehdotukset/", views.suggest, name="suggest"),
    path("haku/kerro/", wishes.tell, name="tell"),
    path("haku/kerro/kiitos/", wishes.told, name="told"),
]
