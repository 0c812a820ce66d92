"""The codes of runs stand in addresses beside other words."""

from learning.study.forms import OTHER_PAGES
from learning.study.urls import urlpatterns


def test_no_run_may_be_called_what_another_page_is() -> None:
    firsts = {str(each.pattern).partition("/")[0] for each in urlpatterns}
    assert "<slug:code>" in firsts
    assert {word for word in firsts if word and "<" not in word} == OTHER_PAGES
