"""Which hosts are one site, and one lane."""

from __future__ import annotations

import pytest

from sitmon.ingest.lanes import lane_of, site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("news.example", "news.example"),
        ("www.news.example", "news.example"),
        ("rss.www.news.example", "news.example"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
        ("www.pajhwok.com.af", "pajhwok.com.af"),
        ("co.uk", "co.uk"),
        ("www.t.co", "t.co"),
        ("rss.dw.de", "dw.de"),
        ("news.tut.by", "tut.by"),
        ("www.beehive.govt.nz", "beehive.govt.nz"),
        ("www3.nhk.or.jp", "nhk.or.jp"),
        ("www.interieur.gouv.fr", "interieur.gouv.fr"),
        ("feeds.news.com.au", "news.com.au"),
        ("www.com.example", "com.example"),
        ("localhost", "localhost"),
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_site_is_what_one_publisher_serves(host: str, site: str) -> None:
    assert site_of(host) == site


def test_a_lane_is_a_host_and_on_a_private_network_a_server() -> None:
    assert lane_of("https://user:pw@News.example:8443/feed", private=False) == "news.example"
    assert lane_of("http://10.0.0.1:8080/", private=True) != lane_of("http://10.0.0.1:8081/", private=True)
    assert lane_of("no address", private=False) == ""
