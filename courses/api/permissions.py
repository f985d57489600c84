"""What must hold before a view of the API runs. Who may do what in a course is decided below.

Every view states one of these; one that states none refuses everybody.
"""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from courses.api.models import PersonalToken


class DenyUnlessStated(BasePermission):
    """The default: a view that nobody thought about is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class Anyone(BasePermission):
    """Also without signing in; a token must have the scope of the view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return _in_scope(request, view)


class SignedIn(BasePermission):
    """A session, or a token with the scope of the view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.is_authenticated) and _in_scope(request, view)


class SessionOnly(BasePermission):
    """Signed in on the site: a token must not make or see tokens."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.is_authenticated) and request.auth is None


def _in_scope(request: Request, view: Any) -> bool:
    token = request.auth
    return not isinstance(token, PersonalToken) or view.scope in token.scopes
