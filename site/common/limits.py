"""How often one address may ask, counted in the cache that the processes of the installation share."""

import hashlib
import ipaddress
import logging
import time
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, for each network address; a window ends for all at the same moment."""

    name: str
    most: int
    seconds: int

    def spend(self, request: HttpRequest) -> int:
        """Count one; return 0, or where there have been too many the seconds until the next window."""
        return self.spend_as(network_of(request))

    def spend_as(self, who: str) -> int:
        """The same for somebody whom the address does not tell, for example a person who has signed in."""
        now = int(time.time())
        window, past = divmod(now, self.seconds)
        source = hashlib.blake2b(who.encode(), digest_size=12).hexdigest()
        key = f"limit:{self.name}:{window}:{source}"
        try:
            # Two at the same moment may count as one: a limit need not be exact, and no lock is waited for.
            count = cache.get(key, 0) + 1
            if count > self.most:
                return self.seconds - past
            cache.set(key, count, timeout=self.seconds)
        except Exception as error:
            # Each kind of cache has errors of its own. Without one nobody is counted, and everybody is answered.
            logger.warning("The cache does not answer (%s): nothing is limited.", type(error).__name__)
        return 0


def network_of(request: HttpRequest) -> str:
    """Whom to count: the network address, "" where it cannot be told. It is to be kept as a digest alone."""
    try:
        address = get_ip(request)
        # One household or phone has all the addresses of a /64.
        return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except (PermissionDenied, ValueError):
        return ""
