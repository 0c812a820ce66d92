"""/luonnokset/"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from drafts import pages, views


class FormConverter(StringConverter):
    regex = r"[a-z][a-z0-9_.-]{0,59}"


class ObjectConverter(StringConverter):
    regex = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}"


register_converter(FormConverter, "draft_form")
register_converter(ObjectConverter, "draft_object")

app_name = "drafts"
_DRAFT = "<draft_form:form>/<draft_object:object_key>/"
urlpatterns = [
    path(_DRAFT, views.draft, name="draft"),
    path(f"{_DRAFT}palauta/", views.restore, name="restore"),
    path(f"{_DRAFT}hylkaa/", pages.discard, name="discard"),
    path(f"{_DRAFT}vertaa/", pages.compare, name="compare"),
]
