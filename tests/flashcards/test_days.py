"""Local days in twenty zones over 2026 and 2027, against a scan of every quarter of an hour."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from courses.common.days import day_start, local_day

ZONES = [
    "Asia/Tokyo",
    "Asia/Vladivostok",
    "Europe/Moscow",
    "Europe/Kyiv",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",  # its summer time is "standard", its winter time negative
    "America/New_York",
    "America/St_Johns",  # half an hour
    "America/Sao_Paulo",
    "America/Santiago",  # changes at midnight
    "America/Havana",  # changes at midnight
    "America/Asuncion",
    "Africa/Cairo",  # changes at midnight, on a Friday
    "Africa/Casablanca",  # by Ramadan
    "Asia/Beirut",  # changes at midnight
    "Asia/Jerusalem",
    "Asia/Kathmandu",  # three quarters of an hour
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Chatham",
]
ROLLOVERS = [0, 2, 3, 4]
QUARTER = timedelta(minutes=15)
FIRST, LAST = datetime(2025, 12, 30, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC)


def scan(zone_name: str) -> dict[int, dict[date, datetime]]:
    """Return, by rollover hour, the first quarter of an hour of each local day.

    The rule in its plainest form: before the rollover hour it is still yesterday.
    """
    zone, found = ZoneInfo(zone_name), {hour: {} for hour in ROLLOVERS}
    moment = FIRST
    while moment < LAST:
        wall = moment.astimezone(zone)
        today = wall.date()
        yesterday = today - timedelta(days=1)
        for hour in ROLLOVERS:
            found[hour].setdefault(yesterday if wall.hour < hour else today, moment)
        moment += QUARTER
    return found


def days() -> list[date]:
    return [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_starts_where_the_scan_finds_it(zone):
    for rollover_hour, found in scan(zone).items():
        for day in days():
            start = day_start(day, zone=zone, rollover_hour=rollover_hour)
            assert start == found[day], (rollover_hour, day, start, found[day])


@pytest.mark.parametrize("zone", ZONES)
def test_the_first_moment_of_a_day_is_in_it_and_the_one_before_is_not(zone):
    for rollover_hour in ROLLOVERS:
        for day in days():
            start = day_start(day, zone=zone, rollover_hour=rollover_hour)
            rules = {"zone": zone, "rollover_hour": rollover_hour}
            assert local_day(start, **rules) == day
            assert local_day(start - timedelta(microseconds=1), **rules) < day


@pytest.mark.parametrize("zone", ZONES)
def test_days_follow_one_another_about_a_day_apart(zone):
    for rollover_hour in ROLLOVERS:
        begun = [day_start(day, zone=zone, rollover_hour=rollover_hour) for day in days()]
        lengths = [later - earlier for earlier, later in pairwise(begun)]
        assert min(lengths) >= timedelta(hours=23)
        assert max(lengths) <= timedelta(hours=25)
