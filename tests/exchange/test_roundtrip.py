"""Whatever a course holds, its folder says exactly that: as files and through the database."""

import itertools

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.enrollment.models import Course
from courses.exchange.domain.comments import comments_of
from courses.exchange.domain.nodes import read_yaml, value_of
from courses.exchange.domain.records import CourseContent, render_folder
from courses.exchange.domain.scalars import read_plain, write_scalar
from courses.exchange.domain.writing import write_mapping, write_records
from courses.exchange.folder import read_folder, write_folder
from courses.exchange.parsing import parse_folder
from courses.exchange.services import export_course_folder, import_course_folder
from tests.exchange.folders import FILES
from tests.exchange.strategies import comments, contents, numbers, text
from tests.factories.content import SAVED_AT

pytestmark = pytest.mark.fuzz
_numbers = itertools.count(1)
# a whole course is many draws; `make fuzz` multiplies all of these
FEW = max(1, settings().max_examples // 5)


def reread(files: dict[str, bytes]) -> CourseContent:
    parsed = parse_folder(files, [])
    assert parsed.mistakes == []
    return parsed.content


@settings(max_examples=FEW)
@given(contents())
def test_a_rendered_course_reads_back_as_it_was(content):
    assert reread(render_folder(content, {})) == content


@settings(max_examples=FEW)
@given(contents())
def test_what_is_rendered_is_canonical(content):
    files = render_folder(content, {})
    parsed = parse_folder(files, [])

    assert render_folder(parsed.content, parsed.notes) == files


@pytest.mark.django_db
@settings(max_examples=FEW)
@given(content=contents())
def test_a_random_course_survives_the_database(content, tmp_path_factory, settings):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    first, second = (tmp_path_factory.mktemp(name) / "course" for name in ("first", "second"))
    files = render_folder(content, {})
    Course.objects.filter(slug=content.facts.slug).update(slug=f"older-{next(_numbers)}")
    write_folder(first, files)

    import_course_folder(first, now=SAVED_AT)
    export_course_folder(Course.objects.get(slug=content.facts.slug), second)

    assert read_folder(second, []) == files
    assert not import_course_folder(second, now=SAVED_AT).changed


@given(st.lists(st.fixed_dictionaries({"a": text, "b": st.lists(text), "c": numbers}), max_size=3))
def test_any_text_and_number_reads_back(records):
    written = write_records(records, {})
    mistakes = []

    document = read_yaml(written, file="f", mistakes=mistakes)

    assert mistakes == []
    assert value_of(document.root, file="f", mistakes=mistakes) == records


@given(text, st.booleans())
def test_what_is_written_plain_is_read_as_text(value, in_flow):
    written = write_scalar(value, in_flow=in_flow)

    if not written.startswith('"'):
        assert read_plain(written) == value


@given(st.data())
def test_comments_survive_wherever_they_stand(data):
    """Put comments between and behind the lines of a canonical file; none may be lost."""
    name = data.draw(st.sampled_from([file for file in FILES if file.endswith(".yaml")]))
    lines = FILES[name].rstrip("\n").split("\n")
    added = []
    changed: list[str] = []
    folded = False
    for line in lines:
        folded = line.endswith(">-") or (folded and line.startswith("    "))
        if not folded and data.draw(st.integers(0, 6)) == 0:
            comment = data.draw(comments)
            changed.append(" " * data.draw(st.integers(0, 6)) + comment)
            added.append(comment)
        if line and "#" not in line and not folded and data.draw(st.integers(0, 6)) == 0:
            comment = data.draw(comments)
            line = f"{line} {comment}"
            added.append(comment)
        changed.append(line)

    once = rewritten(name, "\n".join(changed) + "\n")

    found = [line[line.index("#") :] for line in once.split("\n") if "#" in line]
    ours = [line[line.index("#") :] for line in lines if "#" in line]
    assert sorted(found) == sorted(ours + added)
    assert rewritten(name, once) == once


def rewritten(name: str, written: str) -> str:
    document = read_yaml(written, file=name, mistakes=[])
    value = value_of(document.root, file=name, mistakes=[])
    notes = comments_of(written, document)
    if isinstance(value, list):
        return write_records(value, notes)
    return write_mapping(value, notes)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(written):
    mistakes = []
    document = read_yaml(written, file="f", mistakes=mistakes)

    assert (document is None) == bool(mistakes) or document is not None


@given(st.dictionaries(st.sampled_from(sorted(FILES)), st.binary(max_size=200), max_size=3))
def test_any_bytes_in_a_folder_are_read_or_named_as_mistakes(changes):
    files = {name: content.encode() for name, content in FILES.items()} | changes

    with translation.override("en"):
        parsed = parse_folder(files, [])

    if not parsed.mistakes:
        assert reread(render_folder(parsed.content, parsed.notes)) == parsed.content
    assert all(mistake.sentence for mistake in parsed.mistakes)
