import pytest
from courses.accounts.models import User
from tests.browser.demo import make_demo, TEACHER_EMAIL
from tests.browser.looking import in_every_guise, probe
MINE={"web:questions","web:question-new","web:question","web:quiz-new","web:quiz-edit","web:quiz-people","web:course"}
@pytest.fixture
def demo(transactional_db): return make_demo()
def test_mine(new_page, demo, settings, live_server):
    faults=[]
    for pages in (demo.pages, demo.empty):
        page=new_page(user=demo.people[TEACHER_EMAIL])
        for r,p in {**pages[TEACHER_EMAIL]}.items():
            if r in MINE:
                st=page.goto(p).status
                faults+= [f"{p} {f}" for f in (in_every_guise(page) if st==200 else [str(st)])]
                print(p, page.title())
    User.objects.update(language="ja")
    page=new_page(user=demo.people[TEACHER_EMAIL],locale="ja-JP")
    page.context.add_cookies([{"name":settings.LANGUAGE_COOKIE_NAME,"value":"ja","url":live_server.url}])
    for r,p in demo.pages[TEACHER_EMAIL].items():
        if r in MINE:
            page.goto(p); faults+=[f"JA {p} {f}" for f in probe(page,"tongues")]
    print("\n".join(faults))
    assert not faults
