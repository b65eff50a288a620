"""Hosts with letters of all scripts: as DNS has them and as people read them."""

import pytest

from generator import hosts


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://Müller.example:80/ü", "https://xn--mller-kva.example:80/%C3%BC"),
        ("https://a.日本.example?q=本", "https://a.xn--wgv71a.example?q=%E6%9C%AC"),
        ("https://a。日本．jp", "https://a.xn--wgv71a.jp"),
        ("https://Ａbc.example/é", "https://abc.example/%C3%A9"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://zoë@example.org/é", "https://zo%C3%AB@example.org/%C3%A9"),
    ],
)
def test_letters_of_a_host_are_written_as_dns_has_them(text: str, url: str) -> None:
    assert hosts.in_ascii(text) == url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.xn--mller-kva.example/x", "müller.example"),
        ("https://example.org:8000/x", "example.org:8000"),
        ("https://xn--\uffff.example/", "xn--\uffff.example"),
        ("mailto:ada@example.org", ""),
    ],
)
def test_a_host_is_shown_as_people_read_it(url: str, host: str) -> None:
    assert hosts.shown(url) == host
