"""Rows computed in memory, by entity type, and Python's json reading some of them."""

import json
import statistics
import subprocess
import time

from lab import RUNS, harness, heading, run, table, verdict

GOAL_GB_S = 2
MEGABYTES = 200
SAMPLE_ROWS = 5000


def measure_types(lab):
    """GB/s of every run, by type."""
    speeds = {name: [] for name in harness.TYPES}
    for _ in range(RUNS):
        for line in run(lab.tool("bench_rows"), str(MEGABYTES)).splitlines():
            fields = line.split()
            speeds[fields[0]].append(float(fields[1]))
    return speeds


def parse_sample(folder, name):
    """How many rows of the type's files are JSON objects, and how fast json reads them in GB/s."""
    lines = b"".join(path.read_bytes() for path in folder.glob(name + "-*.jsonl")).splitlines()
    begin = time.perf_counter()
    rows = [json.loads(line) for line in lines]
    seconds = time.perf_counter() - begin
    if len(rows) != SAMPLE_ROWS or not all(isinstance(row, dict) for row in rows):
        raise RuntimeError("%s: %d sound rows, not %d" % (name, len(rows), SAMPLE_ROWS))
    return len(rows), sum(map(len, lines)) / seconds / 1e9


def measure(lab):
    folder = lab.folder / "sample"
    wanted = ",".join("%s=%d" % (name, SAMPLE_ROWS) for name in harness.TYPES)
    subprocess.run([lab.exports_mock, "generate", "--quiet", "--now", harness.NOW, "--rows", wanted,
                    "--out", str(folder)], check=True)
    heading("Rows computed in memory, one core")
    rows = []
    for name, speeds in measure_types(lab).items():
        count, reading = parse_sample(folder, name)
        speed = statistics.median(speeds)
        rows.append((name, "%.1f GB/s" % speed, "%.2f GB/s" % reading, "%.0f" % (speed / reading),
                     "%d of %d" % (count, SAMPLE_ROWS), verdict(speed >= GOAL_GB_S)))
    table(("Type", "made", "Python's json reads", "ratio", "rows of a sample that json reads",
           "goal: 2 GB/s"), rows)
