"""The lists of the administration fit a laptop's window."""

import pytest

from courses.common.clock import now
from courses.common.models import Job
from tests.factories.accounts import make_user

WIDER = """() => {
    const results = document.querySelector("#changelist .results");
    return results.scrollWidth > results.clientWidth;
}"""


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("name", ["accounts/user", "common/job"])
def test_a_list_needs_no_scrolling_sideways(new_page, name):
    long = "somebody.with.a.long.address@department.university.example.org"
    person = make_user(long, display_name="Somebody with quite a long name indeed")
    Job.objects.create(
        kind="plan_day", slot=f"{person.pk}:2026-11-22", state="dead", attempts=8, due_at=now(),
        created_at=now(), last_error="ValueError: " + "words about what went wrong " * 10,
    )  # fmt: skip
    page = new_page(user=make_user("administrator@example.org", is_staff=True))
    page.set_viewport_size({"width": 1280, "height": 800})

    assert page.goto(f"/administration/{name}/").status == 200

    assert not page.evaluate(WIDER)
    assert page.console.complaints == []
