"""Words of the admin that Wagtail's own code leaves in English in every language, so that no catalogue reaches them."""

from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.pages.search import SearchView
from wagtail.contrib.simple_translation.models import SimpleTranslation
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView
from wagtail.users.forms import PagePermissionsForm

# What a permission lets one do, by the beginning of its code.
ACTS = {
    "add": _("Add"),
    "bulk_delete": _("Delete with everything below"),
    "change": _("Edit"),
    "choose": _("Choose"),
    "delete": _("Delete"),
    "lock": _("Lock"),
    "publish": _("Publish"),
    "submit_translation": _("Translate"),
    "unlock": _("Unlock"),
    "view": _("View"),
}
SITE_COLUMNS = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}


def permission_label(permission: Permission) -> str:
    """The permission in the reader's language: what it is about and what it lets one do.

    The name in the database is in English; what the code does not tell keeps that name.
    """
    kind = permission.content_type.model_class()
    act = ACTS.get(permission.codename.removesuffix(f"_{permission.content_type.model}"))
    if kind is None or act is None:
        return permission.name
    return f"{capfirst(str(kind._meta.verbose_name))}: {act}"


def rows_in_words(paginator: WagtailPaginator) -> str:
    """How many rows a list has. Not as "3 images": Finnish would have to inflect the name after a number."""
    return f"{capfirst(str(paginator.verbose_name_plural))}: {paginator.count}"


def mend() -> None:
    """Give the words to the classes that use them; tests/admin/test_words.py looks where Wagtail shows each.

    Nothing that migrations look at changes.
    """
    WagtailPaginator.items_count_label = property(rows_in_words)
    # The search for pages does not tell its list what it lists.
    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    for column in IndexView.columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
    WorkflowPageForm.base_fields["page"].label = _("Page")
    PagePermissionsForm.base_fields["page"].label = _("Page")
    PagePermissionsForm.base_fields["permissions"].label_from_instance = permission_label
    SimpleTranslation._meta.verbose_name = _("translation of pages")
    Locale._meta.verbose_name = _("language of the content")
    Locale._meta.verbose_name_plural = _("languages of the content")
