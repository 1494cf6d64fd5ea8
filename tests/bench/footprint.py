"""Time to the first answer, memory, and how soon huge exports are listed and read."""

import json
import statistics
import time

from lab import (RUNS, Other, free_port, harness, heading, interleave, memory_kb, note, ratio,
                 run_together, start, table, verdict)

READY_GOAL_MS = 20
REST_GOAL_MB = 10
PEAK_GOAL_MB = 32
SERVER_GOAL_MS = 1
HUGE_ROWS = 1000000000
FAR_ROWS = 10000000000
FAR_OFFSET = 1000000000000
REPEATS = 100
PART_BYTES = 100 * 1000 * 1000
HEALTH = "/__admin/health"

# The last billion of the ledger's entries were made within these days.
LEDGER_DAYS = {"LedgerEntryFilters": {"Posting": {"Start": "2026-05-01", "End": "2026-08-07"}}}
MORE = {"LedgerEntry": {"Filters": LEDGER_DAYS}}


def start_once(command, port):
    """Milliseconds from exec to the first 200, and resident megabytes then."""
    server = Other(command, port, harness.raw_request(HEALTH, host="127.0.0.1:%d" % port))
    memory_mb = memory_kb(server.process, "VmRSS") / 1e3
    server.stop()
    return server.ready_ms, memory_mb


def measure_start(lab):
    port = free_port()
    answer = lab.folder / "health"
    answer.write_text('{"status":"healthy"}')
    results = interleave({
        "ours": lambda: start_once((lab.exports_mock, "--port", str(port), "--log", "off"), port),
        "floor": lambda: start_once((lab.tool("floor"), str(port), str(answer)), port),
    }, 4 * RUNS)
    rows = []
    for i, (what, unit, goal) in enumerate((("exec to the first 200", "ms", READY_GOAL_MS),
                                            ("resident at rest", "MB", REST_GOAL_MB))):
        ours, floor = ([run[i] for run in results[name]] for name in ("ours", "floor"))
        median = statistics.median(ours)
        rows.append((what, "%.1f %s" % (median, unit),
                     "%.1f %s" % (statistics.median(floor), unit), "%.2f" % ratio(ours, floor),
                     "%d %s: %s" % (goal, unit, verdict(median < goal))))
    table(("", "ours", "floor", "ratio", "goal"), rows)


def middle_of(size_bytes):
    return "%d-%d" % (size_bytes // 2, size_bytes // 2 + PART_BYTES - 1)


def measure_peak(lab):
    """Parts of ten exports of a billion rows, all at once."""
    server = start("--rows", ",".join("%s=%d" % (name, HUGE_ROWS) for name in harness.TYPES),
                   "--max-file-size", "10TB")
    try:
        tenant = harness.Tenant(server)
        ids = [tenant.add(name, **MORE.get(name, {}))["Id"] for name in harness.TYPES]
        server.advance(by="7s")
        files = [file for export in tenant.get_all(*ids) for file in export["Files"]]
        run_together([(lab.tool("discard"), str(server.port), server.target(file["Url"]),
                       middle_of(file["SizeInBytes"])) for file in files])
        peak_mb = memory_kb(server.process, "VmHWM") / 1e3
    finally:
        server.stop()
    note("Peak memory while %d exports of %d rows each (%.1f TB in all) were read in parallel, %d "
         "bytes of each: %.1f MB; goal under %d MB: %s." %
         (len(files), HUGE_ROWS, sum(file["SizeInBytes"] for file in files) / 1e12, PART_BYTES,
          peak_mb, PEAK_GOAL_MB, verdict(peak_mb < PEAK_GOAL_MB)))


class Kept:
    """A connection that is kept, and requests whose bytes are ready."""

    def __init__(self, server):
        self.sock = server.connect()
        self.host = "127.0.0.1:%d" % server.port

    def request(self, method, target, fields="", body=b""):
        return harness.raw_request(target, method, fields, body, host=self.host)

    def real_ms(self, request, status, length):
        """Milliseconds until the whole answer, which has this status and length, has come."""
        begin = time.perf_counter()
        self.sock.sendall(request)
        answer = self.sock.recv(1 << 20)
        while b"\r\n\r\n" not in answer or len(answer) - answer.index(b"\r\n\r\n") - 4 < length:
            answer += self.sock.recv(1 << 20)
        seconds = time.perf_counter() - begin
        if not answer.startswith(b"HTTP/1.1 %d " % status):
            raise RuntimeError("not %d: %r" % (status, answer[:300]))
        return seconds * 1e3


def get_all(kept, tenant, *ids):
    return kept.request("POST", harness.API + "getAll", "Content-Type: application/json\r\n",
                        json.dumps(tenant.body(ExportIds=list(ids))).encode())


def huge_rows(options, title, asked):
    """How long requests about a huge export take beyond a getAll of an id that nobody knows. asked
    gives, from (kept, tenant, id), the (name, request, status, body's length) to measure."""
    server = start(*options)
    try:
        tenant = harness.Tenant(server)
        export_id = tenant.add("OrderItem")["Id"]
        server.advance(by="7s")
        kept = Kept(server)
        floor = get_all(kept, tenant, harness.NOBODY)
        kept.real_ms(floor, 200, 14)
        rows = []
        for name, request, status, length in asked(server, kept, tenant, export_id):
            first_ms = kept.real_ms(request, status, length)
            times = interleave({"asked": lambda: kept.real_ms(request, status, length),
                                "floor": lambda: kept.real_ms(floor, 200, 14)}, REPEATS)
            more_ms = statistics.median(a - b for a, b in zip(times["asked"], times["floor"]))
            rows.append(("%s: %s" % (title, name), "%.2f ms" % first_ms,
                         "%.3f ms" % statistics.median(times["asked"]),
                         "%.3f ms" % statistics.median(times["floor"]), "%.3f ms" % more_ms,
                         verdict(more_ms < SERVER_GOAL_MS)))
        kept.sock.close()
        return rows
    finally:
        server.stop()


def listing(_server, kept, tenant, export_id):
    request = get_all(kept, tenant, export_id)
    yield "getAll", request, 200, 200


def far_range(server, kept, tenant, export_id):
    target = server.target(tenant.get(export_id)["Files"][0]["Url"])
    for offset in (0, FAR_OFFSET):
        span = "Range: bytes=%d-%d\r\n" % (offset, offset + 99)
        yield ("100 bytes at offset %d" % offset, kept.request("GET", target, span), 206, 100)


def measure_huge():
    rows = huge_rows(("--rows", "OrderItem=%d" % HUGE_ROWS, "--max-file-size", "10TB"),
                     "10^9 rows, one file", listing)
    rows += huge_rows(("--rows", "OrderItem=%d" % FAR_ROWS, "--max-file-size", "100TB"),
                      "10^10 rows, one file", far_range)
    print()
    table(("Export", "first use", "then", "getAll, unknown id", "difference", "goal: < 1 ms"), rows)
    note("Seen by a client in Python over a connection that is kept; medians of %d." % REPEATS)


def measure(lab):
    heading("Start, memory, and huge exports")
    measure_start(lab)
    measure_peak(lab)
    measure_huge()
