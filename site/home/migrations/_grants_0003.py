"""What each role may do in the admin, as migration 0003 grants it. Later grants are migrations of their own.

A partner coordinator has only "add" in the directory: Wagtail then lets them edit the pages they own, and
publishing goes through the editors.
"""

ADMIN = "wagtailadmin.access_admin"


def _all(app_label: str, *models: str) -> list[str]:
    return [f"{app_label}.{action}_{model}" for model in models for action in ("view", "add", "change", "delete")]


def _keep(app_label: str, *models: str) -> list[str]:
    """Everything but deleting."""
    return [f"{app_label}.{action}_{model}" for model in models for action in ("view", "add", "change")]


def _see(app_label: str, *models: str) -> list[str]:
    return [f"{app_label}.view_{model}" for model in models]


VOCABULARIES = ("taskarea", "phenomenon", "actorgroup", "method", "competencearea", "service", "region", "glossaryterm")
# Wagtail keeps the permissions of own image and document models on its built-in ones.
FILE_MODELS = ("wagtailimages.{}_image", "wagtaildocs.{}_document")
FILES = [model.format(action) for model in FILE_MODELS for action in ("add", "change", "choose")]
OWN_FILES = [model.format(action) for model in FILE_MODELS for action in ("add", "choose")]

EDITOR = [
    ADMIN,
    *FILES,
    *_keep("vocabulary", *VOCABULARIES),
    *_keep("organisations", "organisation"),
    *_keep("events", "event", "eventseries"),
    *_keep("courses", "course", "question"),
    *_all("wagtailredirects", "redirect"),
]
TEACHER = [ADMIN, *OWN_FILES, *_keep("courses", "course", "question"), *_see("vocabulary", "glossaryterm")]
PARTNER_COORDINATOR = [ADMIN, *OWN_FILES, *_see("organisations", "organisation")]
NETWORK_COORDINATOR = [
    ADMIN,
    *FILES,
    *_keep("organisations", "organisation"),
    *_keep("events", "event", "eventseries"),
    *_see("vocabulary", *VOCABULARIES),
]
ADMINISTRATOR = [
    ADMIN,
    *FILES,
    *[model.format("delete") for model in FILE_MODELS],
    *_all("vocabulary", *VOCABULARIES),
    *_all("organisations", "organisation"),
    *_all("events", "event", "eventseries"),
    *_all("courses", "course", "question"),
    *_all("wagtailredirects", "redirect"),
    *_all("accounts", "user"),
    *_all("auth", "group"),
    *_all("wagtailcore", "site", "collection", "workflow", "task", "groupapprovaltask"),
]

GRANTS: dict[str, list[str]] = {
    "Toimittajat": EDITOR,
    "Opettajat": TEACHER,
    "Kumppanikoordinaattorit": PARTNER_COORDINATOR,
    "Verkostokoordinaattorit": NETWORK_COORDINATOR,
    "Ylläpitäjät": ADMINISTRATOR,
}

PUBLISH = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
PAGE_GRANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "Toimittajat": {"home": PUBLISH},
    "Ylläpitäjät": {"home": PUBLISH},
    "Opettajat": {"courses": ("add", "change")},
    "Kumppanikoordinaattorit": {"organisations": ("add",)},
    "Verkostokoordinaattorit": {
        "organisations": PUBLISH,
        "events": PUBLISH,
        "resources": PUBLISH,
    },
}
