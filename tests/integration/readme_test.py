#!/usr/bin/env python3
"""README's tour does what it prints: every `console` block, line for line, in one shell.

A printed line "..." stands for any lines; "..." at the end of a line for any rest of it.
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import LooseCase, main

README = Path(__file__).resolve().parent.parent.parent / "README.md"
MARK = "end-of-output"


def tour():
    """(command, printed lines) of the console blocks, in order."""
    steps = []
    for block in re.findall(r"^```console\n(.*?)^```", README.read_text("utf-8"), re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def agrees(printed, lines):
    """True when lines are what is printed, with its ellipses."""
    if not printed:
        return not lines
    if printed[0] == "...":
        return any(agrees(printed[1:], lines[i:]) for i in range(len(lines) + 1))
    if not lines:
        return False
    first = printed[0]
    same = lines[0].startswith(first[:-3]) if first.endswith("...") else lines[0] == first
    return same and agrees(printed[1:], lines[1:])


class TourTest(LooseCase):
    def test_every_command_prints_what_is_printed(self):
        if not shutil.which("curl") or not shutil.which("bash"):
            self.skipTest("needs curl and bash")
        server = self.start("--now", "2026-08-07T10:00:00Z", "--speed", "0")
        port = server.url.rsplit(":", 1)[1]
        steps = tour()
        self.assertGreater(len(steps), 10)
        script = "".join("%s\necho; echo %s\n" % (command.replace(":8080", ":" + port), MARK)
                         for command, _ in steps)
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["bash", "-c", script], cwd=folder, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C"),
                                  timeout=120, check=False)
        self.assertEqual(done.stderr, b"")
        outputs = done.stdout.decode().replace(":" + port, ":8080").split("\n" + MARK + "\n")
        for (command, printed), output in zip(steps, outputs):
            lines = output.rstrip("\n").split("\n") if output.rstrip("\n") else []
            self.assertTrue(agrees(printed, lines),
                            "%s\nprinted in README: %r\nseen: %r" % (command, printed, lines))


if __name__ == "__main__":
    main()
