#!/usr/bin/env python3
"""Live changes as server-sent events, and the files of the console.

Source: interface, section 4; the HTML standard, section 9.2.
"""

import json

from harness import LooseCase, Reader, Tenant, main, raw_request


class Stream:
    """One who looks on."""

    def __init__(self, server, query="", fields=""):
        self.sock = server.connect()
        self.sock.sendall(raw_request("/__admin/events" + query, fields=fields))
        reader = Reader(self.sock)
        self.answer = reader.head()
        self.file = reader.file
        self.text = ""

    def piece(self):
        size = int(self.file.readline(), 16)
        data = self.file.read(size)
        self.file.readline()
        return data.decode()

    def frame(self):
        """The next event as (id, type, data); comments are passed over."""
        while True:
            while "\n\n" not in self.text:
                self.text += self.piece()
            frame, self.text = self.text.split("\n\n", 1)
            fields = dict(line.split(": ", 1) for line in frame.split("\n") if line[0] != ":")
            if fields:
                return fields["id"], fields["event"], json.loads(fields["data"])

    def until(self, kind):
        """The next event of a type."""
        while True:
            frame = self.frame()
            if frame[1] == kind:
                return frame

    def close(self):
        self.file.close()
        self.sock.close()


class EventsCase(LooseCase):
    def setUp(self):
        self.server = self.start()
        self.tenant = Tenant(self.server)

    def look_on(self, *arguments, **more):
        stream = Stream(more.pop("server", self.server), *arguments, **more)
        self.addCleanup(stream.close)
        return stream


class StreamTest(EventsCase):
    def test_the_beginning(self):
        stream = self.look_on()
        self.assertEqual(stream.answer.status, 200)
        self.assertEqual(stream.answer.fields["content-type"], "text/event-stream")
        self.assertEqual(stream.answer.fields["cache-control"], "no-store")
        self.assertEqual(stream.frame()[1:], ("hello", {}))

    def test_the_life_of_an_export(self):
        stream = self.look_on()
        export = self.tenant.add("Bill")
        _, _, request = stream.until("request")
        self.assertEqual((request["number"], request["request"]["operation"]), (1, "add"))
        self.assertEqual(request["accessToken"], self.tenant.access_token[:4] + "…")
        self.assertNotIn("requestBody", request["request"])
        _, _, added = stream.until("export-added")
        self.assertEqual(added["export"]["Id"], export["Id"])
        self.assertEqual(added["export"]["EntityType"], "Bill")
        self.server.advance(by="10s")
        self.assertEqual(stream.until("clock")[2]["now"], "2026-08-07T10:00:10Z")
        for previous, status, at in (("Pending", "Processing", "2026-08-07T10:00:02Z"),
                                     ("Processing", "Success", "2026-08-07T10:00:07Z")):
            _, _, state = stream.until("export-state")
            self.assertEqual((state["previousStatus"], state["status"], state["at"]),
                             (previous, status, at))

    def test_downloads(self):
        file = self.tenant.finished("Bill")["Files"][0]
        stream = self.look_on()
        self.server.get(file["Url"], Range="bytes=5-14")
        while True:
            over = stream.until("request-over")[2]
            if "file" in over:
                break
        self.assertEqual((over["file"], over["sentBytes"], over["end"]), (1, 10, "completed"))
        self.assertEqual(over["Downloads"], {"RequestCount": 1, "CompletedCount": 1,
                                             "SentBytes": 10, "Ranges": [[5, 15]]})

    def test_a_client_that_goes_away(self):
        tenant = Tenant(self.server, "client-of-big", "access-of-big+one-big-file")
        target = self.server.target(tenant.finished("OrderItem")["Files"][0]["Url"])
        stream = self.look_on()
        with self.server.connect(4096) as sock:
            sock.sendall(raw_request(target))
            Reader(sock).head()
        over = stream.until("request-over")[2]
        self.assertEqual((over["end"], over["sentBytes"]), ("aborted", None))

    def test_what_the_admin_api_changes(self):
        stream = self.look_on()
        self.server.admin("PUT", "/clock", {"speed": 60})
        self.assertEqual(stream.until("clock")[2]["speed"], 60)
        self.server.admin("PUT", "/scenario", "fails")
        self.assertEqual(stream.until("scenario")[2]["name"], "fails")
        self.server.admin("POST", "/reset")
        self.assertEqual(stream.until("reset")[2], {"accessToken": None, "tenant": None})

    def test_findings(self):
        stream = self.look_on()
        export = self.tenant.add("Bill")
        self.tenant.get(export)
        self.tenant.get(export)
        self.tenant.get(export)
        rules = [stream.until("finding")[2]["rule"]]
        self.assertIn("polled-too-fast", rules)

    def test_one_tenant(self):
        other = Tenant(self.server)
        stream = self.look_on("?accessToken=" + self.tenant.access_token)
        other.add("Bill")
        mine = self.tenant.add("Payment")
        self.assertEqual(stream.until("request")[2]["number"], 2)
        self.assertEqual(stream.until("export-added")[2]["exportId"], mine["Id"])

    def test_many_at_once(self):
        streams = [self.look_on() for _ in range(50)]
        export = self.tenant.add("Bill")
        for stream in streams:
            self.assertEqual(stream.until("export-added")[2]["exportId"], export["Id"])

    def test_too_many(self):
        for _ in range(256):
            self.look_on()
        answer = self.server.admin("GET", "/events")
        self.assertEqual(answer.status, 503)
        self.assertIn("256", answer.json["Details"])

    def test_who_has_gone_makes_room(self):
        before = self.server.fd_count()
        stream = self.look_on()
        stream.frame()
        stream.close()
        self.server.admin("GET", "/health")
        for _ in range(1000):
            if self.server.fd_count() <= before + 1:
                break
            self.server.admin("GET", "/health")
        self.assertLessEqual(self.server.fd_count(), before + 1)

    def test_head(self):
        answer = self.server.admin("HEAD", "/events")
        self.assertEqual((answer.status, answer.body), (200, b""))


class ResumeTest(EventsCase):
    def test_from_the_last_event(self):
        stream = self.look_on()
        self.tenant.add("Bill")
        last = stream.until("export-added")[0]
        stream.close()
        missed = self.tenant.add("Payment")
        again = self.look_on(fields="Last-Event-ID: %s\r\n" % last)
        self.assertEqual(again.frame()[:2], (last, "hello"))
        self.assertEqual(again.until("export-added")[2]["exportId"], missed["Id"])

    def test_what_is_gone_is_lost(self):
        for last in ("nonsense", "0-7", "0"):
            stream = self.look_on(fields="Last-Event-ID: %s\r\n" % last)
            self.assertEqual(stream.frame()[1], "lost")

    def test_ids_of_another_server_are_lost(self):
        last = self.look_on().frame()[0]
        other = self.look_on(server=self.start(), fields="Last-Event-ID: %s\r\n" % last)
        self.assertEqual(other.frame()[1], "lost")

    def test_a_reader_that_lags_is_told(self):
        stream = self.look_on()
        first = stream.frame()[0]
        stream.close()
        for _ in range(2100):  # each makes two events
            self.server.request("GET", "/nowhere")
        again = self.look_on(fields="Last-Event-ID: %s\r\n" % first)
        self.assertEqual(again.frame()[1], "lost")


class AccessTest(EventsCase):
    def test_the_admin_token(self):
        server = self.start("--admin-token", "secret")
        self.assertEqual(server.admin("GET", "/events").status, 401)
        stream = self.look_on(server=server, fields="Authorization: Bearer secret\r\n")
        self.assertEqual(stream.frame()[1], "hello")
        self.assertEqual(server.admin("GET", "/").status, 200)
        self.assertEqual(server.admin("GET", "/app.js").status, 200)

    def test_foreign_sites(self):
        for path in ("/events", "/", "/app.js"):
            answer = self.server.admin("GET", path, Host="evil.example")
            self.assertEqual(answer.status, 403)


class PageTest(EventsCase):
    def test_files(self):
        for path, kind in (("/", "text/html"), ("/app.js", "text/javascript"),
                           ("/style.css", "text/css"), ("/icon.svg", "image/svg+xml")):
            answer = self.server.admin("GET", path)
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.fields["content-type"].split(";")[0], kind)
            policy = answer.fields["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            again = self.server.admin("GET", path, If_None_Match=answer.fields["etag"])
            self.assertEqual(again.status, 304)

    def test_nothing_is_from_elsewhere(self):
        page = self.server.admin("GET", "/").body.decode()
        self.assertNotIn("://", page)

    def test_the_way_there(self):
        for accept in ("text/html", "text/html, */*", "*/*, text/html"):
            answer = self.server.request("HEAD", "/", None, {"Accept": accept})
            self.assertEqual(answer.status, 303, accept)
        for accept in ("*/*", "application/json, text/html", "text/*"):
            answer = self.server.request("GET", "/", None, {"Accept": accept})
            self.assertEqual(answer.status, 303 if accept == "text/*" else 404, accept)
        answer = self.server.request("GET", "/", None, {"Accept": "text/html,*/*;q=0.8"})
        self.assertEqual((answer.status, answer.fields["location"]), (303, "/__admin/"))
        self.assertEqual(self.server.admin("GET", "").fields["location"], "/__admin/")
        self.assertEqual(self.server.request("GET", "/").status, 404)
        self.assertEqual(self.server.admin("POST", "/").status, 404)

    def test_openapi(self):
        for date in ("2024-08-21", "2025-08-22", "2026-04-16"):
            server = self.start("--api-date", date)
            document = server.admin("GET", "/openapi.json").json
            self.assertEqual(document["openapi"], "3.1.0")
            self.assertIn(date, document["info"]["description"])
            export = document["components"]["schemas"]["Export"]["properties"]
            self.assertEqual("Scope" in export, date >= "2025-08-22")
            types = document["components"]["schemas"]["ExportedEntityType"]["enum"]
            self.assertEqual("LedgerEntry" in types, date >= "2025-07-23")


if __name__ == "__main__":
    main()
