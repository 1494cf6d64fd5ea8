"""Downloads of a computed file against nginx sending the same bytes from the page cache."""

import statistics
import subprocess

from lab import (ACCESS_TOKEN, CLIENT_TOKEN, find, harness, heading, interleave, note,
                 processor_s, ratio, run, run_together, skip, start, start_nginx, table, verdict)

ROWS = 300000
STREAMS = 8
GOAL = 1.2
OPTIONS = ("--rows", "OrderItem=%d" % ROWS, "--max-file-size", "1GB")
FILE = "OrderItem-1.jsonl"


def file_of(lab):
    """The folder with the file, made on first use by `generate`."""
    folder = lab.folder / "files"
    if not folder.exists():
        subprocess.run([lab.exports_mock, "generate", "--quiet", "--now", harness.NOW,
                        "--entity-type", "OrderItem", *OPTIONS, "--out", str(folder)], check=True)
    return folder


def require_same_bytes(server, target, path):
    """The computed file is the one on disk, as far as samples tell."""
    size = path.stat().st_size
    if int(server.request("HEAD", target).fields["content-length"]) != size:
        raise RuntimeError("the file on disk has another length")
    with open(path, "rb") as file:
        for at in [size * i // 16 for i in range(16)]:
            file.seek(at)
            wanted = file.read(100000)
            span = "bytes=%d-%d" % (at, at + len(wanted) - 1)
            if server.request("GET", target, None, {"Range": span}).body != wanted:
                raise RuntimeError("the file on disk differs near byte %d" % at)


def curl_one(port, target, size_bytes):
    seconds = run("curl", "-sSf", "-o", "/dev/null", "-w", "%{time_total}",
                  "http://127.0.0.1:%d%s" % (port, target))
    return size_bytes, float(seconds)


def curl_many(port, target, size_bytes):
    url = "http://127.0.0.1:%d%s" % (port, target)
    seconds = run_together([("curl", "-sSf", "-o", "/dev/null", url)] * STREAMS)
    return STREAMS * size_bytes, seconds


def discard(lab, port, target, *parts):
    length, seconds = run(lab.tool("discard"), str(port), target, *parts).split()
    return int(length), float(seconds)


def clients(lab, size_bytes):
    """What is measured: name, tool, goal, and a function of port and target that gives bytes and
    seconds."""
    parts = ["0-%d" % (size_bytes - 1)] * STREAMS
    return (
        ("curl, one stream", "curl", GOAL, lambda *at: curl_one(*at, size_bytes)),
        ("curl, eight streams", "curl", GOAL, lambda *at: curl_many(*at, size_bytes)),
        ("discarded by the kernel, one stream", None, None, lambda *at: discard(lab, *at)),
        ("discarded by the kernel, eight streams", None, None,
         lambda *at: discard(lab, *at, *parts)),
    )


def download(process, client, *where):
    """GB/s of a download, and the processor's time that the server spent on a GB in ms."""
    before_s = processor_s(process)
    length, seconds = client(*where)
    return length / seconds / 1e9, (processor_s(process) - before_s) / length * 1e12


def row_of(name, goal, results):
    speeds = {who: [speed for speed, _ in runs] for who, runs in results.items()}
    costs = {who: statistics.median(cost for _, cost in runs) for who, runs in results.items()}
    quotient = ratio(speeds["ours"], speeds["nginx"])
    return (name, "%.2f GB/s" % statistics.median(speeds["ours"]),
            "%.2f GB/s" % statistics.median(speeds["nginx"]), "%.2f" % quotient,
            "%.1f: %s" % (goal, verdict(quotient >= goal)) if goal else "none",
            "%.0f ms" % costs["ours"], "%.0f ms" % costs["nginx"])


def compare(lab, server, target, nginx, size_bytes):
    rows = []
    for name, tool, goal, client in clients(lab, size_bytes):
        if tool and not find(tool):
            continue
        rows.append(row_of(name, goal, interleave({
            "ours": lambda: download(server.process, client, server.port, target),
            "nginx": lambda: download(nginx.process, client, nginx.port, "/" + FILE)})))
    table(("Client", "computed", "nginx, sendfile", "ratio", "goal", "server's processor time, a GB",
           "nginx's"), rows)


def measure(lab):
    heading("Downloads: computed, against nginx sending the same bytes from the page cache")
    if not find("nginx"):
        skip("the comparison", "nginx")
        return
    folder = file_of(lab)
    size_bytes = (folder / FILE).stat().st_size
    server = start(*OPTIONS)
    nginx = None
    try:
        export = harness.Tenant(server, CLIENT_TOKEN, ACCESS_TOKEN).finished("OrderItem")
        target = server.target(export["Files"][0]["Url"])
        require_same_bytes(server, target, folder / FILE)
        nginx = start_nginx(lab, folder, "/" + FILE)
        compare(lab, server, target, nginx, size_bytes)
    finally:
        server.stop()
        if nginx:
            nginx.stop()
    note("The file has %d bytes; each stream takes it whole." % size_bytes)
    if not find("curl"):
        skip("the clients with one and eight streams of curl", "curl")
