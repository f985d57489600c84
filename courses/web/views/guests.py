"""What visitors without an account may do with what is kept of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.assessment.services import forget_guest
from courses.web import guests


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete what was answered in this browser without an account, and its cookie."""
    guest = guests.guest_of(request)
    if guest:
        forget_guest(guest)
        guests.settle(request)
        messages.success(request, _("The answers that this browser kept are deleted."))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "web:start"
    return redirect(back)
