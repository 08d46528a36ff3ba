"""
Without a login nothing is answered, at any address, by any method, whatever a client pretends to be; and nothing of one login opens to another.

``python -m bench faults --kind login`` asks each address by each method with each pretence; this takes every seventh of them.
"""

from tests.faults import walking
from tests.faults.asking import Answer, Asked


def test_no_route_answers_without_a_login(folders, tmp_path):
    """All routes that the application has; the pages open with a login, so the addresses are those of pages."""
    survivals = list(walking.survivals(folders.closed, tmp_path, every=7))

    assert [survival for survival in survivals if survival.why] == []
    refused, *others = survivals
    assert refused.times > 4_000
    assert {"/targets with a login", "an upload of somebody else"} <= {survival.words for survival in others}


def test_an_answer_that_gives_something_away_is_noticed():
    """A figure, a document, a file, a websocket, and a form that names somebody."""
    asked = Asked("GET", "/targets")
    for answer in (
        Answer(200, {}, b"97.8%"),
        Answer(401, {}, b"97.8%"),
        Answer(404, {}, "没有这份报送".encode()),
        Answer(303, {"location": "/targets?period=2023-11"}, b""),
        Answer(303, {"location": "/kpi/login"}, b"97.8%"),
        Answer(0, {}, b""),
    ):
        assert walking.wrong(asked, answer, first=False)
    assert walking.wrong(Asked("GET", "/kpi/login"), Answer(200, {}, "食品科".encode()), first=False)
    assert walking.wrong(Asked("GET", "/healthz"), Answer(200, {}, b'{"status": "ok", "folder": "x"}'), first=False)
    assert walking.wrong(Asked("WEBSOCKET", "/_stcore/stream"), Answer(0, {}, b"", opened=True), first=False)
    assert not walking.wrong(asked, Answer(303, {"location": "/kpi/login?next=%2Ftargets"}, b""), first=False)
