"""The language of a person's letters, and which of them they want."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from notifications.services import set_reminders, wants_reminders


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Letters from the service come in this language."),
    )
    reminders = forms.BooleanField(
        label=gettext_lazy("Reminders by e-mail"),
        required=False,
        help_text=gettext_lazy(
            "Of what is due soon, three days and one day before. Letters that you have to act on come in any case."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show the choices; POST keeps them."""
    person: Any = request.user
    now = {"language": person.language, "reminders": wants_reminders(person)}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        person.language = form.cleaned_data["language"]
        person.save(update_fields=["language"])
        set_reminders(person, form.cleaned_data["reminders"])
        messages.success(request, _("Your settings are saved."))
        return redirect("home:preferences")
    response = render(request, "home/preferences.html", {"form": form}, status=422 if form.errors else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response
