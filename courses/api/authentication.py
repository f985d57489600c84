"""Who is calling: the session of a page, or a personal token of a program."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from courses.accounts.models import User
from courses.api.models import PersonalToken
from courses.api.throttling import CallsPerMinute
from courses.api.tokens import find_token
from courses.common import clock


class PersonalTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer qs_...`. Who shows a token is never taken for the session's owner."""

    def authenticate(self, request: Request) -> tuple[User, PersonalToken] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        scheme, _space, key = header.partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = find_token(key.strip(), now=clock.now())
        if token is None:
            # A refusal here comes before the view's throttle: keys are not tried for free.
            throttle = CallsPerMinute()
            if not throttle.allow_stranger(request._request):
                raise Throttled(throttle.wait())
            raise AuthenticationFailed(
                _("This token is unknown, revoked or over."), code="token_invalid"
            )
        # The middleware that does this for sessions ran before anyone read the token.
        translation.activate(token.user.language)
        return token.user, token

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="api"'
