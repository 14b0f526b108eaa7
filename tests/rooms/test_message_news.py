"""An open page of a message learns that something came in its thread, and loses nothing that is typed."""

import re
from html import unescape
from typing import Any

from rooms.posting import sent, written

CAME = "Something new came in this thread."


def _address(text: str) -> str:
    (found,) = re.findall(r'<live-thread src="([^"]*)"', text)
    return unescape(found)


def test_an_open_page_of_a_message_is_told_of_what_came_and_of_nothing_else(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    other = sent(page("XA office", "POST", "/messages/new", written(ref="2")))
    asks = _address(page("XA office", "GET", f"/messages/{id}").text)
    page("XB office", "GET", f"/messages/{other}")
    assert page("XA office", "GET", asks).text.strip() == ""
    page("XB office", "GET", f"/messages/{id}")  # a receipt
    assert CAME in page("XA office", "GET", asks).text
    asks = _address(page("XA office", "GET", f"/messages/{id}").text)
    form = [("how-1", "content"), ("text-1", "To nobody"), ("ref", "a")]
    page("XB office", "POST", f"/messages/{id}/answers", form)
    assert CAME in page("XA office", "GET", asks).text
    open_here = _address(page("XB office", "GET", f"/messages/{id}").text)
    assert page("XB office", "GET", open_here).text.strip() == ""
    page("XA office", "POST", f"/messages/{id}/cancel", [("reason", "Found")])
    told = page("XB office", "GET", open_here).text
    assert CAME in told
    assert 'target="_blank"' in told, "its form stays where it is"


def test_to_ask_for_news_opens_nothing_and_tells_a_stranger_nothing(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    page("XB office", "GET", f"/messages/{id}/news?seen=x")
    assert "not yet" in page("XA office", "GET", f"/messages/{id}").text
    theirs = page("XC office", "GET", f"/messages/{id}/news")
    none = page("XC office", "GET", f"/messages/{'0' * 32}/news")
    assert theirs.status == none.status == 404
    assert theirs.body.replace(id.encode(), b"") == none.body.replace(b"0" * 32, b"")


def test_who_sends_a_message_is_told_that_it_was_and_to_whom_it_was_delivered(page: Any) -> None:
    answer = page("XA office", "POST", "/messages/new", written(to=["XB", "XC"]))
    assert "Sent; delivered to" in page("XA office", "GET", answer.header("location")).text
    id = sent(answer)
    assert "Sent; delivered" not in page("XA office", "GET", f"/messages/{id}").text
    assert "Sent; delivered" not in page("XB office", "GET", f"/messages/{id}?sent=yes").text
