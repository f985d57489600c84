"""What counts as passing, and how the results are written down."""

import json
from datetime import date

import pytest

from tests.lighthouse import report
from tests.lighthouse.tool import CannotMeasure, Verdict, read


def verdict(page="lesson", performance=97, shift=0.0):
    scores = {"performance": performance, "accessibility": 100, "best-practices": 100}
    return Verdict(page, scores, shift, 2.4, [])


@pytest.mark.parametrize(
    ("performance", "shift", "count"),
    [(95, 0.02, 0), (94, 0.0, 1), (100, 0.021, 1), (10, 0.5, 2)],
)
def test_what_is_below_the_bar_is_a_fault(performance, shift, count):
    assert len(report.faults([verdict(performance=performance, shift=shift)])) == count


def test_of_three_looks_the_middle_one_counts():
    looks = [verdict(performance=score) for score in (99, 91, 96)]

    assert report.median_of(looks).scores["performance"] == 96


def test_the_page_says_when_with_what_and_how_each_did():
    text = report.written(
        [verdict()],
        day=date(2026, 11, 22),
        lighthouse="12.8.2",
        node="20.20.2",
        chromium="Chromium 156",
        runs=3,
    )

    assert "2026-11-22, Lighthouse 12.8.2 on Node 20.20.2" in text
    assert "| lesson | 97 | 100 | 100 | 0.000 | 2.4 s |" in text


def test_a_report_of_lighthouse_is_read(tmp_path):
    categories = {
        name: {"score": 0.97, "auditRefs": [{"id": "slow", "weight": 1}]}
        for name in ("performance", "accessibility", "best-practices")
    }
    audits = {
        "cumulative-layout-shift": {"title": "Shift", "score": 1, "numericValue": 0.001},
        "largest-contentful-paint": {"title": "Paint", "score": 1, "numericValue": 2400},
        "slow": {"title": "Too slow", "score": 0.5},
    }
    kept = tmp_path / "page.json"
    kept.write_text(json.dumps({"categories": categories, "audits": audits}))

    found = read("page", kept)

    assert found.scores["performance"] == 97
    assert found.largest_paint_s == 2.4
    assert found.costs == ["Too slow"]


def test_a_page_that_could_not_be_loaded_has_no_verdict(tmp_path):
    kept = tmp_path / "page.json"
    kept.write_text(json.dumps({"runtimeError": {"code": "NO_NAVSTART"}}))

    with pytest.raises(CannotMeasure, match="NO_NAVSTART"):
        read("page", kept)
