"""List the installed texts that still lack a Finnish or Swedish translation.

Run as `python site/locale_wagtail/missing.py`; the exit status is 1 when any is missing.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

import polib

LANGUAGES = ("fi", "sv")
DOMAINS = ("django", "djangojs")
PACKAGES = (
    "wagtail",
    "taggit",
    "allauth",
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
)
# Ships with Wagtail but is for its own developers: never installed here.
NOT_INSTALLED = "styleguide"

HERE = Path(__file__).resolve().parent
OWN_CATALOGUES = (HERE.parent / "locale", HERE)

Key = tuple[str, str, str]
"""Context, msgid and plural msgid: what gettext finds a text by."""


def installed_catalogues() -> list[Path]:
    """The `locale` folders of the packages, nested apps included."""
    found: list[Path] = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{package} is not installed")
        root = Path(spec.submodule_search_locations[0])
        found += (path for path in root.rglob("locale") if path.parent.name != NOT_INSTALLED)
    return sorted(found)


def texts(catalogue: Path, language: str, domain: str, *, translated: bool) -> set[Key]:
    """The catalogue's texts; with `translated`, only those that are not empty or fuzzy."""
    path = catalogue / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return set()
    return {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in polib.pofile(str(path))
        if not entry.obsolete and (not translated or entry.translated())
    }


def missing(language: str, domain: str) -> dict[Path, set[Key]]:
    """The untranslated texts by catalogue."""
    installed = installed_catalogues()
    # Django merges all catalogues of a language, so a translation anywhere serves everywhere.
    done: set[Key] = set()
    for catalogue in (*installed, *OWN_CATALOGUES):
        done |= texts(catalogue, language, domain, translated=True)
    # Shipped translations leave untranslated texts out; only the English catalogue has them all.
    wanted = {path: texts(path, "en", domain, translated=False) - done for path in installed}
    return {path: keys for path, keys in wanted.items() if keys}


def main() -> int:
    total = 0
    for language in LANGUAGES:
        for domain in DOMAINS:
            for catalogue, keys in missing(language, domain).items():
                total += len(keys)
                for context, msgid, _plural in sorted(keys):
                    where = f"{catalogue.parent.name} {domain}"
                    print(f"{language}  {where}  {f'[{context}] ' if context else ''}{msgid!r}")
    print(f"{total} texts missing" if total else "Every installed text is in Finnish and Swedish")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
