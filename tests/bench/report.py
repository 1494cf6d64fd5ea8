"""Prints the figures of exports-mock as one Markdown report. scripts/bench calls it.

    report.py BUILD_FOLDER TEMPORARY_FOLDER [PART...]
"""

import os
import platform
import signal
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
import calls
import downloads
import footprint
import generation
import holding
import rows
import tls
from lab import RUNS, Lab, Noise, note

PARTS = {"rows": rows, "downloads": downloads, "tls": tls, "calls": calls, "holding": holding,
         "footprint": footprint, "generation": generation}


def congestion_control():
    """What the system's TCP does by default; nginx takes it, and on loopback it matters."""
    try:
        return Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
    except OSError:
        return "unknown"


def main():
    lab = Lab(sys.argv[1], sys.argv[2])
    wanted = sys.argv[3:] or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit("bench: no part %s; there are %s" % (unknown[0], ", ".join(PARTS)))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers are stopped on the way out
    begin = time.monotonic()
    print("# Figures of exports-mock")
    note("%d processors, Linux %s, TCP %s, load %.1f at the start. Medians of %d interleaved runs; a ratio "
         "is the median of the ratios of the rounds. Servers run on the first processor, clients "
         "on the last." % (os.cpu_count(), platform.release().split("-")[0],
                           congestion_control(), os.getloadavg()[0], RUNS))
    for name in wanted:
        noise = Noise()
        PARTS[name].measure(lab)
        noise.report()
    note("Took %.0f s; load %.1f at the end." % (time.monotonic() - begin, os.getloadavg()[0]))


main()
