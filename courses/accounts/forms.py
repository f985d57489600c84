"""Forms about the person."""

from allauth.account.forms import SignupForm as BaseSignupForm


class SignupForm(BaseSignupForm):
    """Asks for what allauth asks for."""
