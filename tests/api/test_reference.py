"""The reference: every operation and shape of the document on one page, drawn by the server."""

import re

import pytest
from django.test import Client

from courses.api.reference import Type, read_document, type_of

pytestmark = pytest.mark.django_db


def test_every_operation_and_shape_is_there_with_links_that_lead_somewhere(client: Client):
    document = client.get("/api/v1/schema/?format=json").json()

    page = client.get("/api/v1/reference/").content.decode()

    for path, item in document["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}</code>" in page
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert {f"shape-{name}" for name in document["components"]["schemas"]} <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


def test_an_operation_says_what_it_takes_and_answers(client: Client):
    reference = read_document(client.get("/api/v1/schema/?format=json").json())

    (answer,) = (each for each in reference.subjects["reviews"] if each.path.endswith("/answer"))
    assert [field.name for field in answer.parameters] == ["Idempotency-Key"]
    assert answer.body == Type(shape="AnswerSchema")
    assert answer.answers[0].type == Type(shape="ReviewedSchema")
    assert {each.status for each in answer.answers} >= {"200", "401", "422"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "uuid"}, Type("string (uuid)")),
        ({"type": ["integer", "null"]}, Type("integer or null")),
        ({"$ref": "#/components/schemas/Card"}, Type(shape="Card")),
        ({"type": "array", "items": {"$ref": "#/c/Card"}}, Type("list of ", "Card")),
        ({"oneOf": [{"$ref": "#/c/Card"}, {"type": "null"}]}, Type(shape="Card", after=" or null")),
        ({"enum": ["a", "b", None]}, Type("“a” or “b” or null")),
        ({}, Type("anything")),
    ],
)
def test_a_type_is_said_in_words(schema, words):
    assert type_of(schema) == words
