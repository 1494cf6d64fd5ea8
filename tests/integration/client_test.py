#!/usr/bin/env python3
"""A small integration, written from the public documentation of the API alone, runs unchanged.

It knows nothing of the server under test: it adds an export, polls getAll with growing waits,
follows 429 and Retry-After, downloads each file with as many requests as it takes, and reads JSON
Lines. What it would do in real time it does in virtual time: its sleep moves the server's clock.
"""

import json
import urllib.error
import urllib.request

from harness import DEMO, LooseCase, POSTING, TYPES, WAIT_S, main


class ExportFailed(Exception):
    pass


class Integration:
    """What a client of the real platform does; base_url and tokens come from its configuration."""

    def __init__(self, base_url, client_token, access_token, sleep):
        self.base_url = base_url.rstrip("/")
        self.credentials = {"ClientToken": client_token, "AccessToken": access_token,
                            "Client": "Data Warehouse Sync 2.3.1"}
        self.sleep = sleep
        self.request_count = 0

    def call(self, operation, payload):
        address = "%s/api/connector/v1/%s" % (self.base_url, operation)
        body = json.dumps({**self.credentials, **payload}).encode("utf-8")
        wait = 1
        while True:
            self.request_count += 1
            request = urllib.request.Request(address, data=body, method="POST",
                                             headers={"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=WAIT_S) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise
                with error:
                    self.sleep(int(error.headers.get("Retry-After", wait)))
                wait = min(wait * 2, 300)

    def add(self, entity_type, filters=None, enterprise_ids=None):
        payload = {"EntityType": entity_type}
        if filters:
            payload["Filters"] = filters
        if enterprise_ids:
            payload["Scope"] = {"EnterpriseIds": enterprise_ids}
        return self.call("exports/add", payload)["Export"]

    def wait_for(self, ids):
        """Polls with growing waits until every export is over."""
        wait = 1
        while True:
            exports = self.call("exports/getAll", {"ExportIds": ids})["Exports"]
            if all(export["Status"] not in ("Pending", "Processing") for export in exports):
                return exports
            self.sleep(wait)
            wait = min(wait * 2, 300)

    def download(self, file, piece=None):
        """A file in pieces, checked against its ETag and its size."""
        content, etag = b"", None
        while len(content) < file["SizeInBytes"]:
            headers = {}
            if piece:
                headers["Range"] = "bytes=%d-%d" % (len(content), len(content) + piece - 1)
            if etag:
                headers["If-Range"] = etag
            request = urllib.request.Request(file["Url"], headers=headers)
            with urllib.request.urlopen(request, timeout=WAIT_S) as response:
                if response.status == 200:
                    content = b""
                etag = response.headers["ETag"]
                content += response.read()
        if len(content) != file["SizeInBytes"]:
            raise ValueError("%d bytes, not %d" % (len(content), file["SizeInBytes"]))
        return content

    def rows(self, export, piece=None):
        if export["Status"] != "Success":
            raise ExportFailed(export["Status"])
        for file in export["Files"]:
            for line in self.download(file, piece).decode("utf-8").splitlines():
                if line:
                    yield json.loads(line)


class ClientTest(LooseCase):
    def integration(self, *options, **settings):
        self.server = self.start(*options, **settings)
        self.slept = []

        def sleep(seconds):
            self.slept.append(seconds)
            self.server.advance(by="%ds" % seconds)

        return Integration(self.server.url, DEMO[0][0], DEMO[0][1], sleep)

    def refusal(self, call, *arguments):
        """Status, header and body of the error that a call ends in."""
        try:
            call(*arguments)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()
        self.fail("it was not refused")

    def test_full_load_of_every_type(self):
        client = self.integration("--max-file-size", 100000, limit=None)
        added = [client.add(entity_type, POSTING if entity_type == "LedgerEntry" else None)
                 for entity_type in TYPES]
        exports = client.wait_for([export["Id"] for export in added])
        self.assertEqual([export["EntityType"] for export in exports], list(TYPES))
        self.assertEqual(self.slept, [1, 2, 4])
        for export in exports:
            ids = [row["Id"] for row in client.rows(export)]
            self.assertGreater(len(ids), 0, export["EntityType"])
            self.assertEqual(len(set(ids)), len(ids), export["EntityType"])

    def test_full_load_then_changes(self):
        client = self.integration()
        first = client.wait_for([client.add("Reservation")["Id"]])[0]
        rows = {row["Id"]: row for row in client.rows(first)}
        self.server.advance(by="1d")
        window = {"UpdatedUtc": {"StartUtc": "2026-08-07T10:00:00Z",
                                 "EndUtc": "2026-08-08T09:55:00Z"}}
        changes = client.wait_for([client.add("Reservation", window)["Id"]])[0]
        changed = list(client.rows(changes))
        for row in changed:
            self.assertGreaterEqual(row["UpdatedUtc"], "2026-08-07T10:00:00Z")
            self.assertLess(row["UpdatedUtc"], "2026-08-08T09:55:00Z")
            rows[row["Id"]] = row
        self.assertGreater(len(changed), 0)
        self.server.advance(to="2026-08-08T10:30:00Z")
        later = client.wait_for([client.add("Reservation")["Id"]])[0]
        late = {row["Id"]: row for row in client.rows(later)}
        for one, row in late.items():
            if row["UpdatedUtc"] < "2026-08-08T09:55:00Z":
                self.assertEqual(rows[one], row)

    def test_resumed_downloads(self):
        client = self.integration("--max-file-size", 100000)
        export = client.wait_for([client.add("OrderItem")["Id"]])[0]
        whole = list(client.rows(export))
        self.assertEqual(list(client.rows(export, 33333)), whole)

    def test_fresh_links_after_a_long_pause(self):
        client = self.integration()
        export = client.wait_for([client.add("Bill")["Id"]])[0]
        self.server.advance(by="2h")
        self.assertEqual(self.refusal(client.download, export["Files"][0])[0], 403)
        export = client.wait_for([export["Id"]])[0]
        self.assertGreater(len(list(client.rows(export))), 0)

    def test_busy_and_failed_exports(self):
        client = self.integration()
        export = client.add("Payment")
        code, headers, body = self.refusal(client.add, "Payment")
        self.assertEqual(code, 400)
        self.assertEqual(json.loads(body)["RequestId"], headers["Request-Id"])
        self.server.admin("PUT", "/exports/%s/state" % export["Id"], {"Status": "Failed"})
        with self.assertRaises(ExportFailed):
            list(client.rows(client.wait_for([export["Id"]])[0]))
        again = client.wait_for([client.add("Payment")["Id"]])[0]
        self.assertEqual(again["Status"], "Success")

    def test_follows_the_rate_limit(self):
        client = self.integration("--processing", "60s", limit="3/10s")
        export = client.add("Customer")
        export = client.wait_for([export["Id"]])[0]
        self.assertEqual(export["Status"], "Success")
        export = [client.wait_for([export["Id"]])[0] for _ in range(10)][-1]
        self.assertIn(10, self.slept)
        self.assertEqual(export["Status"], "Success")


if __name__ == "__main__":
    main()
