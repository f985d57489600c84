"""The catalogues are complete, and what checks them finds what is wrong."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format

from courses.flashcards.demo.people import MEMBERS
from quizsite.messages import catalogues, extracting, faults, hard_coded
from quizsite.messages.characters import characters
from quizsite.messages.faults import forms
from tests.architecture.layout import ROOT
from tests.factories.flashcards import NOON

FONTS = ROOT / "courses" / "web" / "static" / "web" / "fonts"


@pytest.fixture(scope="module")
def found() -> Catalog:
    return extracting.extracted()


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_string_is_translated(found: Catalog, language: str):
    assert sorted(faults.faults(language, found)) == []


def test_no_word_is_hard_coded():
    assert list(hard_coded.hard_coded()) == []


def test_the_font_has_every_character_of_the_japanese_interface():
    kept = set((FONTS / "noto-jp-characters.txt").read_text(encoding="utf-8"))

    assert set(characters("ja")) - kept == set(), "make the fonts again: fonts/VENDORED.md"


def test_the_font_has_the_names_of_the_demo_class():
    kept = set((FONTS / "noto-jp-characters.txt").read_text(encoding="utf-8"))
    names = {one for member in MEMBERS for one in member.name if "\u3000" <= one <= "\u9fff"}

    assert names
    assert names <= kept, "make the fonts again: fonts/VENDORED.md"


# --- What finds strings -------------------------------------------------------------------

TEMPLATE = """{% load i18n %}
        {% translate "Plain" %}
    {% translate "Now" context "recall" %}
{% blocktranslate count n=n with a=b trimmed %}
    {{ n }} card of {{ a }}
{% plural %}
    {{ n }} cards of {{ a }}
{% endblocktranslate %}
<a title="{% translate 'Quoted' %}">{{ x|default:_("Other") }}</a>
"""


def source(path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(extracting, "ROOT", path.parents[1])
    monkeypatch.setattr(extracting, "PLACES", [path.parents[0].name])
    return extracting.extracted()


def keys(catalogue: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(one.context, forms(one.id)) for one in catalogue if one.id}


def test_strings_are_found_in_templates(tmp_path, monkeypatch):
    found = source(tmp_path / "templates" / "page.html", TEMPLATE, monkeypatch)

    assert keys(found) == {
        (None, ("Plain",)),
        ("recall", ("Now",)),
        (None, ("%(n)s card of %(a)s", "%(n)s cards of %(a)s")),
        (None, ("Quoted",)),
        (None, ("Other",)),
    }


def test_strings_are_found_in_python(tmp_path, monkeypatch):
    code = '_("One")\npgettext_lazy("here", "Two")\nngettext("%(n)s a", "%(n)s b", n)\nother("x")\n'

    found = source(tmp_path / "code" / "module.py", code, monkeypatch)

    assert keys(found) == {
        (None, ("One",)),
        ("here", ("Two",)),
        (None, ("%(n)s a", "%(n)s b")),
    }


def test_a_string_cannot_have_two_plurals(tmp_path, monkeypatch):
    code = 'ngettext("one", "many", n)\n_("one")\n'

    with pytest.raises(ValueError, match="another plural"):
        source(tmp_path / "code" / "module.py", code, monkeypatch)


# --- What finds faults --------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Return a function that keeps a catalogue of one string, and says what is wrong with it."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)

    def keep(
        asked: str | tuple[str, str], given: str | tuple[str, ...], flags=(), spoil=b""
    ) -> list[str]:
        ours = Catalog(locale="ja", fuzzy=False)
        ours.add(asked)
        theirs = Catalog(locale="ja", fuzzy=False)
        theirs.add(asked, given, flags=flags)
        catalogues.write("ja", theirs)
        if spoil:
            catalogues.compiled_file("ja").write_bytes(spoil)
        return [fault.partition(":")[0] for fault in faults.faults("ja", ours)]

    return keep


def test_a_good_translation_has_no_fault(kept):
    assert kept("Read %(n)s <b>pages</b>", "<b>ページ</b>を%(n)s枚読む") == []
    assert kept(("One card", "%(n)s cards"), ("カード%(n)s枚",)) == []


@pytest.mark.parametrize(
    ("asked", "given", "fault"),
    [
        ("Read", "", "not translated"),
        ("%(n)s left", "残り", "its placeholders differ"),
        ("{n} left", "残り{m}", "its placeholders differ"),
        ("<b>A</b>", "<i>A</i>", "its HTML tags differ"),
        ("<a href='x'>A</a>", "<a href='y'>A</a>", "its HTML tags differ"),
        (" or ", "または", "it begins or ends with other space"),
    ],
)
def test_a_bad_translation_is_named(kept, asked, given, fault):
    assert fault in kept(asked, given)


def test_a_fuzzy_or_stale_catalogue_is_named(kept):
    assert "marked as fuzzy" in kept("Read", "読む", flags=["fuzzy"])
    assert "the compiled catalogue is stale" in kept("Read", "読む", spoil=b"old")


def test_strings_that_come_and_go_are_named(kept):
    kept("Read", "読む")
    new = Catalog(locale="ja", fuzzy=False)
    new.add("Write")

    named = list(faults.faults("ja", new))

    assert named == ["not in the catalogue: 'Write'", "no longer in the source: 'Read'"]


def test_what_is_compiled_is_what_gettext_reads(kept):
    kept(("One card", "%(n)s cards"), ("カード%(n)s枚",))

    compiled = gettext.GNUTranslations(io.BytesIO(catalogues.compiled_file("ja").read_bytes()))

    assert compiled.ngettext("One card", "%(n)s cards", 7) == "カード%(n)s枚"


# --- What finds words that no translator can reach -----------------------------------------


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        '<a title="Go on">{% translate "x" %}</a>',
        "<p>{{ n }} card{{ n|pluralize }}</p>",
        '<p>{{ x|default:"None yet" }}</p>',
        '<input placeholder="Name">',
        '{% if x %}<p aria-label="Words">{% endif %}</p>',
    ],
)
def test_hard_coded_words_of_a_template_are_found(template):
    assert list(hard_coded._of_template(template))


@pytest.mark.parametrize(
    "template",
    [
        '<p>{% translate "Hello" %} · {{ name }}</p>',
        "{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}",
        '<p lang="en">Hello</p>',
        "{# Hello #}{% comment %}Hello{% endcomment %}",
        "{% block body_class %}is-review narrow{% endblock body_class %}",
        "<i class=\"verdict-{{ v|default:'open' }}\"></i>",
        "<kbd>Alt</kbd> <p>API</p>",
    ],
)
def test_what_is_no_hard_coded_word_is_left_alone(template):
    assert list(hard_coded._of_template(template)) == []


def test_hard_coded_sentences_of_a_script_are_found():
    script = 'a.textContent = "Try again";\nb.className = "is-down";\n// Try again\n'

    assert list(hard_coded._of_script(script)) == [(1, "Try again")]


# --- How Japanese is written ----------------------------------------------------------------


def test_dates_and_numbers_are_written_as_japanese_writes_them():
    with translation.override("ja"):
        written = [
            date_format(NOON.date(), name)
            for name in ("DATE_FORMAT", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT")
        ]
        number = number_format(1234567.5, decimal_pos=1, force_grouping=True)

    year, month, day = NOON.year, NOON.month, NOON.day
    assert written == [f"{year}年{month}月{day}日", f"{year}年{month}月", f"{month}月{day}日"]
    assert number == "1,234,567.5"


def test_languages_are_called_by_their_own_names():
    assert dict(settings.LANGUAGES)["ja"] == "日本語"
