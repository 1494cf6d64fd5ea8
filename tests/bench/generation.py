"""`generate` against `cp` of the same bytes to another place of the same disk."""

import shutil
import statistics
import time

from downloads import FILE, OPTIONS, file_of
from lab import harness, heading, interleave, ratio, run, table, verdict


def timed(lab, command, written):
    """Bytes written per second, in GB/s; what was written is removed again."""
    begin = time.perf_counter()
    run(*command)
    seconds = time.perf_counter() - begin
    size_bytes = (written / FILE).stat().st_size
    shutil.rmtree(written)
    return size_bytes / seconds / 1e9


def generate(lab):
    folder = lab.folder / "generated"
    folder.mkdir()
    return timed(lab, (lab.exports_mock, "generate", "--quiet", "--now", harness.NOW,
                       "--entity-type", "OrderItem", *OPTIONS, "--out", str(folder)), folder)


def copy(lab, source):
    folder = lab.folder / "copied"
    folder.mkdir()
    return timed(lab, ("cp", "--reflink=never", str(source), str(folder / FILE)), folder)


def measure(lab):
    heading("generate, against cp of the same bytes from the page cache to the same disk")
    source = file_of(lab) / FILE
    speeds = interleave({"ours": lambda: generate(lab), "cp": lambda: copy(lab, source)})
    quotient = ratio(speeds["ours"], speeds["cp"])
    table(("Bytes", "generate", "cp --reflink=never", "ratio", "goal"),
          [("%d" % source.stat().st_size, "%.2f GB/s" % statistics.median(speeds["ours"]),
            "%.2f GB/s" % statistics.median(speeds["cp"]), "%.2f" % quotient,
            "1.0: %s" % verdict(quotient >= 1))])
