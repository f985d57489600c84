"""Who is asking, where a view is for those who are signed in."""

from django.http import HttpRequest

from courses.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person signed in; for views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user
