"""Pictures: known by their content, harmless, and served as nothing but pictures."""

import struct

import pytest

from courses.common.errors import NotFound
from courses.content.domain.pictures import examine_picture
from courses.content.domain.vector import PictureRefused
from courses.content.media import media_response, open_media
from courses.content.models import MediaFile
from courses.content.services import MediaRefused, check_media, save_media, save_media_files
from tests.factories.content import SAVED_AT, SVG, make_picture

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x06\0\0\0"
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640) + b"\0" * 9
WEBP = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x7f\x02\0" + b"\xdf\x01\0"


def svg(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NS} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("name", "content", "content_type", "size"),
    [
        ("a.svg", svg("<g/>", 'viewBox="0 0 560 416.4"'), "image/svg+xml", (560, 416)),
        ("a.svg", svg("<g/>", 'width="40px" height="20"'), "image/svg+xml", (40, 20)),
        ("a.svg", svg("<g/>"), "image/svg+xml", (0, 0)),
        ("a.png", PNG, "image/png", (640, 480)),
        ("a.jpg", JPEG, "image/jpeg", (640, 480)),
        ("a.jpeg", JPEG, "image/jpeg", (640, 480)),
        ("a.webp", WEBP, "image/webp", (640, 480)),
    ],
)
def test_a_picture_is_recognised_and_measured(name, content, content_type, size):
    facts = examine_picture(name, content)

    assert (facts.content_type, (facts.width, facts.height)) == (content_type, size)


def test_a_drawing_may_use_styles_gradients_and_its_own_parts():
    drawing = svg(
        "<title>t</title><desc>d</desc><defs><linearGradient id='g'><stop offset='0'/>"
        "</linearGradient><path id='p' d='M0 0'/></defs>"
        "<style>path { fill: url(#g); } @media (prefers-color-scheme: dark) { path { fill: red } }"
        "</style><use xlink:href='#p'/><use href='#p' style='fill: url(\"#g\")'/>"
        "<text xml:space='preserve' font-family='serif'>a</text>"
    )

    assert check_media("a.svg", drawing).content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "content",
    [
        svg("<script>alert(1)</script>"),
        svg("<script xlink:href='https://evil.example/x.js'/>"),
        svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
        svg("<g onclick='alert(1)'/>"),
        svg("<g ONLOAD='alert(1)'/>"),
        svg("", "onload='alert(1)'"),
        svg("<a href='javascript:alert(1)'><path/></a>"),
        svg("<a href='#x'/>"),
        svg("<image href='https://evil.example/pixel.png'/>"),
        svg("<image href='data:image/png;base64,AA=='/>"),
        svg("<use href='https://evil.example/x.svg#p'/>"),
        svg("<use xlink:href='other.svg#p'/>"),
        svg("<use href=' javascript:alert(1)'/>"),
        svg("<path fill='url(https://evil.example/x.svg#p)'/>"),
        svg("<path style='fill: url(//evil.example)'/>"),
        svg("<path style='fill: u\\72l(//evil.example)'/>"),
        svg("<style>@import 'https://evil.example/x.css';</style>"),
        svg("<style>path { background: url(data:image/png;base64,AA==) }</style>"),
        svg("<style>path { fill: url(#g), url(//evil.example) }</style>"),
        svg("<animate attributeName='href' to='javascript:alert(1)'/>"),
        svg("<set attributeName='onclick' to='alert(1)'/>"),
        svg("<handler>alert(1)</handler>"),
        svg("<iframe/>"),
        svg("<metadata/>"),
        svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>"),
        svg("<g evil:onclick='x' xmlns:evil='urn:evil'/>"),
        svg("<g>" * 60 + "</g>" * 60),
        svg("<g/>" * 20_001),
        b"<?xml-stylesheet href='https://evil.example/x.css'?>" + SVG,
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG,
        b"<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>" + SVG,
        b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>" + SVG,
        b"<html><body onload='alert(1)'/></html>",
        b"<svg><g></svg>",
        b"<svg/>",
        b"",
        b"\xff\xfe<\0s\0v\0g\0",
        svg("<title>" + "x" * 1_000_001 + "</title>"),
    ],
)
def test_what_may_run_or_fetch_is_refused_with_a_sentence(content):
    with pytest.raises(MediaRefused) as refused:
        check_media("a.svg", content)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", SVG),
        ("a.svg", PNG),
        ("a.jpg", PNG),
        ("a.gif", b"GIF89a"),
        ("a.html", b"<html>"),
        ("svg", SVG),
        ("a.png", PNG[:20]),
        ("a.jpg", JPEG[:8]),
        ("a.webp", WEBP[:26]),
        ("a.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 20_000, 1)),
        ("a.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 0, 10)),
        ("a.png", PNG + b"\0" * 4_000_000),
        ("a.svg", svg("", f'width="{"9" * 400}" height="1"')),
        ("a.svg", svg("", 'viewBox="0 0 1e999 1"')),
        ("a.svg", svg("", 'viewBox="0 0 -5 -5"')),
        ("a.svg", svg("", 'viewBox="0 0 10 0"')),
        ("a.svg", svg("", 'width="10001" height="1"')),
    ],
)
def test_what_is_not_the_picture_its_name_says_is_refused(name, content):
    with pytest.raises(PictureRefused):
        examine_picture(name, content)


@pytest.fixture(autouse=True)
def _media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_picture_is_stored_under_a_generated_name(course):
    picture = make_picture(course, "map.svg")

    assert picture.file.name.startswith("course-media/")
    assert "map" not in picture.file.name
    assert (picture.width, picture.height) == (40, 20)


def test_the_same_picture_is_not_stored_twice(course):
    picture = make_picture(course)

    kind = save_media(course, "map.svg", SVG, now=SAVED_AT, known=picture)

    assert kind == "unchanged"
    assert MediaFile.objects.get(course=course).file.name == picture.file.name


def test_new_content_is_a_new_file(course):
    old = make_picture(course)

    save_media(course, "map.svg", svg("<g/>"), now=SAVED_AT, known=old)

    assert old.file.storage.exists(old.file.name)
    assert MediaFile.objects.get(course=course).digest


def test_missing_pictures_are_archived_and_come_back(course):
    save_media_files(course, {"a.svg": SVG, "b.svg": SVG}, now=SAVED_AT)

    gone = save_media_files(course, {"a.svg": SVG}, now=SAVED_AT)
    back = save_media_files(course, {"a.svg": SVG, "b.svg": SVG}, now=SAVED_AT)

    assert gone.archived == ["b.svg"]
    assert back.restored == ["b.svg"]
    assert not save_media_files(course, {"a.svg": SVG, "b.svg": SVG}, now=SAVED_AT)


def test_a_picture_is_served_as_a_picture_and_nothing_else(course, student):
    make_picture(course)

    response = media_response(open_media(student, course.slug, "map.svg"))

    assert b"".join(response) == SVG
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_who_has_the_picture_gets_no_second_copy(course, student):
    media = open_media(student, course.slug, make_picture(course).name)

    response = media_response(media, if_none_match=f'"{media.digest}"')

    assert response.status_code == 304


def test_pictures_of_a_closed_course_are_for_its_members(course, other_student, stranger):
    make_picture(course)

    for person in (other_student, stranger):
        with pytest.raises(NotFound):
            open_media(person, course.slug, "map.svg")


def test_an_archived_picture_is_gone(course, student):
    make_picture(course)
    save_media_files(course, {}, now=SAVED_AT)

    with pytest.raises(NotFound):
        open_media(student, course.slug, "map.svg")


def test_a_picture_without_its_file_is_not_found(course, student):
    picture = make_picture(course)
    picture.file.storage.delete(picture.file.name)

    with pytest.raises(NotFound):
        media_response(picture)
