"""The domain's sentences in the reader's language."""

from django.utils.translation import gettext

from courses.assessment.domain.messages import Message


def sentence(message: Message) -> str:
    """Return a sentence of the domain in the active language."""
    return gettext(message.template) % dict(message.params)
