"""getAll and add under load, against libmicrohttpd with a constant answer of the same bytes."""

import json
import re
import statistics
import uuid

from lab import (find, harness, heading, interleave, note, processor_s, ratio, run, skip, start,
                 start_floor, table)

EXPORTS = 1000
CONNECTIONS = 8
SECONDS = 1
OPTIONS = ("--size", "tiny", "--max-file-size", "100MB")

SCRIPT = """local file = io.open(%s, "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
file:close()
"""


def write_tokens(lab):
    """A thousand pairs of tokens with an enterprise each, and one pair that has them all."""
    ids = [str(uuid.uuid5(uuid.NAMESPACE_URL, "enterprise-%d" % i)) for i in range(EXPORTS)]
    pairs = [{"ClientToken": "bench", "AccessToken": "one-%d" % i, "Enterprises": [ids[i]],
              "Chains": [harness.DEMO_CHAIN]} for i in range(EXPORTS)]
    pairs.append({"ClientToken": "bench", "AccessToken": "portfolio", "Enterprises": ids,
                  "Chains": [harness.DEMO_CHAIN]})
    path = lab.folder / "tokens.json"
    path.write_text(json.dumps(pairs))
    return path


def add_exports(server):
    """An export of every enterprise, all Success; gives the ids."""
    ids = [harness.Tenant(server, "bench", "one-%d" % i).add("OrderItem")["Id"]
           for i in range(EXPORTS)]
    server.advance(by="7s")
    return ids


class Load:
    """A request that wrk sends over and over."""

    def __init__(self, lab, name, operation, body):
        stem = re.sub(r"\W", "-", name)
        request = lab.folder / (stem + ".json")
        self.name = name
        self.target = harness.API + operation
        self.body = json.dumps(body).encode()
        self.script = lab.folder / (stem + ".lua")
        request.write_bytes(self.body)
        self.script.write_text(SCRIPT % json.dumps(str(request)))

    def answer_of(self, server):
        answer = server.request("POST", self.target, self.body,
                                {"Content-Type": "application/json"})
        if answer.status != 200:
            raise RuntimeError("%s: %r" % (self.name, answer))
        return answer.body

    def press(self, port, process):
        """Requests a second, and the processor's time that the server spent on one in µs."""
        before_s = processor_s(process)
        report = run("wrk", "-t1", "-c%d" % CONNECTIONS, "-d%ds" % SECONDS, "-s", str(self.script),
                     "http://127.0.0.1:%d%s" % (port, self.target))
        spent_s = processor_s(process) - before_s
        if "Non-2xx" in report or "Socket errors" in report:
            raise RuntimeError("%s: %s" % (self.name, report))
        count = int(re.search(r"^\s*(\d+) requests in ", report, re.MULTILINE).group(1))
        speed = re.search(r"^Requests/sec:\s+([\d.]+)$", report, re.MULTILINE).group(1)
        return float(speed), spent_s / count * 1e6


def compare(lab, load, server):
    """A row of the table."""
    answer = load.answer_of(server)
    floor = start_floor(lab, answer)
    try:
        results = interleave({"ours": lambda: load.press(server.port, server.process),
                              "floor": lambda: load.press(floor.port, floor.process)})
    finally:
        floor.stop()
    ours, floors = (list(zip(*results[name])) for name in ("ours", "floor"))
    return (load.name, "%d" % len(answer), "%.0f/s" % statistics.median(ours[0]),
            "%.0f/s" % statistics.median(floors[0]), "%.2f" % ratio(ours[0], floors[0]),
            "%.1f µs" % statistics.median(ours[1]), "%.1f µs" % statistics.median(floors[1]))


def rows_of_get_all(lab):
    server = start(*OPTIONS, "--tokens", write_tokens(lab))
    try:
        ids = add_exports(server)
        tenant = harness.Tenant(server, "bench", "portfolio")
        return [compare(lab, Load(lab, "getAll, %d id%s" % (count, "s" * (count > 1)), "getAll",
                                  tenant.body(ExportIds=ids[:count])), server)
                for count in (1, EXPORTS)]
    finally:
        server.stop()


def row_of_add(lab):
    """Exports that are ready at once, so that the next one is not refused."""
    server = start(*OPTIONS, "--pending", "0s", "--processing", "0s", "--max-exports", "10000000")
    try:
        tenant = harness.Tenant(server)
        return compare(lab, Load(lab, "add", "add", tenant.body(EntityType="OrderItem")), server)
    finally:
        server.stop()


def compare_kept(load, plain, kept):
    """A row of the table: the same request with --state and without."""
    results = interleave({"kept": lambda: load.press(kept.port, kept.process),
                          "plain": lambda: load.press(plain.port, plain.process)})
    ours, theirs = (list(zip(*results[name])) for name in ("kept", "plain"))
    return (load.name, "%.0f/s" % statistics.median(ours[0]),
            "%.0f/s" % statistics.median(theirs[0]), "%.2f" % ratio(ours[0], theirs[0]),
            "%.1f µs" % statistics.median(ours[1]), "%.1f µs" % statistics.median(theirs[1]))


def rows_of_state(lab):
    options = (*OPTIONS, "--pending", "0s", "--processing", "0s", "--max-exports", "10000000")
    servers = [start(*options, *more) for more in ((), ("--state", lab.folder / "state.db"))]
    try:
        tenants = [harness.Tenant(server, "bench", "state") for server in servers]
        export = [tenant.add("OrderItem") for tenant in tenants][0]
        return [compare_kept(Load(lab, "with state, " + name, operation, tenants[0].body(**more)),
                             *servers)
                for name, operation, more in (
                    ("getAll", "getAll", {"ExportIds": [export["Id"]]}),
                    ("add", "add", {"EntityType": "OrderItem"}))]
    finally:
        for server in servers:
            server.stop()


def measure(lab):
    heading("Requests, against libmicrohttpd with the same bytes as a constant answer")
    if not find("wrk"):
        skip("the comparison", "wrk")
        return
    table(("Request", "answer in bytes", "ours", "floor", "ratio", "processor time, one request",
           "floor's"), rows_of_get_all(lab) + [row_of_add(lab)])
    note("wrk: one thread, %d connections that are kept, %d s a run." % (CONNECTIONS, SECONDS))
    heading("Requests with --state, against the same server without")
    table(("Request", "with", "without", "ratio", "processor time, one request", "without"),
          rows_of_state(lab))
