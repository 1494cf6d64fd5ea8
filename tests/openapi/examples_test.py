#!/usr/bin/env python3
"""The examples of the OpenAPI document are what the program answers."""

import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class ExamplesTest(unittest.TestCase):
    def test_they_are_real(self):
        program = os.environ.get("TESTED_PROGRAM", "./exports-mock")
        made = subprocess.run([sys.executable, ROOT / "scripts/make-openapi", program, "--check"],
                              capture_output=True, text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
