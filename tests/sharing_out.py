"""Which tests run in the same process, and in what order, where several run side by side."""

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# What is made once for several files.
TOGETHER = {
    "tests/journeys/test_crawl.py": "the crawl",
    "tests/journeys/test_files.py": "the crawl",
    "tests/journeys/test_headers.py": "the crawl",
}
# The long ones go first, so that what is left at the end is short and all processes end together: the rest goes by
# how many tests a file has, which says little of browsers and of what is killed.
LONG = [
    "tests/test_query_counts.py",
    "the crawl",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_accessible_administration.py",
    "tests/journeys/test_authorisation.py",
    "tests/search/test_kills.py",
    "tests/journeys/test_quizzes.py",
    "tests/journeys/test_editing_together.py",
    "tests/journeys/test_fuzz.py",
    "tests/test_processes.py",
    "tests/journeys/test_reflow.py",
    "tests/journeys/test_focus.py",
    "tests/journeys/test_accounts.py",
    "tests/journeys/test_peer_review.py",
    "tests/journeys/test_second_factor.py",
    "tests/journeys/test_whole_course.py",
    "tests/search/test_resilience.py",
    "tests/drafts/test_load.py",
    "tests/demo/test_load_demo.py",
    "tests/demo/test_content.py",
    "tests/demo/test_search_lists.py",
]


class SharingOut(LoadScopeScheduling):
    """Whole files, as --dist loadfile has it; some of them together, and the long ones first."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return TOGETHER.get(file, file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = next((scope for scope in LONG if scope in self.workqueue), None)
        if first:
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)
