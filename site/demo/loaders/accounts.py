"""The demonstration accounts: one for each role, one password for all, none of them outside a demonstration."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from accounts.models import DEMO_DOMAIN, User
from accounts.roles import Role
from network.organisations.models import Organisation

# The organisation whose page the partner coordinator keeps.
PARTNER_PAGE = "kohtaamispaikka-saimi"


@dataclass(frozen=True)
class Account:
    name: str
    title: str
    role: Role | None = None
    organisation: str = ""


ACCOUNTS = [
    Account("opiskelija", "Opiskelija", organisation="xamk"),
    Account("kirjoittaja", "Kirjoittaja"),
    Account("toimittaja", "Toimittaja", Role.EDITOR),
    Account("opettaja", "Opettaja", Role.TEACHER),
    Account("valmentaja", "Valmentaja", Role.TEACHER),
    Account("kumppani", "Kumppani", Role.PARTNER_COORDINATOR, PARTNER_PAGE),
    Account("koordinaattori", "Koordinaattori", Role.NETWORK_COORDINATOR),
    Account("yllapito", "Ylläpito", Role.ADMINISTRATOR),
]


def password() -> str:
    """DEMO_PASSWORD, or one made up and kept in the data folder, readable by its owner alone."""
    given = os.environ.get("DEMO_PASSWORD", "").strip()
    if given:
        return given
    path = Path(settings.DATA_DIR) / "demo_password"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(9) + "\n")
    return path.read_text().strip()


def account_of(name: str) -> User:
    return User.objects.get(email=f"{name}@{DEMO_DOMAIN}")


def load() -> None:
    """Make the accounts; where they exist, see that the password is the present one."""
    secret = password()
    for account in ACCOUNTS:
        user = User.objects.filter(email=f"{account.name}@{DEMO_DOMAIN}").first()
        if user is None:
            user = User.objects.create_user(
                f"{account.name}@{DEMO_DOMAIN}", secret, first_name="Demo", last_name=account.title
            )
        elif not user.check_password(secret):
            user.set_password(secret)
            user.save(update_fields=["password"])
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        if account.role and not user.groups.exists():
            user.groups.add(Group.objects.get(name=account.role.value))


def join_organisations() -> None:
    """Tie the accounts to their organisations, once these exist."""
    for account in ACCOUNTS:
        if account.organisation:
            organisation = Organisation.objects.get(code=account.organisation)
            User.objects.filter(email=f"{account.name}@{DEMO_DOMAIN}", organisation=None).update(
                organisation=organisation
            )
