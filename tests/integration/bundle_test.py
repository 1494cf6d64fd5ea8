#!/usr/bin/env python3
"""Bundles: a story written by run and certify, and told again. Source: interface, section 3."""

import json
import os
import sys

from harness import FolderCase, main

# Adds an export, moves the clock, and tells what it got, so that two stories can be compared.
CLIENT = r"""
import json, os, sys, urllib.error, urllib.request
url = os.environ["EXPORTS_MOCK_URL"]

def post(path, body):
    request = urllib.request.Request(url + path, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

def call(operation, **properties):
    return post("/api/connector/v1/exports/" + operation,
                {"ClientToken": os.environ["EXPORTS_MOCK_CLIENT_TOKEN"],
                 "AccessToken": os.environ["EXPORTS_MOCK_ACCESS_TOKEN"],
                 "Client": "Test 1.0", **properties})

export = call("add", EntityType="Reservation")["Export"]
post("/__admin/clock/advance", {"by": "5m"})
export = call("getAll", ExportIds=[export["Id"]])["Exports"][0]
print(export["Status"], export["Id"])
for file in export["Files"] or []:
    print(len(urllib.request.urlopen(file["Url"]).read()))
sys.exit(export["Status"] != "Success")
"""


class BundleTest(FolderCase):
    def setUp(self):
        super().setUp()
        self.bundle = self.path("story.json")

    def record(self, *options):
        run = self.run_program("run", "--speed", "0", *options, "--bundle", self.bundle, "--",
                               sys.executable, "-c", CLIENT)
        with open(self.bundle, encoding="utf-8") as file:
            return run, json.load(file)

    def test_a_story_is_told_again(self):
        first, bundle = self.record("--seed", "42", "--rows", "Reservation=50")
        self.assertEqual(first.returncode, 0, first)
        self.assertEqual(bundle["options"]["seed"], "42")
        self.assertEqual(bundle["command"], [sys.executable, "-c", CLIENT])
        self.assertEqual(bundle["exit"], {"how": "exited", "code": 0})
        self.assertEqual([entry["status"] for entry in bundle["requests"]], [200, 200, 200])
        again = self.run_program("run", "--from", self.bundle)
        self.assertEqual((again.returncode, again.stdout), (0, first.stdout))
        self.assertRegex(again.stderr, b"^exports-mock: .*story.json says to run .*python")
        self.assertNotIn(b"says to run", self.run_program("run", "-q", "--from",
                                                          self.bundle).stderr)

    def test_the_scenario_is_in_it(self):
        own = self.path("own.json", '{"name": "mine", "lifecycle": {"outcome": "Failed"}}')
        first, bundle = self.record("--scenario", own)
        os.remove(own)
        self.assertEqual((first.returncode, bundle["scenario"]["name"]), (1, "mine"))
        again = self.run_program("run", "--from", self.bundle)
        self.assertEqual((again.returncode, again.stdout), (1, first.stdout))

    def test_what_is_given_wins(self):
        first, _ = self.record("--scenario", "fails", "--seed", "42")
        self.assertEqual(first.returncode, 1)
        other = self.run_program("run", "--from", self.bundle, "--scenario", "happy")
        self.assertEqual(other.returncode, 0, other)
        self.assertEqual(other.stdout.split()[1], first.stdout.split()[1])
        for options, environment in ((("--seed", "43"), {}), ((), {"EXPORTS_MOCK_SEED": "43"})):
            other = self.run_program("run", "--from", self.bundle, *options, **environment)
            self.assertNotEqual(other.stdout.split()[1], first.stdout.split()[1])
        other = self.run_program("run", "--from", self.bundle, "--", "echo", "own")
        self.assertEqual((other.returncode, other.stdout), (0, b"own\n"))

    def test_no_credentials_in_requests(self):
        _, bundle = self.record()
        tokens = self.run_program("run", "--", "sh", "-c", "echo $EXPORTS_MOCK_CLIENT_TOKEN "
                                  "$EXPORTS_MOCK_ACCESS_TOKEN").stdout.decode().split()
        self.assertEqual(len(tokens), 2)
        for token in tokens:
            self.assertNotIn(token, json.dumps(bundle))

    def test_certify_writes_one_for_each_failure(self):
        run = self.run_program("certify", "--only", "happy,fails", "--format", "json", "--bundle",
                               self.bundle, "--", sys.executable, "-c",
                               CLIENT.replace("sys.exit(", "print("))
        self.assertEqual(run.returncode, 1, run)
        cells = {cell["scenario"]: cell for cell in json.loads(run.stdout)["cells"]}
        path = os.path.join(self.folder, "story-fails.json")
        self.assertEqual((cells["happy"]["bundle"], cells["fails"]["bundle"]), (None, path))
        self.assertEqual(os.listdir(self.folder), ["story-fails.json"])
        again = self.run_program("run", "--from", path)
        self.assertEqual(again.returncode, 0, again)
        self.assertTrue(again.stdout.startswith(b"Failed "))

    def test_hostile_files(self):
        for text in (b"", b"{", b"[]", b"null", b"\x00" * 100, b"[" * 100000, b"\xff\xfe",
                     b'{"exportsMockBundle":1,"command":["true"],"options":{"seed":"x"}}'):
            with open(self.bundle, "wb") as file:
                file.write(text)
            run = self.run_program("run", "--from", self.bundle)
            self.assertEqual((run.returncode, run.stdout), (1, b""), run)
            self.assertTrue(run.stderr.startswith(b"exports-mock: --from: "), run)
            self.assertEqual(run.stderr.count(b"\n"), 1)
        for path in (os.path.join(self.folder, "none"), self.folder):
            run = self.run_program("run", "--from", path)
            self.assertEqual(run.returncode, 1, run)
            self.assertIn(b"cannot", run.stderr)

    def test_usage(self):
        for words in (("run",), ("run", "--bundle", self.bundle), ("certify", "--from", "x", "--",
                                                                     "true")):
            run = self.run_program(*words)
            self.assertEqual((run.returncode, run.stdout), (2, b""), run)
        run = self.run_program("run", "--bundle", "/nowhere/x.json", "--", "echo", "ran")
        self.assertEqual((run.returncode, run.stdout), (1, b""), run)


if __name__ == "__main__":
    main()
