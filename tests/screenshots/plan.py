"""Which pictures are taken, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

PAGES = (
    "start",
    "course",
    "lesson",
    "claim",
    "review",
    "review-feedback",
    "quiz",
    "results",
    "progress",
    "card",
    "glossary",
    "timeline",
    "class",
    "sign-in",
)
SIZES = {390: 844, 1280: 800}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "ja")
TEACHERS, VISITORS = {"class"}, {"sign-in"}
# Where the page is that a picture shows in another state.
STATE_OF = {"review-feedback": "review"}


@dataclass(frozen=True)
class Shot:
    """One picture of one page."""

    page: str
    width: int
    scheme: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.page}-{self.width}-{self.scheme}-{self.language}.png"

    @property
    def place(self) -> str:
        """The name of the page that has to be opened."""
        return STATE_OF.get(self.page, self.page)

    @property
    def person(self) -> str | None:
        """Who looks: the demo student, the demo teacher, or nobody in particular."""
        if self.page in VISITORS:
            return None
        return "teacher" if self.page in TEACHERS else "student"


def shots(language: str) -> Iterator[Shot]:
    """Yield every picture of a language, those of one browser window after each other."""
    for width, scheme in product(SIZES, SCHEMES):
        for page in PAGES:
            yield Shot(page, width, scheme, language)


def missing(paths: dict[str, str]) -> list[str]:
    """Return the pages that are to be pictured and that the site does not have."""
    return [page for page in PAGES if STATE_OF.get(page, page) not in paths]
