"""What editors arrange of the blog in the admin besides its posts."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from blog.models import Channel, DeclineTemplate
from common.viewsets import NamedViewSet, RowViewSet


class ChannelViewSet(NamedViewSet):
    model = Channel
    icon = "rss"
    list_display = ["name_fi", "code", "is_default", "takes_texts"]


class DeclineTemplateViewSet(RowViewSet):
    model = DeclineTemplate
    icon = "mail"
    list_display = ["name_fi", "sort_order"]
    search_fields = ["name_fi", "name_sv", "name_en", "text_fi"]


class BlogGroup(SnippetViewSetGroup):
    menu_label = _("Blog")
    menu_name = "blog"
    menu_icon = "edit"
    menu_order = 530
    items = (ChannelViewSet, DeclineTemplateViewSet)
