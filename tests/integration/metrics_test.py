#!/usr/bin/env python3
"""GET /__admin/metrics: Prometheus' text format, and figures that are true; GET /__admin/limits.

The reader of the format was written from its description, not from the program.
Source: interface, section 4; docs/admin.md.
"""

import math
import re

from harness import NOBODY, LooseCase, Reader, ServerCase, Tenant, main, raw_request, wait_for

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"')
TYPES = ("counter", "gauge", "histogram", "summary", "untyped")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count")}


class FormatError(AssertionError):
    pass


def need(condition, text):
    if not condition:
        raise FormatError(text)


def read_labels(text):
    """{a="b",c="d"} as a dictionary; an empty list of labels and a last comma are allowed."""
    labels, rest = {}, text[1:-1]
    while rest:
        match = LABEL.match(rest)
        need(match, "labels %r" % text)
        need(match.group(1) not in labels, "label twice: %r" % text)
        labels[match.group(1)] = re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m.group(1), m.group(1)),
                                        match.group(2))
        rest = rest[match.end():]
        need(not rest or rest[0] == ",", "labels %r" % text)
        rest = rest[1:]
    return labels


def read_value(text):
    need(re.fullmatch(r"[+-]?(Inf|\d+(\.\d*)?([eE][+-]?\d+)?|\.\d+)|NaN", text), "value %r" % text)
    return float(text)


def read_sample(line):
    match = re.fullmatch(r"(%s)(\{.*\})? (\S+)( -?\d+)?" % NAME.pattern, line)
    need(match, "sample %r" % line)
    labels = read_labels(match.group(2)) if match.group(2) else {}
    return match.group(1), labels, read_value(match.group(3))


class Family:
    def __init__(self, name):
        self.name = name
        self.help = self.type = None
        self.samples = []

    def owns(self, name):
        return name in ([self.name + suffix for suffix in SUFFIXES[self.type]]
                        if self.type in SUFFIXES else [self.name])


def read_comment(line, families, current):
    _, what, name, text = line.split(" ", 3)
    need(what in ("HELP", "TYPE") and NAME.fullmatch(name), line)
    if current is None or current.name != name:
        need(name not in families, "family twice: " + name)
        current = families[name] = Family(name)
    need(getattr(current, what.lower()) is None, "twice: " + line)
    need(not current.samples, "after samples: " + line)
    need(what != "TYPE" or text in TYPES, line)
    need(not re.search(r"\\(?![\\n])", text), "escape in " + line)
    setattr(current, what.lower(), text)
    return current


def check_histogram(family):
    buckets = [(float(labels["le"]), value) for name, labels, value in family.samples
               if name.endswith("_bucket")]
    need(buckets == sorted(buckets), "buckets in order: %r" % buckets)
    need([end for end, _ in buckets] == sorted({end for end, _ in buckets}), "bucket twice")
    need([count for _, count in buckets] == sorted(count for _, count in buckets), "not cumulative")
    need(buckets[-1][0] == math.inf, "no +Inf")
    count = [value for name, _, value in family.samples if name.endswith("_count")]
    total = [value for name, _, value in family.samples if name.endswith("_sum")]
    need(count == [buckets[-1][1]] and len(total) == 1, "count and sum")


def check_family(family):
    need(family.help and family.type, "HELP and TYPE of " + family.name)
    seen = set()
    for name, labels, value in family.samples:
        key = (name, tuple(sorted(labels.items())))
        need(key not in seen, "sample twice: %r" % (key,))
        seen.add(key)
        need(family.type != "counter" or (value >= 0 and name.endswith("_total")), name)
    if family.type == "histogram":
        check_histogram(family)


def read_metrics(text):
    """The families of an exposition; FormatError when it is not one."""
    families, current = {}, None
    need(text.endswith("\n"), "the last line has no end")
    for line in text[:-1].split("\n"):
        if line.startswith("# "):
            current = read_comment(line, families, current)
        else:
            sample = read_sample(line)
            need(current is not None and current.owns(sample[0]), "strays: " + line)
            current.samples.append(sample)
    for family in families.values():
        check_family(family)
    return families


class ReaderTest(LooseCase):
    """The reader refuses what is not the format: else it would prove nothing."""

    good = "# HELP a_total b\n# TYPE a_total counter\na_total{x=\"1\"} 2\n"

    def test_good(self):
        self.assertEqual(read_metrics(self.good)["a_total"].samples, [("a_total", {"x": "1"}, 2)])

    def test_bad(self):
        histogram = "# HELP h b\n# TYPE h histogram\n"
        for text in (self.good[:-1], self.good + self.good, self.good.replace("counter", "count"),
                     self.good.replace("# HELP a_total b\n", ""), self.good.replace("2", "two"),
                     self.good.replace('"1"', '"1'), self.good.replace('"1"', '"\\x"'),
                     self.good + 'a_total{x="1"} 3\n', self.good + "b_total 3\n",
                     self.good.replace(" 2", " -2"), self.good.replace("a_total", "a"),
                     self.good + "\n", self.good.replace('x="1"', 'x="1",x="2"'),
                     histogram + 'h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
                     histogram + 'h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
                     histogram + 'h_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n'):
            self.assertRaises(FormatError, read_metrics, text)


class MetricsTest(LooseCase):
    def setUp(self):
        self.server = self.start()

    def metrics(self):
        answer = self.server.admin("GET", "/metrics")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.fields["content-type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        return read_metrics(answer.body.decode())

    def value(self, name, **labels):
        samples = self.metrics()["exports_mock_" + name].samples
        found = [value for _, own, value in samples if own == labels]
        return found[0] if found else 0

    def test_names_and_types(self):
        families = self.metrics()
        self.assertEqual({name: family.type for name, family in families.items()}, {
            "exports_mock_build_info": "gauge",
            "exports_mock_connections": "gauge",
            "exports_mock_downloads_aborted_total": "counter",
            "exports_mock_exports": "gauge",
            "exports_mock_faults_total": "counter",
            "exports_mock_journal_dropped_total": "counter",
            "exports_mock_journal_entries": "gauge",
            "exports_mock_request_seconds": "histogram",
            "exports_mock_requests_total": "counter",
            "exports_mock_sent_bytes_total": "counter"})
        self.assertEqual(families["exports_mock_build_info"].samples,
                         [("exports_mock_build_info", {"version": self.server.version}, 1)])

    def test_requests_and_exports(self):
        tenant = Tenant(self.server)
        sent = 0
        for answer in (tenant.try_add(), tenant.try_add(), tenant.call("getAll", ExportIds=[NOBODY]),
                       self.server.request("GET", "/nothing")):
            sent += len(answer.body)
        self.assertEqual(self.value("requests_total", operation="add", status="200"), 1)
        self.assertEqual(self.value("requests_total", operation="add", status="400"), 1)
        self.assertEqual(self.value("requests_total", operation="getAll", status="200"), 1)
        self.assertEqual(self.value("requests_total", operation="other", status="404"), 1)
        self.assertEqual(self.value("sent_bytes_total"), sent)
        self.assertEqual(self.value("exports", state="Pending"), 1)
        self.server.advance(by="7s")
        self.assertEqual(self.value("exports", state="Pending"), 0)
        self.assertEqual(self.value("exports", state="Success"), 1)
        count = [value for name, _, value in self.metrics()["exports_mock_request_seconds"].samples
                 if name.endswith("_count")]
        self.assertEqual(count, [4])
        self.server.admin("POST", "/reset")
        self.assertEqual(self.value("requests_total", operation="add", status="200"), 1)
        self.assertEqual(self.value("exports", state="Success"), 0)
        self.assertEqual(self.value("journal_entries"), 0)

    def test_downloads(self):
        # Larger than what the buffers of two sockets hold, or it is handed over whole.
        tenant = Tenant(self.server, "client-of-big", "access-of-big+one-big-file")
        file = tenant.finished("OrderItem")["Files"][0]
        self.assertGreater(file["SizeInBytes"], 50000000)
        url = file["Url"]
        before = self.value("sent_bytes_total")
        self.server.get(url, Range="bytes=0-99")
        self.assertEqual(self.value("sent_bytes_total"), before + 100)
        with self.server.connect(4096) as sock:
            sock.sendall(raw_request(self.server.target(url)))
            Reader(sock).head()
        wait_for(lambda: self.value("downloads_aborted_total"))
        self.assertEqual(self.value("requests_total", operation="download", status="206"), 1)
        self.assertEqual(self.value("requests_total", operation="download", status="200"), 1)

    def test_connections(self):
        self.assertEqual(self.value("connections"), 1)
        socks = [self.server.connect() for _ in range(5)]
        for sock in socks:
            sock.sendall(raw_request("/nothing"))
            Reader(sock).answer()
        self.assertEqual(self.value("connections"), 6)
        for sock in socks:
            sock.close()
        wait_for(lambda: self.value("connections") == 1)

    def test_faults(self):
        tenant = Tenant(self.server, "client-of-faults", "access-of-faults+server-errors")
        statuses = [tenant.call("getAll", ExportIds=[NOBODY]).status for _ in range(50)]
        self.assertGreater(statuses.count(500) + statuses.count(503), 0, statuses)
        self.assertEqual(self.value("faults_total", operation="getAll"),
                         len(statuses) - statuses.count(200))


class LimitsTest(ServerCase):
    settings = {"limit": "3/10s"}

    def rules(self):
        answer = self.server.admin("GET", "/limits", None, self.tenant.access_token)
        self.assertEqual(answer.status, 200)
        return [rule for limit in answer.json["limits"] for rule in limit["rules"]]

    def test_window(self):
        self.assertEqual(self.rules(), [])
        for _ in range(4):
            answer = self.tenant.call("getAll", ExportIds=[NOBODY])
        self.assertEqual(answer.status, 429)
        self.assertEqual(self.rules(), [
            {"of": "AccessToken", "operation": None, "requests": 3, "perSeconds": 10, "count": 3,
             "remaining": 0, "began": "2026-08-07T10:00:00Z", "ends": "2026-08-07T10:00:10Z"}])
        journal = self.server.admin("GET", "/requests", None, self.tenant.access_token).json
        entry = journal["requests"][-1]
        self.assertEqual(entry["retryAfterSeconds"], 10)
        self.assertEqual(entry["why"][-1],
                         "the burst that began at 2026-08-07T10:00:00Z had 3 requests of the "
                         "AccessToken already; the limit is 3 in 10000 ms, until "
                         "2026-08-07T10:00:10Z")
        self.tenant.advance(by="10s")
        self.assertEqual((self.rules()[0]["count"], self.rules()[0]["began"]), (0, None))


if __name__ == "__main__":
    main()
