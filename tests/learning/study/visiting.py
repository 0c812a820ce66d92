"""How tests open pages: as somebody, and as the words and tags that they get."""

from django.test import Client

from accounts.models import User


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.headers
    return " ".join(response.content.decode().replace("\N{SOFT HYPHEN}", "").split())
