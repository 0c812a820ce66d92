"""The site that an outside link names."""

import pytest

from common.addresses import host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.thl.fi/sotkanet?x=1", "thl.fi"),
        ("https://thl.fi:8443/", "thl.fi"),
        ("https://sv.WWW.Example.org", "sv.www.example.org"),
        ("http://user@www.example.org/", "example.org"),
        ("https://wwwidea.example.org/", "wwwidea.example.org"),
        ("/verkosto/", ""),
        ("", ""),
        ("http://[oops", ""),
    ],
)
def test_the_host_is_told_as_people_say_it(address: str, host: str) -> None:
    assert host_of(address) == host
