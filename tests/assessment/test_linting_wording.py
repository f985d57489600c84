"""The linter's rules on wording: what each finds, and what it lets pass."""

import pytest

from tests.assessment.linted import ARGUMENT, FACT, STEM, VIEW, asked, card, found, rules_in


def test_a_question_as_it_should_be_has_no_findings():
    assert rules_in(asked()) == set()


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these states did not join the sanctions of 2014?",
        "Which state didn't join the sanctions of 2014?",
        "All of these states joined the sanctions of 2014 except one. Which joined except in name?",
        "Sanctions were imposed in 2014. Which state cannot be named among those that joined?",
        "Which minister had never signed the accord of 2024?",
        "Which of these is least likely, as the commentary of 2024 argues?",
    ],
)
def test_a_negation_that_nothing_marks_is_found(stem):
    assert [one.path for one in found(asked(stem), "negative-not-marked")] == ["stem"]


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these states did **not** join the sanctions of 2014?",
        "Which of these states did NOT join the sanctions of 2014?",
        "Which of these states did *not* join the sanctions of 2014?",
        "A government that could not pass its plans fell in 2024. What is it called?",
        "Which of these is a forecast of 2024, and not an event?",
        "Which of these was not only announced in 2024 but also done?",
        "What did the minister who said “we will not yield” do in 2024?",
        "Whether or not it was meant so in 2014, what did the word do?",
        "Why did Japan not join the sanctions of 2014?",
    ],
)
def test_a_negation_that_is_marked_or_asks_for_nothing_passes(stem):
    assert found(asked(stem), "negative-not-marked") == []


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (asked(explanation="It was not unlikely that he would go."), "explanation"),
        (asked(explanation="They could not do without the port."), "explanation"),
        (asked(explanation="He never failed to answer."), "explanation"),
        (asked(STEM, "*Kyoto", "Osaka", "A town that hasn't no name"), "options[2].text"),
        (asked("Which city was **not** left?", "*Kyoto, not Osaka", "Osaka", "Edo"),
         "options[0].text"),
        (asked("Is it impossible? It is not impossible."), "stem"),
    ],
)  # fmt: skip
def test_two_negations_in_one_sentence_are_found(question, path):
    assert [one.path for one in found(question, "double-negative")] == [path]


@pytest.mark.parametrize(
    "question",
    [
        asked(explanation="It was neither sold nor given away."),
        asked(explanation="Nobody came. No ship was sent."),
        asked(explanation="It was not under attack, and until 1868 not united."),
        asked(explanation="“It is not unlikely”, he said."),
        asked("Which city was **not** left?", "*Kyoto", "Osaka", "Edo"),
        asked(explanation="He did not say so, but no other reason is known."),
        asked("Why did it not go?", "*It had no ship", "It had no wish", "It was never asked"),
    ],
)
def test_one_negation_passes(question):
    assert found(question, "double-negative") == []


@pytest.mark.parametrize(
    ("texts", "paths"),
    [
        (("*Kyoto", "Osaka, always", "Nagoya"), ["options[1].text"]),
        (("*Kyoto, which it had never left", "Osaka", "Nagoya"), ["options[0].text"]),
        (("*Kyoto", "Absolutely none", "Nagoya, completely"),
         ["options[1].text", "options[2].text"]),
    ],
)  # fmt: skip
def test_an_absolute_word_on_one_side_only_is_found(texts, paths):
    assert [one.path for one in found(asked(STEM, *texts), "absolute-word")] == paths


@pytest.mark.parametrize(
    "question",
    [
        asked(STEM, "*Kyoto, which it never left", "Osaka, which it never saw", "Nagoya"),
        asked("Which city had never been left before 1868?"),
        asked(STEM, "*Kyoto", "“Always the same”", "Nagoya"),
        asked(STEM, "*Kyoto", "Osaka, in nearly all years", "Nagoya"),
    ],
)
def test_absolute_words_on_both_sides_or_elsewhere_pass(question):
    assert found(question, "absolute-word") == []


def test_an_absolute_word_gives_a_statement_away():
    judged = {"type": "true_false", "payload": {"truth": False}}

    always = found(asked("The emperor always lived in Kyoto.", **judged), "absolute-word")

    assert [one.path for one in always] == ["stem"]
    assert not found(asked("The emperor left Kyoto in 1868.", **judged), "absolute-word")


@pytest.mark.parametrize(
    "stem",
    [
        "Which of the following is true?",
        "Which statement about Japan is correct?",
        "Choose the right answer.",
        "Kyoto:",
        "What is this?",
    ],
)
def test_a_stem_that_asks_nothing_by_itself_is_found(stem):
    assert [one.path for one in found(asked(stem), "unfocused-stem")] == ["stem"]


@pytest.mark.parametrize(
    "question",
    [
        asked("Which description of a mild hybrid is the right one?"),
        asked("Who wrote the treaty?"),
        asked("In which year did Russia annex Crimea?"),
        asked("The capital of Japan was moved in 1868 from"),
        card("METI"),
    ],
)
def test_a_stem_that_asks_passes(question):
    assert found(question, "unfocused-stem") == []


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (asked("Who is the current prime minister?"), "stem"),
        (asked("What did Japan recently announce?"), "stem"),
        (asked("Who leads it?", explanation="He leads it at present."), "explanation"),
        (asked("Who leads it?", "*Abe", "A man who left last year", "Kishida"), "options[1].text"),
        (asked("Who leads it?", hints=("He is currently ill.",)), "hints[0]"),
    ],
)
def test_an_undated_now_is_found(question, path):
    assert [(one.level, one.path) for one in found(question, "undated")] == [("error", path)]


@pytest.mark.parametrize(
    "question",
    [
        asked("Who was the current prime minister in November 2024?"),
        asked("As of 2024, who leads it?", explanation="He leads it at present."),
        asked("Who leads it?", explanation="In 2024 it was the most recent accord."),
        asked("What makes an electric current flow?"),
        asked("Which is the most recent of these treaties?"),
        asked("Who said “Ukraine today may be East Asia tomorrow”?"),
        asked("Which ocean currents meet there?"),
    ],
)
def test_a_dated_now_and_other_currents_pass(question):
    assert found(question, "undated") == []


@pytest.mark.parametrize(
    ("stem", "claims"),
    [
        ("Why did Japan change its course in 2022?", (ARGUMENT,)),
        ("Which minister thinks so?", (FACT, ARGUMENT)),
        ("Why is a distant war a danger?", (VIEW,)),
        ("Which was the best policy of 2022?", (FACT,)),
        ("What should Japan do about its islands?", (FACT,)),
    ],
)
def test_a_judgement_without_a_voice_is_found(stem, claims):
    paths = [one.path for one in found(asked(stem, claims=claims), "unattributed-opinion")]

    assert paths == ["stem"]


@pytest.mark.parametrize(
    "question",
    [
        asked("Why, according to the commentary, did Japan change?", claims=(ARGUMENT,)),
        asked("What does the analysis conclude of 2022?", claims=(ARGUMENT,)),
        asked("What do officials fear?", claims=(VIEW,)),
        asked("Whose view is it?", "*That of officials", "Of Moscow", "Of Kyiv", claims=(VIEW,)),
        asked("Which was the best policy, as the author argues?"),
        asked("Which option describes the sanctions best?"),
        asked("Why did Japan change its course?", claims=(ARGUMENT,), uses_claims=False),
    ],
)
def test_a_judgement_with_a_voice_passes(question):
    assert found(question, "unattributed-opinion") == []


@pytest.mark.parametrize(
    ("rule", "stem", "fields"),
    [
        ("undated", "現在の首相は誰ですか。", {}),
        ("undated", "日本は最近、何を発表しましたか。", {}),
        ("negative-not-marked", "次の国のうち、制裁に加わらなかった国はどれですか。", {}),
        ("negative-not-marked", "制裁の対象に含まれないものはどれですか。", {}),
        ("double-negative", "戦争が起きないとは言えない理由は何ですか。", {}),
        ("double-negative", "あり得なくはない説明はどれですか。", {}),
        ("unfocused-stem", "次のうち正しいものはどれですか。", {}),
        ("unfocused-stem", "以下の記述のうち、適切なものを選びなさい。", {}),
        ("unattributed-opinion", "日本が方針を変えたのはなぜですか。", {"claims": (ARGUMENT,)}),
        ("unattributed-opinion", "最も重要な政策は何ですか。", {}),
    ],
)
def test_japanese_wording_is_found(rule, stem, fields):
    question = asked(stem, "*京都", "大阪", "名古屋", language="ja", **fields)

    assert rule in rules_in(question)


@pytest.mark.parametrize(
    ("rule", "stem", "fields"),
    [
        ("undated", "2024年11月現在の首相は誰ですか。", {}),
        ("undated", "令和6年に最近のこととして何が発表されましたか。", {}),
        ("undated", "天皇が去った都市はどこですか。", {}),
        ("negative-not-marked", "制裁に加わら**なかった国**はどれですか。", {}),
        ("negative-not-marked", "制裁に加わった国はどれですか。", {}),
        ("negative-not-marked", "行かなければならない都市はどこですか。", {}),
        ("double-negative", "戦争が起きない理由は何ですか。", {}),
        ("negative-not-marked", "制裁に加わらなかった理由は何ですか。", {}),
        ("double-negative", "行かなければならない都市はどこですか。", {}),
        ("double-negative", "制裁ではない手段は何ですか。", {}),
        ("unfocused-stem", "1868年に天皇が去った都市はどこですか。", {}),
        ("unfocused-stem", "次の都市のうち、天皇が1868年に去ったものはどれですか。", {}),
        ("unfocused-stem", "日本の首都として正しいものはどれですか。", {}),
        ("unattributed-opinion", "論評によれば、日本が方針を変えたのはなぜですか。",
         {"claims": (ARGUMENT,)}),
        ("unattributed-opinion", "筆者は日本の方針をどう論じていますか。", {"claims": (ARGUMENT,)}),
        ("unattributed-opinion", "日本の首都はどこですか。", {}),
    ],
)  # fmt: skip
def test_japanese_wording_passes(rule, stem, fields):
    question = asked(stem, "*京都", "大阪", "名古屋", language="ja", **fields)

    assert rule not in rules_in(question)


def test_japanese_absolute_words_and_options_above_are_found():
    question = asked("都市はどこですか。", "*京都", "必ず大阪", "以上のすべて", language="ja")

    assert {"absolute-word", "all-or-none-of-the-above"} <= rules_in(question)


def test_in_other_languages_the_rules_on_wording_are_silent():
    stem = "Who is not the current minister, which is not unlikely?"

    assert rules_in(asked(stem, "*A", "Never B", "C", language="ru")) == set()
    assert len(rules_in(asked(stem, "*A", "Never B", "C", language="en-gb"))) >= 4
