"""The characters that a language's interface is written with, for the fonts that carry them."""

from collections.abc import Iterator
from pathlib import Path

import allauth
import django
from babel.messages.mofile import read_mo

from quizsite.messages import catalogues
from quizsite.messages.faults import forms

# Kana, punctuation and full-width forms: what names and answers of learners begin with.
_ALWAYS = (
    "、。〃々〆〇〈〉《》「」『』【】〒〔〕〖〗〜〝〟゛゜ゝゞ・ーヽヾ！％（），．：；＜＝＞？"
    "［］｛｜｝～￥‥…※→←↑↓○●◎△▲▽▼□■☆★①②③④⑤⑥⑦⑧⑨⑩"
)
_KANA = "".join(map(chr, [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)]))
# Counters, dates and the words of learning that a new sentence is likely to need.
_LIKELY = (
    "一二三四五六七八九十百千万億兆年月日時分秒週曜火水木金土午前後今昨明朝昼夜人件個枚回問点位番号章節頁"
    "数字文言語英和国際政治経済外交安全保障戦略制裁支援侵略軍事防衛首相大統領総理省庁議会選挙党世論調査同盟"
    "条約協定島海空陸域核北南東西米中露韓朝鮮欧州台湾日本学習復習記憶忘却想起予測確率割合図表年表用語集索引検索"
    "詳細概要要点目的理由原因結果背景影響比較対象範囲期間期限予定現在過去未来最近最初最後以上以下未満前回次回"
)
# Of the names in the demo class, which stand in a teacher's page in every language.
_NAMES = "佐藤美咲高橋健太"


def characters(language: str) -> str:
    """Return, in their order, all characters beyond Latin that the interface may show.

    Django's and allauth's own words are in it: their messages stand in our pages.
    """
    used = set(_ALWAYS + _KANA + _LIKELY + _NAMES) if language == "ja" else set()
    for text in _texts(language):
        used.update(text)
    return "".join(
        sorted(one for one in used if ord(one) > 0x2010 and one.isprintable() and not one.isspace())
    )


def _texts(language: str) -> Iterator[str]:
    ours = catalogues.compiled_file(language)
    packages = [Path(django.__file__).parent, Path(allauth.__file__).parent]
    theirs = [
        package / place / "locale" / language / "LC_MESSAGES" / "django.mo"
        for package in packages
        for place in ("conf", "contrib/auth", "")
    ]
    for path in (ours, *theirs):
        if path.exists():
            with path.open("rb") as stream:
                for message in read_mo(stream):
                    yield from forms(message.string)
