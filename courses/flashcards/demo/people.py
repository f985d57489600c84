"""Who is in the demo class: names, places, habits and gifts, all invented."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from courses.enrollment.demo import STUDENT_EMAIL

DAYS: Final = 21
_ADDRESS: Final = "{}@class.quizsite.example"

# Whether somebody of this habit sits down on day `number` (0 is the first) of that weekday.
Habit = Callable[[int, int, Random], bool]


def _often(chance: float, *, begins: int = 0, ends: int = DAYS) -> Habit:
    return lambda number, _weekday, rng: begins <= number <= ends and rng.random() < chance


def _weekends(_number: int, weekday: int, rng: Random) -> bool:
    return weekday >= 5 and rng.random() < 0.95


def _in_bursts(number: int, _weekday: int, rng: Random) -> bool:
    return number in (2, 3, 10, 18, 19, 20) and rng.random() < 0.97


def _never(_number: int, _weekday: int, _rng: Random) -> bool:
    return False


DAILY, STEADY, NOW_AND_THEN = _often(0.94), _often(0.74), _often(0.42)
DRIFTING, LATE, BRIEF = _often(0.85, ends=8), _often(0.88, begins=12), _often(1.0, ends=1)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the class.

    `ability` runs from -1 to 1, `pace` multiplies the time an answer takes. `weak` counts
    the topics (in their order, round and round) that go badly. `hour` is the local hour at
    which they sit down; `lessons` is the chance that they read on when they do.
    """

    name: str
    address: str
    habit: Habit
    ability: float = 0.0
    pace: float = 1.0
    minutes: int = 15
    new_per_day: int = 10
    hour: int = 19
    lessons: float = 0.6
    quizzes: float = 0.7
    weak: tuple[int, ...] = ()
    zone: str = ""
    language: str = "en"
    stops_before_today: bool = False
    unread_lessons: int = 0

    @property
    def email(self) -> str:
        return self.address if "@" in self.address else _ADDRESS.format(self.address)


MEMBERS: Final = (
    Member(
        "Demo student", STUDENT_EMAIL, STEADY, 0.1, 1.0, minutes=18, hour=18, lessons=0.62,
        quizzes=0.75, weak=(1, 4), stops_before_today=True, unread_lessons=3,
    ),
    Member("Aiko Tanaka", "aiko.tanaka", DAILY, 0.7, 0.85, minutes=20, hour=7, weak=(5,)),
    Member("Siobhán O’Connor", "siobhan.oconnor", STEADY, 0.5, 0.9, hour=20, weak=(2,),
           zone="Europe/Dublin"),
    Member("Михаил Соколов", "mikhail.sokolov", DAILY, 0.4, 1.1, minutes=25, hour=21, weak=(3, 6),
           zone="Europe/Riga"),
    Member("Chinwe Okafor", "chinwe.okafor", _weekends, 0.6, 0.95, minutes=45, new_per_day=25,
           hour=10, lessons=0.9, weak=(0,), zone="Africa/Lagos"),
    Member("佐藤 美咲", "misaki.sato", DAILY, 0.2, 1.25, minutes=20, hour=22, weak=(4,),
           language="ja"),
    Member("Lucas Ferreira da Silva", "lucas.ferreira", _in_bursts, 0.1, 0.7, minutes=70,
           new_per_day=40, hour=15, lessons=0.95, weak=(1, 5), zone="America/Sao_Paulo"),
    Member("Emma Lindqvist", "emma.lindqvist", STEADY, 0.3, 1.0, hour=8, weak=(6,),
           zone="Europe/Stockholm"),
    Member("Mateusz Wójcik", "mateusz.wojcik", DRIFTING, -0.1, 1.1, hour=17, weak=(2, 3),
           zone="Europe/Warsaw"),
    Member("Nguyễn Thị Lan", "lan.nguyen", DAILY, 0.8, 1.0, minutes=25, new_per_day=14, hour=6,
           zone="Asia/Ho_Chi_Minh"),
    Member("Jean-Baptiste Moreau", "jb.moreau", NOW_AND_THEN, -0.2, 1.2, hour=13, weak=(0, 4),
           zone="Europe/Paris"),
    Member("Олена Шевченко", "olena.shevchenko", STEADY, 0.6, 0.9, minutes=20, hour=19,
           zone="Europe/Kyiv"),
    Member("Fatima al-Hashimi", "fatima.alhashimi", LATE, 0.5, 0.85, minutes=30, new_per_day=20,
           hour=16, lessons=0.9, weak=(5,), zone="Asia/Dubai"),
    Member("William Whitfield-Nakamura", "w.whitfield", NOW_AND_THEN, -0.5, 1.4, minutes=10,
           hour=23, lessons=0.45, weak=(1, 2, 6), zone="Europe/London"),
    Member("Kim Min-jun", "minjun.kim", DAILY, 0.3, 0.75, minutes=12, hour=12, weak=(3,),
           zone="Asia/Seoul"),
    Member("Wanjiru Kamau", "wanjiru.kamau", STEADY, 0.2, 1.05, hour=18, weak=(4,),
           zone="Africa/Nairobi"),
    Member("İrem Yılmaz", "irem.yilmaz", DRIFTING, 0.3, 0.9, hour=20, weak=(0,),
           zone="Europe/Istanbul"),
    Member("Diego Hernández", "diego.hernandez", _weekends, -0.1, 1.0, minutes=40, new_per_day=20,
           hour=11, lessons=0.8, weak=(5, 6), zone="America/Mexico_City"),
    Member("Priya Raghunathan", "priya.raghunathan", DAILY, 0.6, 0.9, minutes=15, hour=21,
           weak=(2,), zone="Asia/Kolkata"),
    Member("高橋 健太", "kenta.takahashi", NOW_AND_THEN, 0.0, 1.1, hour=23, weak=(1,),
           language="ja"),
    Member("Zoë van der Meer", "zoe.vandermeer", STEADY, -0.3, 1.3, minutes=20, hour=9, weak=(3, 4),
           zone="Europe/Amsterdam"),
    Member("Tane Ngata", "tane.ngata", LATE, -0.2, 1.0, minutes=25, new_per_day=15, hour=19,
           lessons=0.8, weak=(0, 6), zone="Pacific/Auckland"),
    Member("Grace D’Souza", "grace.dsouza", BRIEF, 0.0, 1.0, hour=14, weak=(2,), lessons=1.0,
           zone="Asia/Kolkata"),
    Member("Noah Rosenberg", "noah.rosenberg", _never, zone="America/New_York"),
)  # fmt: skip
