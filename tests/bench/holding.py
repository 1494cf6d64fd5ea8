"""Answers that are held: late ones, slow downloads and stalled ones; what the others notice of
them, and what memory each takes."""

import json
import resource
import statistics

from calls import OPTIONS, Load
from lab import (RUNS, find, harness, heading, memory_kb, note, ratio, skip, start, table, verdict)

HELD = 5000
THROUGHPUT_GOAL = 0.5
SLOW_BYTES_PER_S = 2000
STALL_BYTES = 10000

# What is held goes on for longer than the benchmark.
SCENARIO = {"faults": [
    {"on": "getAll", "match": {"entityType": "Customer"}, "delay": "1h"},
    {"on": "download", "match": {"entityType": "Bill"}, "throttle": "%dB/s" % SLOW_BYTES_PER_S},
    {"on": "download", "match": {"entityType": "Payment"},
     "cut": {"afterBytes": STALL_BYTES, "how": "stall"}},
]}
KINDS = (("late getAll", "Customer", HELD // 2),
         ("download at %d bytes a second" % SLOW_BYTES_PER_S, "Bill", HELD // 4),
         ("stalled download", "Payment", HELD - HELD // 2 - HELD // 4))


def start_server(lab):
    path = lab.folder / "holding.json"
    path.write_text(json.dumps(SCENARIO))
    return start(*OPTIONS, "--scenario", path)


def requests_of(server, tenant):
    """For each entity type, a request whose answer is held."""
    ids = {name: tenant.add(name)["Id"] for _, name, _ in KINDS}
    server.advance(by="7s")
    requests = {"Customer": harness.raw_request(
        harness.API + "getAll", "POST", "Content-Type: application/json\r\n",
        json.dumps(tenant.body(ExportIds=[ids["Customer"]])).encode())}
    for name in ("Bill", "Payment"):
        file = tenant.get(ids[name])["Files"][0]
        if file["SizeInBytes"] <= STALL_BYTES:
            raise RuntimeError("the file of %s is too small: %r" % (name, file))
        requests[name] = harness.raw_request(server.target(file["Url"]))
    return requests


class Crowd:
    """Connections whose answers are held, and by how much each kind made the server grow."""

    def __init__(self, server, requests):
        self.socks = []
        self.grown_kb = []
        for _, name, count in KINDS:
            before_kb = memory_kb(server.process, "VmRSS")
            socks = [self.ask(server, requests[name]) for _ in range(count)]
            if name != "Customer":  # the head and the first bytes come at once
                for sock in socks:
                    if not sock.recv(12).endswith(b" 200"):
                        raise RuntimeError("%s: not 200" % name)
            server.admin("GET", "/health")  # whoever came before was seen
            self.grown_kb.append((memory_kb(server.process, "VmRSS") - before_kb) / count)
            self.socks += socks

    @staticmethod
    def ask(server, request):
        sock = server.connect()
        sock.sendall(request)
        return sock

    def count_silent(self):
        """How many of the late ones have nothing to read."""
        silent = 0
        for sock in self.socks[:KINDS[0][2]]:
            sock.setblocking(False)
            try:
                sock.recv(1)
            except BlockingIOError:
                silent += 1
        return silent

    def close(self):
        for sock in self.socks:
            sock.close()


def measure_rounds(load, server, requests):
    """Requests a second and processor time of one: alone, and beside the crowd; and the growth of
    the first round, when no memory was left over from another."""
    idle, held, grown_kb = [], [], None
    for _ in range(RUNS):
        idle.append(load.press(server.port, server.process))
        crowd = Crowd(server, requests)
        held.append(load.press(server.port, server.process))
        if crowd.count_silent() != KINDS[0][2]:
            raise RuntimeError("late answers came too early")
        crowd.close()
        grown_kb = grown_kb or crowd.grown_kb
    return idle, held, grown_kb


def report(idle, held, grown_kb):
    speeds = [[run[0] for run in runs] for runs in (idle, held)]
    share = ratio(speeds[1], speeds[0])
    table(("getAll, 1 id", "alone", "beside %d held" % HELD, "ratio", "goal"), [
        ("requests a second", "%.0f/s" % statistics.median(speeds[0]),
         "%.0f/s" % statistics.median(speeds[1]), "%.2f" % share,
         "%.1f: %s" % (THROUGHPUT_GOAL, verdict(share >= THROUGHPUT_GOAL))),
        ("processor time in all, a second", *("%.0f ms" % statistics.median(
            speed * spent_us / 1e3 for speed, spent_us in runs) for runs in (idle, held)), "", "")])
    print()
    table(("Held", "connections", "resident memory of each"),
          [(name, "%d" % count, "%.1f kB" % kb)
           for (name, _, count), kb in zip(KINDS, grown_kb)])
    note("Clients do not read what slow downloads send; it waits in the sockets. wrk as above.")


def measure(lab):
    heading("Held answers, and what others notice of them")
    if not find("wrk"):
        skip("held answers", "wrk")
        return
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard != resource.RLIM_INFINITY and hard < 2 * HELD:
        note("Skipped: the limit of descriptors is %d." % hard)
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = start_server(lab)
    try:
        tenant = harness.Tenant(server)
        requests = requests_of(server, tenant)
        asked = tenant.add("OrderItem")["Id"]
        load = Load(lab, "getAll beside held ones", "getAll", tenant.body(ExportIds=[asked]))
        load.answer_of(server)
        report(*measure_rounds(load, server, requests))
    finally:
        server.stop()
