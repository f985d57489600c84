"""What a person's name may look like."""

import pytest
from django.core.exceptions import ValidationError

from courses.accounts.names import tidy_name


@pytest.mark.parametrize(
    "name",
    ["Ann \U0001fae8", "Ann \U0001fadf", "Ann \U0003fffd", "Зоя", "安倍 晋三", "O’Neil-Łukasz"],
)
def test_names_of_people_are_names_even_with_the_newest_emoji(name: str):
    assert tidy_name(f" {name}  ") == name


@pytest.mark.parametrize(
    "name",
    ["a\x00b", "a\x1bb", "a\u202eb", "\ue000", "\ufdd0", "\uffff", "\U0001fffe"],
)
def test_characters_that_no_name_needs_are_refused(name: str):
    with pytest.raises(ValidationError):
        tidy_name(name)
