"""Markdown with directives, rendered, sanitised and cached."""

from courses.content.rendering.checking import MAX_BYTES, Outline, check_lesson, lesson_outline
from courses.content.rendering.inline import render_inline
from courses.content.rendering.lesson import (
    RENDERER_VERSION,
    Heading,
    HtmlPart,
    Picture,
    QuestionPart,
    RenderedLesson,
    render_body,
    render_lesson,
)
from courses.content.rendering.parser import typeset
from courses.content.rendering.problems import Problem

__all__ = [
    "MAX_BYTES",
    "RENDERER_VERSION",
    "Heading",
    "HtmlPart",
    "Outline",
    "Picture",
    "Problem",
    "QuestionPart",
    "RenderedLesson",
    "check_lesson",
    "lesson_outline",
    "render_body",
    "render_inline",
    "render_lesson",
    "typeset",
]
