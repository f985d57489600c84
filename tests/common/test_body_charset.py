"""A form in a charset that decodes to what is no text is refused, not shown or stored."""

import pytest
from django.test import Client

from courses.common.ids import new_id
from tests.factories.harbour import make_harbour

PAGE = "/courses/harbour/lessons/pier/answer/"
_PART = "--X\r\nContent-Disposition: form-data; name={}\r\n\r\n{}\r\n"


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape", "idna", "rot13", "hex"])
def test_a_form_of_a_strange_charset_is_refused(charset: str):
    taught = make_harbour()
    form = {"question": taught.questions["short_text"].pk, "response": new_id()}
    parts = [_PART.format(name, value) for name, value in (form | {"text": "\\ud800"}).items()]

    response = Client(raise_request_exception=False).generic(
        "POST",
        PAGE,
        "".join(parts) + "--X--\r\n",
        content_type=f"multipart/form-data; boundary=X; charset={charset}",
    )

    assert response.status_code == 400
    assert response.content.decode() == "This request could not be read"


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_form_in_utf_8_is_read(charset: str):
    form = "application/x-www-form-urlencoded; charset="

    response = Client().post("/appearance/", "theme=dark", form + charset)

    assert response.status_code == 302
    assert response.cookies["theme"].value == "dark"
