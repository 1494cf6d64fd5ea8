#!/usr/bin/env python3
"""The conduct report: for each rule a client that breaks it and one that comes close.

Source: interface, section 6. Waiting is virtual: the clock is frozen and moved by hand.
"""

import json
import pathlib
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

from harness import API, LEFT_OUT, NOBODY, ServerCase, Tenant, main


SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Case(ServerCase):
    def report(self, tenant=None):
        tenant = tenant or self.tenant
        answer = self.server.admin("GET", "/conduct", access_token=tenant.access_token)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def rules(self, tenant=None):
        return {finding["rule"] for finding in self.report(tenant)["findings"]}

    def finding(self, rule, tenant=None):
        found = [f for f in self.report(tenant)["findings"] if f["rule"] == rule]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def scenario(self, scenario):
        answer = self.server.admin("PUT", "/scenario", scenario,
                                   access_token=self.tenant.access_token)
        self.assertEqual(answer.status, 200, answer)

    def download(self, url, **fields):
        return self.server.get(url, **fields)

    def collect(self, export):
        for file in export["Files"]:
            self.assertIn(self.download(file["Url"]).status, (200, 206))

    def careful(self, entity_type="Reservation"):
        """What a well-behaved client does, from add to the last byte."""
        export = self.tenant.add(entity_type)
        while export["Status"] in ("Pending", "Processing"):
            self.tenant.advance(by="5m")
            export = self.tenant.get(export)
        self.collect(export)
        return export

    def fault(self, **fault):
        self.scenario({"faults": [fault]})

    def cut(self, export, index=0, after=100000):
        """The first download of the file breaks off; the client has so many bytes."""
        self.fault(on="download", match={"file": index + 1, "attempt": 1}, cut={"afterBytes": after, "how": "close"})
        sock = self.server.connect()
        try:
            url = urllib.parse.urlsplit(export["Files"][index]["Url"])
            sock.sendall(("GET %s?%s HTTP/1.1\r\nHost: x\r\n\r\n" % (url.path, url.query)).encode())
            got = b""
            while True:
                piece = sock.recv(65536)
                if not piece:
                    return len(got)
                got += piece
        finally:
            sock.close()


class CarefulTest(Case):
    def test_a_careful_client_has_nothing_to_hear(self):
        for entity_type in ("Reservation", "Bill", "Customer", "LedgerEntry"):
            self.careful(entity_type)
        self.tenant.advance(by="8d")
        self.assertEqual(self.report()["findings"], [])

    def test_a_careful_client_gets_through_trouble_without_a_finding(self):
        for name in ("fails-once", "server-errors", "rate-limited", "already-running"):
            with self.subTest(name):
                tenant = Tenant(self.server)
                tenant.access_token += "+" + name
                wait = 30
                while True:
                    answer = tenant.try_add("Bill")
                    if answer.status == 200:
                        break
                    pause = int(answer.fields.get("retry-after", wait))
                    tenant.advance(by="%ds" % pause)
                    wait *= 2
                export = answer.json["Export"]
                wait = 30
                while export["Status"] in ("Pending", "Processing"):
                    tenant.advance(by="5m")
                    answer = tenant.call("getAll", ExportIds=[export["Id"]])
                    while answer.status != 200:
                        tenant.advance(by="%ds" % int(answer.fields.get("retry-after", wait)))
                        wait *= 2
                        answer = tenant.call("getAll", ExportIds=[export["Id"]])
                    export = answer.json["Exports"][0]
                if export["Status"] == "Success":
                    for file in export["Files"]:
                        wait = 1
                        while self.server.get(file["Url"]).status != 200:
                            tenant.advance(by="%ds" % wait)
                            wait *= 2
                self.assertEqual(self.rules(tenant), set())


class WaitTest(Case):
    def test_polled_too_fast(self):
        export = self.tenant.add()
        self.tenant.advance(by="1s")
        self.tenant.get(export)
        self.tenant.advance(by="4m")
        self.assertNotIn("polled-too-fast", self.rules())
        slow = self.tenant.add("Bill")
        self.tenant.get(slow)
        self.tenant.advance(by="1s")
        self.tenant.get(slow)
        finding = self.finding("polled-too-fast")
        self.assertEqual(finding["exportId"], slow["Id"])
        self.assertEqual(finding["level"], "warning")
        self.assertEqual(finding["count"], 1)
        self.assertEqual(len(finding["evidence"]), 1)

    def test_polled_at_five_minutes_is_right(self):
        self.scenario("stuck-processing")
        export = self.tenant.add()
        for _ in range(5):
            self.tenant.advance(by="5m")
            self.tenant.get(export)
        self.assertNotIn("polled-too-fast", self.rules())
        self.tenant.advance(by="299999ms")
        self.tenant.get(export)
        self.assertIn("polled-too-fast", self.rules())

    def limited(self):
        self.scenario({"rateLimit": {"requests": 1, "per": "30s"}})
        self.tenant.add()
        self.tenant.advance(by="10s")
        answer = self.tenant.try_add("Bill")
        self.assertEqual((answer.status, answer.fields["retry-after"]), (429, "20"))

    def test_ignored_retry_after(self):
        self.limited()
        self.tenant.advance(by="19999ms")
        self.tenant.try_add("Bill")
        finding = self.finding("ignored-retry-after")
        self.assertEqual(finding["level"], "error")
        self.assertIn("20 s", finding["detail"])

    def test_waited_to_the_end_of_retry_after(self):
        self.limited()
        self.tenant.advance(by="20s")
        self.assertEqual(self.tenant.try_add("Bill").status, 200)
        self.assertNotIn("ignored-retry-after", self.rules())

    def fails(self, waits, **respond):
        self.fault(on="add", respond={"status": 500, **respond})
        self.tenant.try_add("Bill")
        for wait in waits:
            self.tenant.advance(by="%ds" % wait)
            self.tenant.try_add("Bill")

    def test_no_backoff(self):
        self.fails([1, 1, 1, 1])
        self.assertEqual(self.finding("no-backoff")["level"], "warning")

    def test_growing_waits_are_backoff(self):
        self.fails([1, 2, 4, 8, 16])
        self.assertNotIn("no-backoff", self.rules())

    def test_two_quick_tries_are_not_yet_a_pattern(self):
        self.fails([1, 1])
        self.assertNotIn("no-backoff", self.rules())

    def test_fixed_waits_that_retry_after_asked_for_are_right(self):
        self.fails([5, 5, 5, 5], retryAfter="5s")
        self.assertEqual(self.rules() & {"no-backoff", "ignored-retry-after"}, set())


class PollTest(Case):
    def test_polled_one_by_one(self):
        exports = [self.tenant.add(kind) for kind in ("Bill", "Payment")]
        self.scenario("stuck-processing")
        exports = [self.tenant.add(kind) for kind in ("Customer", "Company")]
        for _ in range(2):
            for export in exports:
                self.tenant.get(export)
            self.tenant.advance(by="5m")
        self.assertEqual(self.finding("polled-one-by-one")["level"], "warning")

    def test_polled_together_or_alone_is_right(self):
        self.scenario("stuck-processing")
        exports = [self.tenant.add(kind) for kind in ("Customer", "Company")]
        for _ in range(3):
            self.tenant.get_all(*(export["Id"] for export in exports))
            self.tenant.advance(by="5m")
        other = Tenant(self.server)
        alone = other.add()
        other.get(alone)
        other.advance(by="5m")
        other.get(alone)
        self.assertNotIn("polled-one-by-one", self.rules())
        self.assertNotIn("polled-one-by-one", self.rules(other))

    def test_polled_after_final(self):
        export = self.careful()
        self.assertNotIn("polled-after-final", self.rules())
        self.tenant.get(export)
        self.assertEqual(self.finding("polled-after-final")["level"], "info")

    def test_a_poll_for_new_links_is_right(self):
        export = self.tenant.add()
        self.tenant.advance(by="5m")
        self.tenant.get(export)
        self.tenant.advance(by="11m")
        self.collect(self.tenant.get(export))
        self.assertNotIn("polled-after-final", self.rules())

    def test_asking_for_a_finished_one_among_others_is_right(self):
        done = self.careful()
        running = self.tenant.add("Bill")
        self.tenant.get_all(done["Id"], running["Id"])
        self.assertNotIn("polled-after-final", self.rules())

    def test_asked_unknown(self):
        export = self.careful()
        self.assertNotIn("asked-unknown", self.rules())
        self.tenant.get_all(export["Id"], NOBODY)
        self.assertIn("1 of 2", self.finding("asked-unknown")["detail"])

    def test_gave_up(self):
        export = self.tenant.add()
        self.tenant.get(export)
        self.assertNotIn("gave-up", self.rules())
        self.tenant.advance(by="5m")
        self.assertEqual(self.finding("gave-up")["level"], "info")
        self.collect(self.tenant.get(export))
        self.assertNotIn("gave-up", self.rules())


class RefusalTest(Case):
    def test_retried_hopeless(self):
        for answer, body in ((400, {"EntityType": "Nothing"}), (400, {"EntityType": LEFT_OUT})):
            tenant = Tenant(self.server)
            for tries in (1, 2):
                self.assertEqual(tenant.call("add", **body).status, answer)
                self.assertEqual("retried-hopeless" in self.rules(tenant), tries == 2)

    def test_another_request_is_no_repetition(self):
        self.tenant.call("add", EntityType="Nothing")
        self.tenant.call("add", EntityType="Nothin")
        self.tenant.add("Bill")
        self.assertNotIn("retried-hopeless", self.rules())

    def test_trying_again_while_a_strangers_export_runs_is_right(self):
        self.scenario("already-running")
        for _ in range(2):
            self.assertEqual(self.tenant.try_add("Bill").status, 400)
            self.tenant.advance(by="8s")
        self.assertEqual(self.rules() & {"retried-hopeless", "added-while-running"}, set())

    def test_added_while_running(self):
        self.tenant.add("Bill")
        self.tenant.add("Payment")
        self.assertNotIn("added-while-running", self.rules())
        self.tenant.try_add("Bill")
        self.assertEqual(self.finding("added-while-running")["level"], "warning")

    def test_wrong_content_type(self):
        def send(content_type):
            fields = {} if content_type is None else {"Content-Type": content_type}
            return self.server.request("POST", API + "getAll", json.dumps(
                self.tenant.body(ExportIds=[NOBODY])).encode(), fields)

        for right in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
            send(right)
        self.assertNotIn("wrong-content-type", self.rules())
        send("text/plain")
        send("application/jsonp")
        finding = self.finding("wrong-content-type")
        self.assertEqual(finding["count"], 2)
        self.assertIn("text/plain", finding["detail"])

    def test_no_client_name(self):
        self.tenant.call("getAll", ExportIds=[NOBODY], Client="x")
        self.assertNotIn("no-client-name", self.rules())
        self.tenant.call("getAll", ExportIds=[NOBODY], Client="")
        self.tenant.call("getAll", ExportIds=[NOBODY], Client=LEFT_OUT)
        self.assertEqual(self.finding("no-client-name")["count"], 2)

    def test_who_is_not_known_is_judged_by_the_server_as_a_whole(self):
        for _ in range(2):
            self.tenant.call("getAll", ExportIds=[NOBODY], ClientToken="")
        findings = self.server.admin("GET", "/conduct").json["findings"]
        self.assertTrue([f for f in findings
                         if f["rule"] == "retried-hopeless" and f["accessToken"] is None])


class DownloadTest(Case):
    def ready(self, entity_type="OrderItem"):
        export = self.tenant.add(entity_type)
        self.tenant.advance(by="5m")
        export = self.tenant.get(export)
        self.assertGreaterEqual(len(export["Files"]), 1)
        return export

    def files(self):
        self.scenario({"data": {"maxFileSize": 50000}})
        return self.ready("Reservation")

    def test_missed_file(self):
        export = self.files()
        self.assertGreater(len(export["Files"]), 2)
        for file in export["Files"][:-1]:
            self.download(file["Url"])
        finding = self.finding("missed-file")
        self.assertEqual(finding["level"], "error")
        self.assertIn("1 of %d" % len(export["Files"]), finding["detail"])
        self.download(export["Files"][-1]["Url"])
        self.assertEqual(self.rules(), set())

    def test_never_collected(self):
        export = self.ready()
        self.assertEqual(self.finding("never-collected")["exportId"], export["Id"])
        self.collect(export)
        self.assertEqual(self.rules(), set())

    def test_an_export_without_files_has_nothing_to_collect(self):
        self.scenario({"data": {"hazards": ["no-file"], "rows": {"Bill": 0}}})
        export = self.tenant.add("Bill")
        self.tenant.advance(by="5m")
        self.assertEqual(self.tenant.get(export)["Files"], [])
        self.assertEqual(self.rules(), set())

    def test_an_empty_file_need_not_be_asked_for(self):
        self.scenario({"data": {"hazards": ["empty-file"], "maxFileSize": 50000}})
        export = self.ready("Reservation")
        *full, empty = export["Files"]
        self.assertEqual(empty["SizeInBytes"], 0)
        self.assertGreaterEqual(len(full), 2)
        self.download(full[0]["Url"])
        self.assertEqual(self.finding("missed-file")["detail"],
                         "%d of %d files were never fetched, the first is 2"
                         % (len(full) - 1, len(full) + 1))
        for file in full[1:]:
            self.download(file["Url"])
        self.assertEqual(self.rules(), set())
        self.download(empty["Url"])
        self.assertEqual(self.rules(), set())

    def test_an_export_of_one_empty_file_need_not_be_fetched(self):
        self.scenario({"data": {"hazards": ["empty-file"], "rows": {"Bill": 0}}})
        export = self.ready("Bill")
        self.assertEqual([file["SizeInBytes"] for file in export["Files"]], [0])
        self.assertEqual(self.rules(), set())

    def test_incomplete_download(self):
        export = self.ready()
        size = export["Files"][0]["SizeInBytes"]
        url = export["Files"][0]["Url"]
        self.download(url, Range="bytes=0-%d" % (size - 2))
        finding = self.finding("incomplete-download")
        self.assertEqual((finding["level"], finding["file"]), ("error", 1))
        self.assertIn("byte %d of %d" % (size - 1, size), finding["detail"])
        self.download(url, Range="bytes=%d-" % (size - 1))
        self.assertNotIn("incomplete-download", self.rules())

    def test_ranges_in_any_order_make_a_whole(self):
        export = self.ready()
        size = export["Files"][0]["SizeInBytes"]
        parts = [(i * size // 7, (i + 1) * size // 7 - 1) for i in range(7)]
        for i in (3, 0, 6, 5, 1, 2, 4):
            self.download(export["Files"][0]["Url"], Range="bytes=%d-%d" % parts[i])
        self.assertNotIn("incomplete-download", self.rules())

    def test_a_head_is_no_download(self):
        export = self.ready()
        self.server.head(export["Files"][0]["Url"])
        self.assertEqual(self.rules(), {"never-collected"})

    def test_a_compressed_download_is_whole(self):
        export = self.ready("Bill")
        for file in export["Files"]:
            self.download(file["Url"], Accept_Encoding="gzip")
        self.assertEqual(self.rules(), set())

    def test_downloaded_twice(self):
        export = self.ready("Bill")
        self.collect(export)
        self.assertEqual(self.rules(), set())
        self.download(export["Files"][0]["Url"])
        self.assertEqual(self.finding("downloaded-twice")["level"], "info")

    def test_restarted_not_resumed(self):
        export = self.ready()
        self.cut(export)
        self.assertIn("incomplete-download", self.rules())
        self.download(export["Files"][0]["Url"])
        self.assertEqual(self.finding("restarted-not-resumed")["level"], "info")
        self.assertNotIn("incomplete-download", self.rules())

    def test_resumed(self):
        export = self.ready()
        self.cut(export)
        self.download(export["Files"][0]["Url"], Range="bytes=100000-")
        self.collect({"Files": export["Files"][1:]})
        self.assertEqual(self.rules(), set())

    def test_stale_link(self):
        export = self.ready("Bill")
        self.tenant.advance(by="599s")
        self.download(export["Files"][0]["Url"])
        self.assertNotIn("stale-link", self.rules())
        self.tenant.advance(by="1s")
        self.assertEqual(self.download(export["Files"][0]["Url"]).status, 403)
        self.assertEqual(self.finding("stale-link")["level"], "warning")

    def test_a_link_that_went_stale_earlier_than_documented_is_not_held_against_the_client(self):
        self.scenario({"lifecycle": {"linkValidity": "1m"}})
        export = self.ready("Bill")
        self.tenant.advance(by="2m")
        self.assertEqual(self.download(export["Files"][0]["Url"]).status, 403)
        self.assertNotIn("stale-link", self.rules())
        self.collect(self.tenant.get(export))
        self.assertEqual(self.rules(), set())

    def test_leaked_token(self):
        export = self.ready("Bill")
        url = export["Files"][0]["Url"]
        self.collect(export)
        self.download(url, X_Authorization="Bearer x", Range="bytes=0-0")
        self.assertEqual(self.rules(), set())
        self.download(url, Authorization="Bearer x")
        finding = self.finding("leaked-token")
        self.assertEqual(finding["level"], "error")
        self.assertNotIn("Bearer", json.dumps(finding))

    def test_leaked_token_in_the_query(self):
        export = self.ready("Bill")
        self.download(export["Files"][0]["Url"] + "&AccessToken=" + self.tenant.access_token)
        self.assertIn("leaked-token", self.rules())


class FormTest(Case):
    def report_as(self, accept):
        return self.server.admin("GET", "/conduct", access_token=self.tenant.access_token,
                                 Accept=accept)

    def test_every_form_tells_the_same(self):
        export = self.tenant.add("Bill")
        self.tenant.try_add("Bill")
        whole = self.report()
        self.assertEqual((whole["errors"], whole["warnings"], whole["infos"]), (0, 1, 0))
        finding = whole["findings"][0]
        self.assertEqual(finding["exportId"], export["Id"])
        self.assertTrue(finding["why"] and finding["source"] and finding["summary"])
        self.assertNotIn(self.tenant.access_token, json.dumps(whole))
        text = self.report_as("text/plain")
        self.assertEqual(text.fields["content-type"], "text/plain; charset=utf-8")
        self.assertIn(b"Conduct: 0 errors, 1 warning, 0 info\n", text.body)
        self.assertIn(b"warning  added-while-running: ", text.body)
        for accept in ("application/xml", "text/xml;q=0.9, application/json;q=0.1"):
            answer = self.report_as(accept)
            self.assertIn(answer.fields["content-type"], ("application/xml", "text/xml"))
            tree = ElementTree.fromstring(answer.body)
            failed = [case.get("name") for case in tree.iter("testcase")
                      if case.find("failure") is not None]
            self.assertEqual(failed, ["added-while-running"])
            self.assertEqual(tree.get("failures"), "1")
        for accept in ("*/*", "application/json", "image/png", ""):
            self.assertEqual(self.report_as(accept).fields["content-type"], "application/json")

    def test_the_documentation_lists_every_rule(self):
        tree = ElementTree.fromstring(self.report_as("application/xml").body)
        rules = [case.get("name") for case in tree.iter("testcase")]
        page = (SOURCE / "docs/conduct.md").read_text(encoding="utf-8")
        listed = re.findall(r"^\| `([a-z-]+)` \| (?:error|warning|info) \|", page, re.M)
        self.assertEqual(listed, rules)

    def test_evidence_is_in_the_journal(self):
        self.tenant.add("Bill")
        self.tenant.try_add("Bill")
        number = self.report()["findings"][0]["evidence"][0]["request"]
        entries = self.server.admin("GET", "/requests",
                                    access_token=self.tenant.access_token).json["requests"]
        self.assertEqual([e["status"] for e in entries if e["number"] == number], [400])

    def test_nothing_is_said_well(self):
        self.careful()
        self.assertEqual(self.report_as("text/plain").body, b"Conduct: nothing to object to\n")

    def test_reset_forgets(self):
        self.tenant.add("Bill")
        self.tenant.try_add("Bill")
        self.assertIn("added-while-running", self.rules())
        self.server.admin("POST", "/reset", access_token=self.tenant.access_token)
        self.assertEqual(self.rules(), set())

    def test_a_tenant_nobody_knows(self):
        for accept, body in (("application/json", b'{"errors":0,"warnings":0,"infos":0,'
                                                  b'"dropped":0,"findings":[]}'),
                             ("text/plain", b"Conduct: nobody has used this AccessToken\n")):
            answer = self.server.admin("GET", "/conduct", access_token="nobody", Accept=accept)
            self.assertEqual((answer.status, answer.body), (200, body))


if __name__ == "__main__":
    main()
