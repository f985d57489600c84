"""The browser itself: that it starts, and that its complaints are heard."""


def test_the_browser_reports_a_script_error(page):
    page.goto("data:text/html,<script>throw new Error('heard')</script>")

    assert any("heard" in complaint for complaint in page.console.complaints)
