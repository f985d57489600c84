"""A small course with a question of every type, and who reads it."""

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.web import lesson_page
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import TYPES, Taught, make_harbour


@pytest.fixture(autouse=True)
def _forgotten_pages():
    """Pages are kept by what they were made from; ids repeat in no database but a test's."""
    lesson_page.forget_pages()


@pytest.fixture
def taught(db, request) -> Taught:
    """The course, with questions of the types given by an indirect parameter."""
    return make_harbour(getattr(request, "param", TYPES))


@pytest.fixture
def learner(taught) -> User:
    user = make_user("learner@example.org", display_name="Aiko O'Neil 🦉 Ольга <b>")
    enrol_as(user, taught.course)
    return user


@pytest.fixture
def signed_in(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client
