#!/usr/bin/env python3
"""The example clients of examples/: two that certify clean, and one that does not and is told why.

Their pauses are real time: one second between polls, as --speed 300 makes five minutes of it.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import unittest

from harness import WAIT_S, Server, clean_environment, main

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SCENARIOS = ("already-running,corrupt-row,download-truncated,expires-early,fails,happy,many-files,"
             "proxy-page,rate-limited,server-errors,unicode,wrong-size")


def certify(*command):
    run = subprocess.run(
        [Server.program, "certify", "--only", SCENARIOS, "--fail-on", "warning", "--format", "json",
         "--jobs", "12", "--", *command],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=WAIT_S,
        env=clean_environment(POLL_SECONDS="1", TIMEOUT_SECONDS="20"))
    return json.loads(run.stdout)["cells"], run


class ExamplesTest(unittest.TestCase):
    def assert_clean(self, *command):
        cells, run = certify(*command)
        self.assertEqual(len(cells), len(SCENARIOS.split(",")))
        self.assertEqual([cell["scenario"] for cell in cells if cell["verdict"] != "passed"], [],
                         run.stdout.decode() + run.stderr.decode())
        self.assertEqual(run.returncode, 0)

    def test_the_python_client_certifies_clean(self):
        self.assert_clean(sys.executable, str(EXAMPLES / "python/collect.py"), "Bill")

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_the_node_client_certifies_clean(self):
        self.assert_clean("node", str(EXAMPLES / "node/collect.mjs"), "Bill")

    def test_the_naive_client_is_told_what_it_does(self):
        run = subprocess.run([Server.program, "run", "--speed", "100", "--", sys.executable,
                              str(EXAMPLES / "naive/collect.py"), "Bill"],
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=WAIT_S,
                             env=clean_environment())
        self.assertEqual(run.returncode, 1, run)
        for rule in (b"error    leaked-token: ", b"error    missed-file: ",
                     b"warning  wrong-content-type: ", b"missing: "):
            self.assertIn(rule, run.stderr)


if __name__ == "__main__":
    main()
