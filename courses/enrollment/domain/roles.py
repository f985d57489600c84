"""The one table of who may do what in a course."""

from collections.abc import Collection, Mapping
from typing import Final

STUDENT: Final = "student"
ASSISTANT: Final = "assistant"
REVIEWER: Final = "reviewer"
EDITOR: Final = "editor"
OWNER: Final = "owner"
ADMINISTRATOR: Final = "administrator"

MEMBERS: Final = frozenset({STUDENT, ASSISTANT, REVIEWER, EDITOR, OWNER})
# These belong to a section; the others work on the course itself.
SECTION_ROLES: Final = frozenset({STUDENT, ASSISTANT})
# These see a course before it is published.
AUTHORS: Final = frozenset({REVIEWER, EDITOR, OWNER})

# Administrators may everything and therefore stand in no line.
PERMISSIONS: Final[Mapping[str, frozenset[str]]] = {
    # Read published lessons, claims and sources.
    "course.read": MEMBERS,
    # Answer questions, take quizzes, keep cards. Teachers too: they try what they teach.
    "course.study": MEMBERS,
    # See lessons that are not published, as students will see them.
    "lesson.preview": AUTHORS,
    # See questions with their keys, outside of an answer given.
    "question.preview": frozenset({ASSISTANT, REVIEWER, EDITOR, OWNER}),
    # Comment on drafts and say that they are right.
    "course.review": AUTHORS,
    # Change lessons, claims, sources and questions.
    "course.edit": frozenset({EDITOR, OWNER}),
    # Take the course away as a folder of files, keys included.
    "course.export": frozenset({EDITOR, OWNER}),
    # Let students see what was changed.
    "course.publish": frozenset({OWNER}),
    # Change the course's settings, its sections and who belongs to it.
    "course.manage": frozenset({OWNER}),
    # See how each learner stands.
    "learners.see": frozenset({ASSISTANT, OWNER}),
    # Mark open answers, grant a learner more time or other dates.
    "learners.mark": frozenset({ASSISTANT, OWNER}),
    "learners.accommodate": frozenset({ASSISTANT, OWNER}),
    # Carry a changed key through to grades and memories.
    "grades.change": frozenset({OWNER}),
}

# What holds in a published course for anybody if the course is open, signed in or not.
OPEN_TO_ALL: Final = frozenset({"course.read"})
# What an archived course still allows its students and assistants.
ALLOWED_WHEN_ARCHIVED: Final = frozenset({"course.read", "learners.see", "question.preview"})


def roles_with(permission: str) -> frozenset[str]:
    """Return the roles that carry `permission`, administrators aside.

    Raises KeyError for a permission that is not in the table: a misspelt check must
    fail loudly and never let anyone through.
    """
    return PERMISSIONS[permission]


def allows(
    permission: str, roles: Collection[str], *, published: bool, archived: bool, open_: bool
) -> bool:
    """Tell whether someone with `roles` in a course may do `permission` there.

    The course's state is given by `published`, `archived` (neither: a draft) and `open_`
    (readable by anyone). Raises KeyError for an unknown permission.
    """
    carriers = roles_with(permission)
    if ADMINISTRATOR in roles:
        return True
    if published and open_ and permission in OPEN_TO_ALL:
        return True
    held = carriers & frozenset(roles)
    if not published and not (archived and permission in ALLOWED_WHEN_ARCHIVED):
        # Drafts belong to their authors, and so does bringing an archived course back.
        held &= AUTHORS
    return bool(held)
