"""/haku/: ?q= what was typed, laji= kinds, kieli= language, jarjestys= order, page="""

from django.urls import path

from search import views, wishes

app_name = "search"
urlpatterns = [
    path("haku/", views.search, name="search"),
    path("haku/kerro/", wishes.tell, name="tell"),
    path("haku/kerro/kiitos/", wishes.told, name="told"),
]
