"""What tests of the login share."""

from accounts.models import AccessEvent

PASSWORD = "a long pass phrase"


def log_in(client, name, password=PASSWORD, door="/login/", **request):
    """Enter name and password where a door leads to; its answer."""
    page = client.get(door)
    form = page["Location"] if page.status_code == 302 else door
    return client.post(form, {"login": name, "password": password}, **request)


def log_of(user) -> list:
    """What happened to a user, the first first."""
    return list(AccessEvent.objects.filter(user=user).order_by("id").values_list("kind", flat=True))
