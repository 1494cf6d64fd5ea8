#!/usr/bin/env python3
"""`verify`: what a client collected against what the export holds, with a real server, real
downloads, and files that are spoilt on purpose."""

import gzip
import json
import os
import random
import subprocess
import tempfile

from harness import LooseCase, NOBODY, Server, ServerCase, Tenant, WAIT_S, clean_environment, main


class VerifyCase(ServerCase):
    options = ("--size", "tiny", "--max-file-size", "64KB")

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="exports-mock-verify-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def put(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(content)
        return self.path(name)

    def downloads(self, export):
        """The files of an export, through its links."""
        return [self.server.get(file["Url"]).body for file in export["Files"]]

    def collect(self, **properties):
        """An export with at least two files, and these."""
        export = self.tenant.finished(**properties)
        files = self.downloads(export)
        self.assertGreater(len(files), 1)
        return export, files

    def run_verify(self, *arguments, stdin=b"", environment=None):
        return subprocess.run([Server.program, "verify", *arguments], input=stdin,
                              capture_output=True, timeout=WAIT_S,
                              env=clean_environment(**(environment or {})))

    def verify(self, exports, *paths, stdin=b"", options=(), server=None):
        """Exit code and the report as JSON."""
        exports = [exports] if isinstance(exports, dict) else exports
        ended = self.run_verify("--url", (server or self.server).url, "--format", "json", *options,
                                *("--export=" + export["Id"] for export in exports), *paths,
                                stdin=stdin)
        self.assertEqual(ended.stderr, b"", ended)
        report = json.loads(ended.stdout)
        self.assertEqual(report["complete"], ended.returncode == 0)
        return ended.returncode, report

    def assert_complete(self, export, *paths, **how):
        code, report = self.verify(export, *paths, **how)
        self.assertEqual(code, 0, report)
        return report

    def assert_found(self, export, *paths, missing=0, doubled=0, damaged=0, foreign=0):
        code, report = self.verify(export, *paths)
        self.assertEqual(code, 1, report)
        counts = {kind: report[kind]["count"]
                  for kind in ("missing", "doubled", "damaged", "foreign")}
        self.assertEqual(counts, {"missing": missing, "doubled": doubled, "damaged": damaged,
                                  "foreign": foreign})
        return report


class Whole(VerifyCase):
    def test_every_entity_type(self):
        for entity_type in ("Reservation", "Customer", "LedgerEntry", "AvailabilityAdjustment"):
            with self.subTest(entity_type=entity_type):
                export = self.tenant.finished(entity_type)
                files = self.downloads(export)
                path = self.put(entity_type + ".jsonl", b"".join(files))
                report = self.assert_complete(export, path)
                self.assertEqual(report["exported"]["fileCount"], len(files))
                self.assertEqual(report["exported"]["bytes"], sum(map(len, files)))
                self.assertEqual(report["collected"]["rowCount"], b"".join(files).count(b"\n"))

    def test_files_and_folders_in_any_order(self):
        export, files = self.collect()
        for number, content in enumerate(files):
            self.put("deep/er/%d.jsonl" % number if number % 2 else "%d.ndjson" % number, content)
        self.put("notes.txt", b"not to be looked at")
        self.put(".hidden.jsonl", b"neither")
        report = self.assert_complete(export, self.folder)
        self.assertEqual(report["collected"]["fileCount"], len(files))
        rows = b"".join(files).splitlines(keepends=True)
        random.Random(1).shuffle(rows)
        self.assert_complete(export, self.put("one", b"".join(rows)))

    def test_gzip(self):
        export, files = self.collect()
        self.put("a.jsonl.gz", gzip.compress(files[0]) + gzip.compress(files[1]))
        self.put("b.jsonl", gzip.compress(b"".join(files[2:])))
        self.assert_complete(export, self.folder)

    def test_stdin(self):
        export, files = self.collect()
        whole = b"".join(files)
        self.assert_complete(export, "-", stdin=whole)
        self.assert_complete(export, "-", stdin=gzip.compress(whole))
        self.assert_complete(export, "-", self.put("rest", files[1]),
                             stdin=files[0] + b"".join(files[2:]))
        with open(self.put("whole", whole), "rb") as file:
            ended = subprocess.run([Server.program, "verify", "--url", self.server.url, "--export",
                                    export["Id"], "-"], stdin=file, capture_output=True,
                                   timeout=WAIT_S, env=clean_environment())
        self.assertEqual((ended.returncode, ended.stderr), (0, b""))
        self.assertTrue(ended.stdout.endswith(b"all rows are there, once and whole\n"))

    def test_rewritten_rows(self):
        export, files = self.collect()
        rows = [json.loads(row) for row in b"".join(files).splitlines()]
        self.put("a.jsonl", "".join(json.dumps(row, sort_keys=True) + "\r\n"
                                    for row in rows[:50]).encode("utf-8-sig"))
        self.put("b.json", json.dumps(rows[50:], indent=1).encode())
        report = self.assert_complete(export, self.folder)
        self.assertEqual(report["rewritten"]["count"], len(rows))
        self.assertEqual(report["notes"], {"supersededRows": 0, "jsonArrays": 1,
                                           "byteOrderMarks": 1, "crlfLines": 50, "blankLines": 0})

    def test_exports_that_are_over_or_not_ready(self):
        export, files = self.collect()
        path = self.put("whole", b"".join(files))
        self.tenant.advance(by="30d")
        self.assertEqual(self.tenant.status(export), "Expired")
        self.assert_complete(export, path)
        self.tenant.force(export, "Processing")
        self.assert_complete(export, path)

    def test_several_exports(self):
        first, files = self.collect()
        second = self.tenant.finished("Customer")
        for number, content in enumerate(files + self.downloads(second)):
            self.put("%d.jsonl" % number, content)
        self.assert_complete([first, second], self.folder)
        ended = self.run_verify("--url", self.server.url + "/", self.folder, "--export",
                                first["Id"] + "," + second["Id"].upper())
        self.assertEqual(ended.returncode, 0, ended)
        _, report = self.verify(second, self.folder)
        self.assertEqual(report["foreign"]["count"], b"".join(files).count(b"\n"))

    def test_a_window_and_a_newer_one(self):
        """Rows of an older export that a newer one has in another state."""
        older, files = self.collect()
        self.tenant.advance(by="60d")
        newer = self.tenant.finished()
        rows = {}
        for row in b"".join(files + self.downloads(newer)).splitlines():
            rows[json.loads(row)["Id"]] = row
        report = self.assert_complete([older, newer],
                                      self.put("upserted", b"\n".join(rows.values())))
        self.assertGreater(report["notes"]["supersededRows"], 0)

    def test_is_no_download(self):
        export, files = self.collect()
        before = self.server.admin("GET", "/exports/" + export["Id"]).json["Files"]
        self.assert_complete(export, self.put("whole", b"".join(files)))
        after = self.server.admin("GET", "/exports/" + export["Id"]).json["Files"]
        self.assertEqual([file["Downloads"] for file in after],
                         [file["Downloads"] for file in before])


class Hazards(LooseCase):
    def test_surprising_data_is_whole(self):
        hazards = ("crlf,no-last-newline,repeated-row,unicode,long-strings,null-rows,"
                   "unknown-properties")
        server = self.start("--size", "tiny", "--max-file-size", "64KB", "--hazards", hazards)
        export = Tenant(server).finished()
        bodies = [server.get(file["Url"]).body for file in export["Files"]]
        self.assertFalse(bodies[0].endswith(b"\n"))
        rows = server.admin("GET", "/exports/%s/rows" % export["Id"])
        self.assertEqual(rows.body, b"\n".join(bodies))
        with tempfile.TemporaryDirectory(prefix="exports-mock-verify-") as folder:
            for number, body in enumerate(bodies):
                with open(os.path.join(folder, "%d.jsonl" % number), "wb") as file:
                    file.write(body)
            VerifyCase.assert_complete(self, export, folder, server=server)
            with open(os.path.join(folder, "1.jsonl"), "wb") as file:
                file.write(b"".join({row: 1 for row in bodies[1].splitlines(keepends=True)}))
            VerifyCase.assert_complete(self, export, folder, server=server)

    verify = VerifyCase.verify
    run_verify = VerifyCase.run_verify


class Differences(VerifyCase):
    def test_a_file_that_was_forgotten(self):
        export, files = self.collect()
        self.put("a.jsonl", b"".join(files[:1] + files[2:]))
        lost = files[1].count(b"\n")
        report = self.assert_found(export, self.folder, missing=lost)
        self.assertEqual(report["missingByFile"],
                         [{"file": export["Id"] + "-2.jsonl", "rowCount": lost,
                           "missingCount": lost, "firstLine": 1, "lastLine": lost}])

    def test_a_file_that_was_fetched_twice(self):
        export, files = self.collect()
        first = self.put("a.jsonl", b"".join(files))
        self.put("b.jsonl", files[1])
        report = self.assert_found(export, self.folder, doubled=files[1].count(b"\n"))
        found = report["doubled"]["first"][0]
        self.assertEqual(found["first"]["file"], first)
        self.assertEqual(found["first"]["offset"], len(files[0]))
        self.assertEqual(found["collected"]["offset"], 0)

    def test_a_cut_file(self):
        """Cut within a row, within a character, and within gzip."""
        export, files = self.collect()
        rest = b"".join(files[1:])
        lost = files[0].count(b"\n") - 1
        self.put("rest.jsonl", rest)
        path = self.put("cut.jsonl", files[0][:-100])
        report = self.assert_found(export, self.folder, damaged=1)
        found = report["damaged"]["first"][0]
        self.assertEqual(found["differsAt"], len(files[0]) - 100)
        self.assertEqual(found["collected"]["file"], path)
        self.assertEqual(found["exported"]["line"], lost + 1)
        self.assertIn("cut after", found["reason"])
        packed = gzip.compress(files[0])
        self.put("cut.jsonl", packed[:len(packed) // 2])
        _, report = self.verify(export, self.folder)
        self.assertGreater(report["missing"]["count"], 0)
        self.assertEqual(report["missing"]["count"] + report["damaged"]["count"] +
                         report["collected"]["rowCount"] - report["damaged"]["count"],
                         report["exported"]["rowCount"])

    def test_a_row_that_was_changed(self):
        export, files = self.collect()
        rows = files[0].splitlines(keepends=True)
        rows[2] = rows[2].replace(b'"State":"', b'"State":"X', 1)
        rows[4] = rows[4].replace(b"}", b"", 1)
        whole = b"".join(rows) + b"".join(files[1:])
        report = self.assert_found(export, self.put("a", whole), damaged=2)
        found = report["damaged"]["first"]
        self.assertEqual(whole[found[0]["differsAt"]], ord("X"))
        self.assertIn("not JSON", found[1]["reason"])

    def test_strangers(self):
        export, files = self.collect()
        other = Tenant(self.server).finished()
        stranger = self.downloads(other)[0].splitlines()[0]
        self.put("a.jsonl", b"".join(files) + stranger + b'\n<?xml version="1.0"?>')
        report = self.assert_found(export, self.folder, foreign=1, damaged=1)
        found = report["foreign"]["first"][0]
        self.assertIn(json.loads(stranger)["Id"], found["excerpt"])
        self.assertEqual(found["heldBy"], other["Id"])

    def test_the_export_that_a_foreign_row_is_of(self):
        export, files = self.collect()
        customers = self.tenant.finished("Customer")
        companies = self.tenant.finished("Company")
        first = [self.downloads(other)[0].splitlines()[0] for other in (customers, companies)]
        self.put("a.jsonl", b"\n".join(files + first + [b'{"Id":"x"}']))
        report = self.assert_found(export, self.folder, foreign=3)
        self.assertEqual([row.get("heldBy") for row in report["foreign"]["first"]],
                         [customers["Id"], companies["Id"], None])
        text = self.run_verify("--url", self.server.url, "--export", export["Id"],
                               self.folder).stdout.decode()
        self.assertIn("..., a row of export %s\n" % companies["Id"], text)
        self.assertTrue("{\"Id\":\"x\"}\n" in text, text)

    def test_the_report_for_people(self):
        export, files = self.collect()
        path = self.put("a.jsonl", b"".join(files).split(b"\n", 1)[1])
        ended = self.run_verify("--export", export["Id"], path,
                                environment={"EXPORTS_MOCK_URL": self.server.url})
        self.assertEqual((ended.returncode, ended.stderr), (1, b""))
        text = ended.stdout.decode()
        self.assertIn("\nmissing: 1 row of the export not collected\n", text)
        self.assertIn("%s-1.jsonl:1:1: {\"Id\":" % export["Id"], text)
        self.assertTrue(text.endswith("\n1 missing\n"), text)


class Downloads(VerifyCase):
    """What the journal says about the files that lost something."""

    def history(self, export, *paths, server=None):
        _, report = self.verify(export, *paths, server=server)
        for history in report["downloads"]:
            name = history.pop("file")
            self.assertTrue(name.startswith(export["Id"] + "-"))
            yield int(name[len(export["Id"]) + 1:-len(".jsonl")]), history

    def test_names_the_fault(self):
        server = self.start("--size", "tiny", "--max-file-size", "64KB", "--scenario",
                            "corrupt-row")
        export = Tenant(server).finished()
        files = [server.get(file["Url"]).body for file in export["Files"]]
        files[1] = files[1].split(b"\n", 1)[1]
        path = self.put("a.jsonl", b"".join(files))
        first, second = self.history(export, path, server=server)
        self.assertEqual(first[0], 1)
        self.assertEqual((first[1]["soundCount"], first[1]["troubledCount"]), (0, 1))
        self.assertRegex(first[1]["troubles"][0], r"^attempt 1: 200, faults\[0\] .*corrupt-row")
        self.assertEqual(second, (2, {"soundCount": 1, "troubledCount": 0, "troubles": []}))
        text = self.run_verify("--url", server.url, "--export", export["Id"], path).stdout.decode()
        self.assertRegex(text, r"\ndownloads of these files\n  \S+-1.jsonl, attempt 1: 200, fault")
        self.assertIn("-2.jsonl: was sent whole and without a fault, 1 time\n", text)

    def test_tells_what_was_never_asked_for(self):
        export = self.tenant.finished()
        path = self.put("a.jsonl", self.server.get(export["Files"][0]["Url"]).body)
        histories = list(self.history(export, path))
        self.assertEqual([number for number, _ in histories],
                         list(range(2, min(11, len(export["Files"])) + 1)))
        for _, history in histories:
            self.assertEqual(history, {"soundCount": 0, "troubledCount": 0, "troubles": []})


class Refusals(VerifyCase):
    def assert_refused(self, code, text, *arguments, **how):
        ended = self.run_verify(*arguments, **how)
        self.assertEqual((ended.returncode, ended.stdout), (code, b""), ended)
        self.assertRegex(ended.stderr.decode(), r"\Aexports-mock: [^\n]*\n\Z")
        self.assertIn(text, ended.stderr.decode())

    def test_usage(self):
        url, export = ("--url", self.server.url), ("--export", NOBODY)
        self.assert_refused(2, "--url", *export, self.folder)
        self.assert_refused(2, "--export ID", *url, self.folder)
        self.assert_refused(2, "verify lacks PATH, ", *url, *export)
        self.assert_refused(2, "verify lacks --url URL, the server that has the exports; "
                            "--export ID, as exports/add answered it; PATH, where")
        self.assert_refused(2, "is not an id", *url, "--export", "17", self.folder)
        self.assert_refused(2, "not an http", "--url", "ftp://x", *export, self.folder)
        self.assert_refused(2, "stdin can be given once", *url, *export, "-", "-")
        self.assert_refused(2, "--format", *url, *export, "--format", "xml", self.folder)
        self.assert_refused(2, "neither a file nor a folder", *url, *export, "/dev/null")

    def test_what_is_not_there(self):
        url = ("--url", self.server.url)
        self.assert_refused(1, "no file named", *url, "--export", NOBODY, self.folder)
        self.assert_refused(1, "nothing.jsonl", *url, "--export", NOBODY,
                            self.path("nothing.jsonl"))
        path = self.put("a.jsonl", b"")
        self.assert_refused(1, "has no export " + NOBODY, *url, "--export", NOBODY, path)

    def test_no_server(self):
        server = Server()
        server.stop()
        self.assert_refused(1, "cannot read", "--url", server.url, "--export", NOBODY,
                            self.put("a.jsonl", b""))

    def test_without_libcurl(self):
        """Under its names there is something else: the server does not mind, verify says so."""
        for name in ("libcurl.so.4", "libcurl-gnutls.so.4"):
            self.put("lib/" + name, b"no library")
        bare = {"LD_LIBRARY_PATH": self.path("lib")}
        server = self.start("--size", "tiny", environment=bare)
        with open("/proc/%d/maps" % server.process.pid) as maps:
            loaded = maps.read()
        self.assertIn("libmicrohttpd", loaded)
        self.assertNotIn("libcurl", loaded)
        self.assert_refused(1, "verify needs libcurl", "--url", server.url, "--export", NOBODY,
                            self.put("a.jsonl", b""), environment=bare)

    def test_admin_token(self):
        server = self.start("--admin-token", "secret", "--size", "tiny")
        path = self.put("a.jsonl", b"")
        arguments = ("--url", server.url, "--export", NOBODY, path)
        self.assert_refused(1, "--admin-token", *arguments)
        self.assert_refused(1, "--admin-token", *arguments, "--admin-token", "wrong")
        self.assert_refused(1, "has no export", *arguments, "--admin-token", "secret")

    def test_options_after_paths_and_names_like_options(self):
        export = self.tenant.finished("Company")
        os.chdir(self.folder)
        self.addCleanup(os.chdir, "/")
        self.put("--odd", b"".join(self.downloads(export)))
        ended = self.run_verify("--url", self.server.url, "--export=" + export["Id"], "--", "--odd")
        self.assertEqual((ended.returncode, ended.stderr), (0, b""), ended)


class Rows(VerifyCase):
    """GET /__admin/exports/{id}/rows."""

    def rows(self, export, query="", **fields):
        return self.server.request("GET", "/__admin/exports/%s/rows%s" % (export["Id"], query),
                                   None, {name.replace("_", "-"): value
                                          for name, value in fields.items()})

    def test_all_files_and_one(self):
        export, files = self.collect()
        answer = self.rows(export)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.body, b"".join(files))
        self.assertEqual(answer.fields["content-type"], "application/jsonl")
        self.assertEqual(answer.fields["file-count"], str(len(files)))
        for number, content in enumerate(files, 1):
            answer = self.rows(export, "?file=%d" % number)
            self.assertEqual(answer.body, content)
            self.assertEqual(answer.fields["file-count"], str(len(files)))

    def test_ranges(self):
        export, files = self.collect()
        whole = b"".join(files)
        cut = len(files[0])
        for first, last in ((0, 0), (cut - 10, cut + 10), (cut, cut), (10, len(whole) - 1)):
            answer = self.rows(export, Range="bytes=%d-%d" % (first, last))
            self.assertEqual((answer.status, answer.body), (206, whole[first:last + 1]))
        self.assertEqual(self.rows(export, Range="bytes=%d-" % len(whole)).status, 416)
        tag = self.rows(export).fields["etag"]
        self.assertEqual(self.rows(export, If_None_Match=tag).status, 304)

    def test_refusals(self):
        export, files = self.collect()
        for number in (0, len(files) + 1, 4294967295):
            answer = self.rows(export, "?file=%d" % number)
            self.assertEqual(answer.status, 404, answer)
            self.assertIn("file", answer.json["Details"])
        self.assertEqual(self.rows(export, "?file=x").status, 400)
        self.assertEqual(self.rows(export, "?files=1").status, 400)
        self.assertEqual(self.rows({"Id": NOBODY}).status, 404)
        self.assertEqual(self.rows(export, "?accessToken=other").status, 404)

    def test_an_export_without_files(self):
        server = self.start("--size", "tiny", "--hazards", "no-file")
        export = Tenant(server).finished()
        answer = server.admin("GET", "/exports/%s/rows" % export["Id"])
        self.assertEqual((answer.status, answer.body, answer.fields["file-count"]), (200, b"", "0"))
        self.assert_complete(export, self.put("none.jsonl", b""), server=server)


if __name__ == "__main__":
    main()
