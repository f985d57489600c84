"""What one test leaves in the cache, a rate limit for example, does not reach the next."""

import pytest
from django.core.cache import cache


@pytest.mark.django_db
@pytest.mark.parametrize("_number", [1, 2])
def test_a_marked_test_finds_the_cache_empty(_number: int):
    assert cache.get("left-behind") is None
    cache.set("left-behind", "something")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("_number", [1, 2])
def test_a_test_with_the_fixture_finds_the_cache_empty(_number: int):
    assert cache.get("left-behind") is None
    cache.set("left-behind", "something")
