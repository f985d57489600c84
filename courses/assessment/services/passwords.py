"""The password of a quiz: compared in constant time, and not to be found by trying."""

from datetime import datetime
from uuid import UUID

from django.core.cache import cache
from django.utils.crypto import constant_time_compare

from courses.assessment.errors import TooManyGuesses, WrongPassword
from courses.assessment.models import Quiz

MOST_GUESSES = 10
_WINDOW_SECONDS = 300


def check_password(quiz: Quiz, learner_id: UUID, password: str, *, now: datetime) -> None:
    """Raise unless `password` opens the quiz; a quiz without one is open to all.

    Raises WrongPassword, and TooManyGuesses for whoever was wrong MOST_GUESSES times within
    some minutes. Where nothing can be counted (no cache) nobody gets in, and a RedisError says
    so.
    """
    if not quiz.password:
        return
    window = int(now.timestamp() // _WINDOW_SECONDS)
    # Of the window before too: nobody guesses twice as often where one begins.
    before, key = (f"quiz-guesses:{quiz.pk}:{learner_id}:{one}" for one in (window - 1, window))
    if sum(cache.get_many([before, key]).values()) >= MOST_GUESSES:
        raise TooManyGuesses
    if constant_time_compare(password.strip(), quiz.password):
        return
    if not cache.add(key, 1, timeout=2 * _WINDOW_SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # the cache was emptied between the two
            cache.set(key, 1, timeout=2 * _WINDOW_SECONDS)
    raise WrongPassword
