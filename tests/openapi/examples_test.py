#!/usr/bin/env python3
"""The examples of the OpenAPI document are what the program answers."""

import json
import os
import pathlib
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class ExamplesTest(unittest.TestCase):
    def test_they_are_real(self):
        program = os.environ.get("TESTED_PROGRAM", "./exports-mock")
        made = subprocess.run([sys.executable, ROOT / "scripts/make-openapi", program, "--check"],
                              capture_output=True, text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))

    def test_every_endpoint_is_described(self):
        program = os.environ.get("TESTED_PROGRAM", "./exports-mock")
        with subprocess.Popen([program, "--port", "0", "--log", "off"],
                              stdout=subprocess.PIPE, text=True) as server:
            try:
                url = server.stdout.readline().split()[-1]
                with urllib.request.urlopen(url + "/__admin/openapi.json") as answer:
                    described = {path for path in json.load(answer)["paths"]
                                 if path.startswith("/__admin/")}
                with self.assertRaises(urllib.error.HTTPError) as refusal:
                    urllib.request.urlopen(url + "/__admin/nothing/near/this")
                listed = json.load(refusal.exception)["Details"].split("; there are ")[1]
                refusal.exception.close()
            finally:
                server.terminate()
        self.assertEqual(set(listed.split(", ")), described - {"/__admin/"})


if __name__ == "__main__":
    unittest.main()
