"""What a fetch sends, follows and says, against a network that is a table."""

from __future__ import annotations

import asyncio
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.errors import UsageError
from sitmon.ingest.answers import Answer, Fetched, NotModified
from sitmon.ingest.fetch import Fetcher
from sitmon.ingest.inflate import BodyLimits
from sitmon.ingest.wire import Timeouts, Wire
from sitmon.model.source import Failure, PollState, Source

PUBLIC = "93.184.216.34"
START = "https://news.example/feed"
MakeFeed = Callable[..., Source]


class Network:
    """Answers from a table by the URL as it was written (the name, not the address that is connected to)."""

    def __init__(self, table: Mapping[str, httpx.Response | Exception]) -> None:
        self.table = defaultdict(lambda: reply(404), table)
        self.requests: list[httpx.Request] = []
        self.names: dict[str, Sequence[str]] = {}

    def url_of(self, request: httpx.Request) -> str:
        host = request.headers["host"]
        return f"{request.url.scheme}://{host}{request.url.raw_path.decode()}"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.table[self.url_of(request)]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        found = self.names.get(host, [PUBLIC])
        if not found:
            raise OSError("no such name")
        return found

    @property
    def urls(self) -> list[str]:
        return [self.url_of(r) for r in self.requests]


def reply(status: int, body: bytes = b"", headers: Iterable[tuple[str, str]] = (), **named: str) -> httpx.Response:
    pairs = [*headers, *((name.replace("_", "-"), value) for name, value in named.items())]
    raw = [(name.encode(), value.encode("latin-1")) for name, value in pairs]
    return httpx.Response(status, headers=raw, stream=httpx.ByteStream(body))


async def fetch(
    network: Network, source: Source, now: datetime, state: PollState | None = None, **options: object
) -> Answer:
    wire = Wire(Timeouts(), transport=httpx.MockTransport(network))
    async with Fetcher(resolver=network.resolve, wire=wire, **options) as fetcher:  # type: ignore[arg-type]
        return await fetcher.fetch(source, state or PollState(source.name), now)


async def test_a_plain_answer_with_its_headers_verbatim(feed: MakeFeed, now: datetime) -> None:
    odd = 'W/"caf\xe9 \'x"'
    network = Network(
        {START: reply(200, b"<rss/>", etag=odd, last_modified="yesterday-ish", content_type="text/xml; charset=x")}
    )
    answer = await fetch(network, feed(), now, contact="ops@desk.example")
    assert answer == Fetched(b"<rss/>", START, "text/xml; charset=x", odd, "yesterday-ish")
    sent = network.requests[0].headers
    assert sent["host"] == "news.example"
    assert sent["accept-encoding"] == "gzip"
    assert sent["user-agent"].startswith("sitmon/")
    assert sent["user-agent"].endswith("(+ops@desk.example)")
    assert not {"cookie", "referer", "if-none-match", "if-modified-since"} & set(sent)


async def test_it_connects_to_the_checked_address_under_the_name(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(200, b"x")})
    await fetch(network, feed(), now)
    request = network.requests[0]
    assert request.url.host == PUBLIC
    assert request.extensions["sni_hostname"] == "news.example"


@pytest.mark.parametrize("etag", ['"a"', 'W/"a"', "unquoted", '"' + "x" * 2000 + '"', '"caf\xe9"', "'single'", '""'])
async def test_validators_go_back_byte_for_byte(feed: MakeFeed, now: datetime, etag: str) -> None:
    network = Network({START: reply(304)})
    state = PollState("Post", etag=etag, last_modified="Sun, 8 Aug 2021 1:00")
    assert await fetch(network, feed(), now, state) == NotModified()
    raw = dict(network.requests[0].headers.raw)
    assert raw[b"If-None-Match"] == etag.encode("latin-1")
    assert raw[b"If-Modified-Since"] == b"Sun, 8 Aug 2021 1:00"


async def test_a_304_gives_only_what_it_carries(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(304, etag='"b"', cache_control="max-age=900")})
    answer = await fetch(network, feed(), now, PollState("Post", etag='"a"'))
    assert answer == NotModified('"b"', None, timedelta(minutes=15))


async def test_an_absurdly_long_validator_is_not_kept(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(200, b"x", etag='"' + "x" * 9000 + '"')})
    answer = await fetch(network, feed(), now)
    assert isinstance(answer, Fetched)
    assert answer.etag is None


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (reply(304), "status", "nothing was asked"),
        (reply(204), "status", "nothing"),
        (reply(206, b"<rss"), "status", "206"),
        (reply(400), "status", "400 Bad Request"),
        (reply(401), "status", "credentials"),
        (reply(403), "status", "403 Forbidden"),
        (reply(403, cf_mitigated="challenge"), "status", "Cloudflare"),
        (reply(403, x_sucuri_id="1"), "status", "firewall"),
        (reply(404), "status", "no such page"),
        (reply(410), "status", "gone for good"),
        (reply(418), "status", "418"),
        (reply(429), "status", "too often"),
        (reply(451), "status", "legal"),
        (reply(500), "status", "500 Internal Server Error"),
        (reply(502), "status", "502 Bad Gateway"),
        (reply(503), "status", "not available"),
        (reply(520), "status", "the server failed (520)"),
        (reply(999), "status", "999"),
        (reply(200), "not_a_feed", "nothing"),
        (reply(200, b" \n "), "not_a_feed", "nothing"),
        (reply(200, b"x", content_encoding="br"), "network", "not asked for"),
        (reply(200, b"not gzip at all", content_encoding="gzip"), "network", "damaged"),
        (reply(200, b"x" * 9000), "too_large", "larger"),
        (reply(301), "refused", "leads nowhere"),
        (httpx.ConnectTimeout("x"), "timeout", "no connection within 5 s"),
        (httpx.ReadTimeout("x"), "timeout", "silent for 15 s"),
        (httpx.ConnectError("\x1b]0;x"), "network", "no connection"),
        (httpx.ReadError("\x1b]0;x"), "network", "broke"),
        (httpx.RemoteProtocolError("\x1b]0;x"), "network", "does not speak HTTP"),
        (httpx.LocalProtocolError("\x1b]0;x"), "network", "not valid HTTP"),
        (httpx.ProxyError("\x1b]0;x"), "network", "proxy"),
    ],
)
async def test_every_failure_is_a_value_with_a_plain_reason(
    feed: MakeFeed, now: datetime, answer: httpx.Response | Exception, kind: str, words: str
) -> None:
    failure = await fetch(Network({START: answer}), feed(), now, limits=BodyLimits(inflated=8000))
    assert isinstance(failure, Failure)
    assert (failure.subject, failure.kind) == ("Post", kind)
    assert words in failure.reason
    assert failure.reason.isprintable()


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_read_and_said(feed: MakeFeed, now: datetime, status: int) -> None:
    failure = await fetch(Network({START: reply(status, retry_after="5400")}), feed(), now)
    assert isinstance(failure, Failure)
    assert (failure.status, failure.retry_after) == (status, timedelta(seconds=5400))
    assert "asks to wait 1 h 30 min" in failure.reason


async def test_a_name_that_does_not_resolve(feed: MakeFeed, now: datetime) -> None:
    network = Network({})
    network.names["news.example"] = []
    failure = await fetch(network, feed(), now)
    assert failure == Failure("Post", "the host name news.example does not resolve", "network")


async def test_the_next_address_is_tried_when_one_does_not_answer(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(200, b"x")})
    network.names["news.example"] = ["2606:4700::1111", PUBLIC]
    working = network.__call__

    def first_is_dead(request: httpx.Request) -> httpx.Response:
        if request.url.host != PUBLIC:
            raise httpx.ConnectError("dead")
        return working(request)

    wire = Wire(Timeouts(), transport=httpx.MockTransport(first_is_dead))
    async with Fetcher(resolver=network.resolve, wire=wire) as fetcher:
        assert isinstance(await fetcher.fetch(feed(), PollState("Post"), now), Fetched)


# -- redirects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(feed: MakeFeed, now: datetime, status: int) -> None:
    network = Network({START: reply(status, location="/new.xml"), "https://news.example/new.xml": reply(200, b"x")})
    answer = await fetch(network, feed(), now)
    assert isinstance(answer, Fetched)
    assert answer.url == "https://news.example/new.xml"
    assert answer.moved_to == (answer.url if status in (301, 308) else None)


async def test_only_an_all_permanent_chain_names_a_new_address(feed: MakeFeed, now: datetime) -> None:
    end = reply(200, b"x")
    hops: dict[str, httpx.Response | Exception] = {
        START: reply(301, location="https://b.example/"),
        "https://b.example/": reply(302, location="https://c.example/"),
        "https://c.example/": end,
    }
    answer = await fetch(Network(hops), feed(), now)
    assert isinstance(answer, Fetched)
    assert answer.moved_to is None
    answer = await fetch(Network(hops | {"https://b.example/": reply(308, location="https://c.example/")}), feed(), now)
    assert isinstance(answer, Fetched)
    assert answer.moved_to == "https://c.example/"


async def test_a_304_behind_redirects_names_the_new_address_too(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(301, location="https://b.example/"), "https://b.example/": reply(304)})
    answer = await fetch(network, feed(), now, PollState("Post", etag='"a"'))
    assert answer == NotModified(moved_to="https://b.example/")


async def test_a_remembered_address_is_asked_straight(feed: MakeFeed, now: datetime) -> None:
    network = Network({"https://b.example/": reply(200, b"x")})
    answer = await fetch(network, feed(), now, PollState("Post", moved_to="https://b.example/"))
    assert isinstance(answer, Fetched)
    assert network.urls == ["https://b.example/"]
    assert answer.moved_to is None


async def test_five_redirects_and_no_more(feed: MakeFeed, now: datetime) -> None:
    hops: dict[str, httpx.Response | Exception] = {START: reply(302, location="/1")}
    hops |= {f"https://news.example/{n}": reply(302, location=f"/{n + 1}") for n in range(1, 9)}
    network = Network(hops)
    failure = await fetch(network, feed(), now)
    assert isinstance(failure, Failure)
    assert "more than 5 redirects" in failure.reason
    assert len(network.requests) == 6
    network = Network(hops | {"https://news.example/5": reply(200, b"x")})
    assert isinstance(await fetch(network, feed(), now), Fetched)


@pytest.mark.parametrize("location", ["/feed", "/feed#again", "https://news.example:443/feed"])
async def test_a_circle_is_noticed_at_once(feed: MakeFeed, now: datetime, location: str) -> None:
    network = Network({START: reply(301, location=location)})
    failure = await fetch(network, feed(), now)
    assert isinstance(failure, Failure)
    assert "circle" in failure.reason
    assert len(network.requests) == 1


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "not file"),
        ("javascript:alert(1)", "not javascript"),
        ("http://127.0.0.1:8000/", "loopback"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("https://inside.example/", "private"),
    ],
)
async def test_no_redirect_leads_inside(feed: MakeFeed, now: datetime, location: str, words: str) -> None:
    network = Network({START: reply(302, location=location)})
    network.names["inside.example"] = [PUBLIC, "10.0.0.8"]
    failure = await fetch(network, feed(), now)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert words in failure.reason
    assert len(network.requests) == 1


async def test_a_name_that_moves_inside_between_two_hops_is_refused(feed: MakeFeed, now: datetime) -> None:
    """DNS rebinding: the name is public when the desk looks first, and inside a moment later."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network = Network({START: reply(302, location="/again")})

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    wire = Wire(Timeouts(), transport=httpx.MockTransport(network))
    async with Fetcher(resolver=rebinding, wire=wire) as fetcher:
        failure = await fetcher.fetch(feed(), PollState("Post"), now)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert [r.url.host for r in network.requests] == [PUBLIC]


# -- credentials -----------------------------------------------------------------------------------------------------

KEYS = (("Authorization", "Bearer s3cret"), ("X-Api-Key", "k3y"), ("Accept-Language", "ps"))


def test_a_sources_headers_are_not_in_its_printed_form(feed: MakeFeed) -> None:
    assert "s3cret" not in repr(feed(headers=KEYS))


async def test_a_sources_headers_are_sent_and_ours_win(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(200, b"x")})
    headers = (*KEYS, ("User-Agent", "desk/1"), ("Accept-Encoding", "br"), ("Host", "evil.example"))
    await fetch(network, feed(headers=headers), now)
    sent = network.requests[0].headers
    assert (sent["authorization"], sent["x-api-key"], sent["user-agent"]) == ("Bearer s3cret", "k3y", "desk/1")
    assert sent.get_list("accept-encoding") == ["gzip"]
    assert sent.get_list("host") == ["news.example"]


async def test_secrets_never_leave_the_origin_not_even_by_coming_back(feed: MakeFeed, now: datetime) -> None:
    network = Network(
        {
            START: reply(302, location="/mine"),
            "https://news.example/mine": reply(302, location="https://other.example/"),
            "https://other.example/": reply(302, location="https://news.example/back"),
            "https://news.example/back": reply(200, b"x"),
        }
    )
    await fetch(network, feed(headers=KEYS), now)
    assert [("x-api-key" in r.headers, "authorization" in r.headers) for r in network.requests] == [
        (True, True),
        (True, True),
        (False, False),
        (False, False),
    ]
    assert all(r.headers["accept-language"] == "ps" for r in network.requests)


async def test_a_password_in_the_address_becomes_a_header_and_is_never_shown(feed: MakeFeed, now: datetime) -> None:
    source = feed("https://desk:s3cret@news.example/feed")
    network = Network({START: reply(200, b"x")})
    answer = await fetch(network, source, now)
    assert isinstance(answer, Fetched)
    assert "s3cret" not in repr(answer)
    assert network.requests[0].headers["authorization"].startswith("Basic ")
    for broken in (reply(401), httpx.ConnectError("x"), reply(302, location="http://news.example/")):
        failure = await fetch(Network({START: broken}), source, now)
        assert isinstance(failure, Failure)
        assert "s3cret" not in repr(failure)


async def test_no_step_down_to_http_with_secrets(feed: MakeFeed, now: datetime) -> None:
    plain = "http://news.example/feed"
    network = Network({START: reply(301, location=plain), plain: reply(200, b"x")})
    failure = await fetch(network, feed(headers=KEYS), now)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert len(network.requests) == 1
    answer = await fetch(network, feed(), now)  # without secrets it may, but the address is not remembered
    assert isinstance(answer, Fetched)
    assert answer.moved_to is None


async def test_an_address_that_would_lose_the_secrets_is_not_remembered(feed: MakeFeed, now: datetime) -> None:
    network = Network({START: reply(301, location="https://b.example/"), "https://b.example/": reply(200, b"x")})
    answer = await fetch(network, feed(headers=KEYS), now)
    assert isinstance(answer, Fetched)
    assert answer.moved_to is None


async def test_a_header_that_http_cannot_carry_is_refused_without_being_shown(feed: MakeFeed, now: datetime) -> None:
    failure = await fetch(Network({}), feed(headers=(("X-Key", "کلید"),)), now)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert "کلید" not in failure.reason


# -- proxies ---------------------------------------------------------------------------------------------------------


class Spy(Wire):
    """A wire that notes which way each request was to go."""

    def __init__(self, network: Network) -> None:
        super().__init__(Timeouts(), transport=httpx.MockTransport(network))
        self.ways: list[tuple[Sequence[str], str | None]] = []

    def get(self, target, headers, *, addresses, proxy=None):  # type: ignore[no-untyped-def]
        self.ways.append((addresses, proxy))
        return super().get(target, headers, addresses=addresses, proxy=proxy)


@pytest.mark.parametrize(
    ("proxy", "environment", "private", "expected"),
    [
        (None, {"https_proxy": "http://p.example:3128"}, False, ((PUBLIC,), None)),
        ("http://p.example:3128", {}, False, ((), "http://p.example:3128")),
        ("http://p.example:3128", {}, True, ((PUBLIC,), None)),
        ("env", {}, False, ((PUBLIC,), None)),
        ("env", {"https_proxy": "http://p.example:3128"}, False, ((), "http://p.example:3128")),
        ("env", {"https_proxy": "p.example:3128"}, False, ((), "http://p.example:3128")),
        ("env", {"all_proxy": "http://p.example:3128"}, False, ((), "http://p.example:3128")),
        ("env", {"http_proxy": "http://p.example:3128"}, False, ((PUBLIC,), None)),
        ("env", {"https_proxy": "http://p.example:3128", "no_proxy": "news.example"}, False, ((PUBLIC,), None)),
    ],
)
async def test_which_way_a_request_goes(
    feed: MakeFeed,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    proxy: str | None,
    environment: dict[str, str],
    private: bool,
    expected: tuple[Sequence[str], str | None],
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    network = Network({START: reply(200, b"x")})
    spy = Spy(network)
    async with Fetcher(resolver=network.resolve, wire=spy, proxy=proxy) as fetcher:
        await fetcher.fetch(feed(allow_private_hosts=private), PollState("Post"), now)
    assert spy.ways == [expected]


@pytest.mark.parametrize(
    ("own", "private", "expected"),
    [
        (None, False, ((), "http://p.example:3128")),
        (None, True, ((PUBLIC,), None)),
        ("none", False, ((PUBLIC,), None)),
        ("http://own.example:8080", False, ((), "http://own.example:8080")),
        ("http://own.example:8080", True, ((), "http://own.example:8080")),
    ],
)
async def test_a_source_goes_its_own_way(
    feed: MakeFeed, now: datetime, own: str | None, private: bool, expected: tuple[tuple[str, ...], str | None]
) -> None:
    network = Network({START: reply(200, b"x")})
    spy = Spy(network)
    async with Fetcher(resolver=network.resolve, wire=spy, proxy="http://p.example:3128") as fetcher:
        await fetcher.fetch(feed(proxy=own, allow_private_hosts=private), PollState("Post"), now)
    assert spy.ways == [expected]


async def test_a_source_whose_own_proxy_is_none_fails_alone(feed: MakeFeed, now: datetime) -> None:
    async with Fetcher() as fetcher:
        failure = await fetcher.fetch(feed(proxy="socks5://user:s3cret@p.example"), PollState("Post"), now)
    assert isinstance(failure, Failure)
    assert failure.kind == "refused"
    assert "s3cret" not in failure.reason


@pytest.mark.parametrize("proxy", ["socks5://user:s3cret@p.example:1080", "p.example:3128", "", "http://"])
def test_a_proxy_that_is_none_is_the_users_mistake(proxy: str) -> None:
    with pytest.raises(UsageError) as mistake:
        Fetcher(proxy=proxy)
    assert "proxy" in str(mistake.value)
    assert "s3cret" not in str(mistake.value)


async def test_an_environments_proxy_of_another_kind_is_a_failure(
    feed: MakeFeed, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "socks5://p.example:1080")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    failure = await fetch(Network({}), feed(), now, proxy="env")
    assert isinstance(failure, Failure)
    assert "environment's proxy" in failure.reason


# -- doubts ----------------------------------------------------------------------------------------------------------


async def test_a_server_that_never_has_news_is_asked_without_validators_once_a_day(
    feed: MakeFeed, now: datetime
) -> None:
    network = Network({START: reply(200, b"x")})
    stuck = PollState(
        "Post", etag='"a"', last_modified="Fri, 01 Jan 2038 00:00:00 GMT", last_full=now - timedelta(hours=25)
    )
    await fetch(network, feed(), now, stuck)
    await fetch(network, feed(), now, replace(stuck, last_full=now - timedelta(hours=2)))
    assert ["if-none-match" in r.headers for r in network.requests] == [False, True]


async def test_a_gzip_answer_is_inflated(feed: MakeFeed, now: datetime) -> None:
    body = b"<rss>" + b"x" * 5000
    network = Network({START: reply(200, gzip.compress(body), content_encoding="gzip")})
    answer = await fetch(network, feed(), now)
    assert isinstance(answer, Fetched)
    assert answer.body == body


# -- anything at all -------------------------------------------------------------------------------------------------

HEADERS = st.sampled_from(
    ["etag", "last-modified", "location", "content-encoding", "cache-control", "expires", "retry-after", "age", "date"]
)
LATIN = st.text(st.characters(codec="latin-1"), max_size=60)


@given(
    status=st.sampled_from([200, 200, 203, 206, 301, 302, 304, 307, 308, 403, 429, 503]) | st.integers(200, 999),
    headers=st.lists(st.tuples(HEADERS, LATIN | st.sampled_from(["gzip", "/x", "//[", "max-age=1"])), max_size=6),
    body=st.binary(max_size=200),
    etag=st.none() | LATIN,
)
def test_whatever_a_server_answers_is_an_answer(
    status: int, headers: list[tuple[str, str]], body: bytes, etag: str | None
) -> None:
    now = datetime(2021, 8, 8, tzinfo=UTC)
    network = Network({})
    network.table = defaultdict(lambda: reply(status, body, headers))
    source = Source("Post", "feed", START, headers=KEYS)
    answer = asyncio.run(fetch(network, source, now, PollState("Post", etag=etag)))
    assert isinstance(answer, Fetched | NotModified | Failure)
    assert len(network.requests) <= 6
    if isinstance(answer, Failure):
        assert answer.reason.isprintable()
        assert "s3cret" not in answer.reason
