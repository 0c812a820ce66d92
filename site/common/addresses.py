"""How an address on another site is told to the reader before it is followed."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """Return the site of the address as people say it: no scheme, port or `www.`; "" where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        # Brackets of which nobody made an IPv6 address.
        return ""
    return host.removeprefix("www.")
