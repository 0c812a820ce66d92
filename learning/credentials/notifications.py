"""What owners are told of their certificates."""

from typing import Any

from learning.credentials.models import Certificate

ISSUED, REISSUED, REVOKED = "credentials.issued", "credentials.reissued", "credentials.revoked"


def tell(certificate: Certificate, kind: str, **facts: Any) -> None:
    """Told in the transaction of the act."""
