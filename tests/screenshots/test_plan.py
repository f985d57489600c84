"""Which pictures there are, and what they are called."""

from tests.screenshots.plan import LANGUAGES, PAGES, Shot, missing, shots


def test_every_page_is_taken_in_every_size_scheme_and_language():
    names = [shot.name for language in LANGUAGES for shot in shots(language)]

    assert len(names) == len(set(names)) == len(PAGES) * 8
    assert "review-feedback-390-dark-ja.png" in names


def test_a_page_that_does_not_exist_is_missed_by_name():
    paths = dict.fromkeys((page for page in PAGES if page != "timeline"), "/")

    assert missing(paths) == ["timeline"]


def test_a_class_is_looked_at_by_its_teacher_and_the_door_by_nobody():
    people = [Shot(page, 390, "light", "en").person for page in ("class", "sign-in", "review")]

    assert people == ["teacher", None, "student"]


def test_the_feedback_is_a_state_of_the_review_page():
    assert Shot("review-feedback", 390, "light", "en").place == "review"
