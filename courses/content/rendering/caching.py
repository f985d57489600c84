"""A small store in this process over the cache that all processes share."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar, cast

from django.core.cache import cache

T = TypeVar("T")
log = logging.getLogger(__name__)


class LayeredCache:
    """Keeps the values last used in this process; asks the shared cache for the others.

    Keys name one immutable thing (a revision, a version of the renderer, a language), so
    that nothing kept is ever out of date. The shared cache may be gone: then values are
    made again, and nobody waits for it twice within one call.
    """

    def __init__(self, *, size: int, seconds: int) -> None:
        self._size = size
        self._seconds = seconds
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def get_or_make(self, key: str, make: Callable[[], T]) -> T:
        """Return what is kept under `key`, making and keeping it if nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        value = self._shared(key, make)
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value

    def forget(self) -> None:
        """Empty the store of this process."""
        with self._lock:
            self._kept.clear()

    def _shared(self, key: str, make: Callable[[], T]) -> T:
        try:
            found = cache.get(key)
        except Exception:  # whatever ails the cache, a lesson can still be rendered and read
            log.warning("cache_unreachable", exc_info=True)
            return make()
        if found is not None:
            return cast(T, found)
        value = make()
        try:
            cache.set(key, value, self._seconds)
        except Exception:  # as above
            log.warning("cache_unreachable", exc_info=True)
        return value
