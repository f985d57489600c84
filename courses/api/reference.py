"""The OpenAPI document as rows that a page can show: operations by subject, and shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Type:
    """A type in words; `shape` names the one that `before` and `after` stand around, if any."""

    before: str = ""
    shape: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a shape; `place` is where a parameter stands."""

    name: str
    type: Type
    required: bool
    description: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back under a status, and what it means."""

    status: str
    type: Type | None
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    summary: str
    parameters: list[Field]
    body: Type | None
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON object with its fields."""

    name: str
    description: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Reference:
    """All operations, by subject, and the shapes they name."""

    subjects: dict[str, list[Operation]]
    shapes: list[Shape]


def read_document(document: Mapping[str, Any]) -> Reference:
    """Return what is in an OpenAPI document, in its order."""
    subjects: dict[str, list[Operation]] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                subject = item[method].get("tags", ["api"])[0]
                subjects.setdefault(subject, []).append(_operation(path, method, item[method]))
    shapes = [_shape(name, each) for name, each in document["components"]["schemas"].items()]
    return Reference(subjects, shapes)


def _operation(path: str, method: str, described: Mapping[str, Any]) -> Operation:
    parameters = [
        Field(
            name=each["name"],
            type=type_of(each.get("schema", {})),
            required=each.get("required", False),
            description=each.get("description", ""),
            place=_places().get(each["in"], each["in"]),
        )
        for each in described.get("parameters", ())
    ]
    answers = [
        Answer(str(status), _content(answer), answer.get("description") or _("As asked."))
        for status, answer in described["responses"].items()
    ]
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described.get("summary", ""),
        parameters=parameters,
        body=_content(described.get("requestBody", {})),
        answers=answers,
    )


def _places() -> dict[str, str]:
    return {"path": _("in the path"), "query": _("in the query"), "header": _("a header")}


def _content(described: Mapping[str, Any]) -> Type | None:
    for content in described.get("content", {}).values():
        return type_of(content.get("schema", {}))
    return None


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    required = schema.get("required", ())
    fields = [
        Field(key, type_of(each), key in required, each.get("description", ""))
        for key, each in schema.get("properties", {}).items()
    ]
    # A choice has no fields: its type is all there is to say.
    words = schema.get("description", "") if fields else type_of(schema).before
    return Shape(name, words, fields)


def type_of(schema: Mapping[str, Any]) -> Type:
    """Return the type that a schema describes, in words."""
    if "$ref" in schema:
        return Type(shape=schema["$ref"].rpartition("/")[2])
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return _one_of(schema[several])
    if "enum" in schema:
        values = [_("null") if each is None else f"“{each}”" for each in schema["enum"]]
        return Type(before=_(" or ").join(values))
    kinds = schema.get("type", _("anything"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "array" in kinds:
        inner = type_of(schema.get("items", {}))
        return Type(_("list of %(what)s") % {"what": inner.before}, inner.shape, inner.after)
    words = _(" or ").join(kinds)
    return Type(before=f"{words} ({schema['format']})" if "format" in schema else words)


def _one_of(schemas: list[Mapping[str, Any]]) -> Type:
    first, *rest = (type_of(each) for each in schemas)
    after = "".join(_(" or ") + (each.shape or each.before) for each in rest)
    return Type(first.before, first.shape, first.after + after)
