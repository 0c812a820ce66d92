"""What the page cache must know of the areas, in one place; see common/pagecache.py."""

# The parameters that pages may depend on. An address with any other parameter is always rendered.
PAGE_CACHE_PARAMETERS = [
    "page",
    # Filters of the lists; the search has its own, and its answers are nobody else's.
    "aihe",
    "aika",
    "alue",
    "avainkumppani",
    "julkaisija",
    "nimi",
    "rooli",
    "sana",
    "tehtavaalue",
    "teema",
    "tyyppi",
    "vuosi",
]

# Saving these changes no public page: they are one person's, the editors' among themselves, or bookkeeping.
# Every other model's save empties the cache, so a new model is safe until somebody lists it here.
PAGE_CACHE_IGNORED_MODELS = [
    "account.emailaddress",
    "account.emailconfirmation",
    "accounts.user",
    "common.siterendition",
    "credentials.certificate",
    "demo.loadedfile",
    "django_tasks_database.dbtaskresult",
    "mfa.authenticator",
    "notifications.outgoingmail",
    "search.indextarget",
    "search.outbox",
    "search_editing.bestbet",
    "search_editing.bestbetpage",
    "search_editing.searchcount",
    "search_editing.synonymgroup",
    "search_filetexts.filetext",
    "search.searchwish",
    "sessions.session",
    "study.attempt",
    "study.attemptanswer",
    "study.calendarkey",
    "study.enrolment",
    "study.enrolmentevent",
    "study.lessonprogress",
    "study.note",
    "study.runteacher",
    "usersessions.usersession",
    "wagtailadmin.editingsession",
    "wagtailadmin.formstate",
    "wagtailcore.comment",
    "wagtailcore.commentreply",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.taskstate",
    "wagtailcore.uploadedfile",
    "wagtailcore.workflowstate",
    "wagtailsearch.indexentry",
    "wagtailsearch.sqliteftsindexentry",
    "wagtailusers.userprofile",
]
# Of these, deleting changes pages all the same: they link to the file of the row.
PAGE_CACHE_LINKED_MODELS = ["common.siterendition"]
