"""/haku/: ?q= what was typed, laji= kinds, kieli= language, jarjestys= order, page="""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [path("haku/", views.search, name="search")]
