"""Sentences of the API framework that its own Japanese lacks, so that ours has them.

Our catalogues are asked before those of libraries. Nothing here is called by its name.
"""

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES = (
    gettext_lazy("Invalid input."),
    ngettext_lazy(
        "Expected available in {wait} second.", "Expected available in {wait} seconds.", "wait"
    ),
)
