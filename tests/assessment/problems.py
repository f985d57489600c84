"""Reading the problems that validation names."""

import pytest

from courses.assessment.domain.problems import PayloadInvalid
from courses.assessment.domain.types import get_type


def problems_of(type_name: str, payload: object) -> dict[str, str]:
    """Return the code of each problem by its path."""
    with pytest.raises(PayloadInvalid) as caught:
        get_type(type_name).validate(payload)
    return {problem.path: problem.code for problem in caught.value.problems}
