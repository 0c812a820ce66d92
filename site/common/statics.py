"""Where static files go when they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Each file has a hash of what it says in its name, and scripts import one another by those names.

    A browser keeps what has a hash for a year. What was imported without one would be asked for anew at every page,
    or be older than the script that imports it.
    """

    support_js_module_import_aggregation = True
