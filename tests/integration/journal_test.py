#!/usr/bin/env python3
"""The journal: what was asked, what was answered, and why.

Source: interface, sections 4 and 6; docs/admin.md.
"""

import json
import random
import urllib.parse

from harness import (API, NOBODY, LooseCase, Reader, ServerCase, Tenant, main, quote, raw_request,
                     wait_for)

DROPPED_AT = 10000


def listed(server, query=""):
    """A page of the journal."""
    answer = server.request("GET", "/__admin/requests" + query)
    if answer.status != 200:
        raise AssertionError(answer)
    return answer.json


def entries_of(tenant, query=""):
    return listed(tenant.server, "?accessToken=%s%s" % (quote(tenant.access_token), query))["requests"]


def escape(text):
    return urllib.parse.quote(text, safe="")


def texts(value):
    """Every text in a JSON value, names of objects too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from texts(item)


class EntryTest(ServerCase):
    def last(self, query=""):
        return entries_of(self.tenant, query)[-1]

    def test_an_export_from_add_to_download(self):
        export = self.tenant.add("Bill")
        self.tenant.get(export)
        self.tenant.advance(by="7s")
        link = self.tenant.get(export)["Files"][0]
        self.server.get(link["Url"], Range="bytes=0-9", User_Agent="Client/1")
        entries = entries_of(self.tenant)
        self.assertEqual([entry["operation"] for entry in entries],
                         ["add", "getAll", "getAll", "download"])
        self.assertEqual([entry["status"] for entry in entries], [200, 200, 200, 206])
        self.assertEqual([entry["at"] for entry in entries],
                         ["2026-08-07T10:00:00Z"] * 2 + ["2026-08-07T10:00:07Z"] * 2)
        self.assertEqual([entry["why"] for entry in entries], [
            [export["Id"] + ": Pending since 2026-08-07T10:00:00Z, by its plan until "
                            "2026-08-07T10:00:02Z"]] * 2 + [
            [export["Id"] + ": Success since 2026-08-07T10:00:07Z, kept until "
                            "2026-08-14T10:00:07Z"],
            ["the link is valid until 2026-08-07T10:10:07Z",
             "bytes 0-9 of %d" % link["SizeInBytes"]]])
        for entry in entries:
            self.assertEqual(entry["exportIds"], [export["Id"]])
            self.assertEqual(entry["entityTypes"], ["Bill"])
            self.assertEqual(entry["end"], "completed")
        numbers = [entry["number"] for entry in entries]
        self.assertEqual(numbers, sorted(set(numbers)))
        download = entries[-1]
        self.assertEqual((download["file"], download["attempt"], download["sentBytes"]), (1, 1, 10))
        self.assertEqual(download["headers"]["range"], "bytes=0-9")
        self.assertEqual(download["headers"]["userAgent"], "Client/1")
        self.assertTrue(download["hasQuery"])
        self.assertNotIn("sig", json.dumps(download))

    def test_reasons_of_refusals(self):
        export = self.tenant.add()
        self.tenant.try_add()
        self.assertIn("the Reservation export %s is Pending" % export["Id"], self.last()["why"][0])
        self.tenant.try_add("Reservations")
        self.assertIn("EntityType", self.last()["why"][0])
        self.tenant.call("getAll", ExportIds=[])
        self.assertIn("ExportIds", self.last()["why"][0])
        self.tenant.get_all(NOBODY)
        self.assertEqual(self.last()["why"],
                         [NOBODY + ": is not known to this pair of tokens, and left out"])
        self.tenant.advance(by="7s")
        url = self.tenant.get(export)["Files"][0]["Url"]
        self.server.get(url.replace("sig=", "sig=A"))
        self.assertEqual(self.last()["why"], ["the link is signed for something else, or was "
                                              "changed"])
        self.server.get(url, Authorization="Bearer abcdefghijkl")
        self.assertEqual(self.last()["why"],
                         ["an Authorization header field came with the signed link"])
        self.assertTrue(self.last()["headers"]["authorization"])
        self.assertNotIn("abcdefghijkl", json.dumps(entries_of(self.tenant, "&bodies=true")))
        self.tenant.advance(by="10m")
        self.server.get(url)
        self.assertEqual(self.last()["why"], ["the link was valid until 2026-08-07T10:10:07Z"])
        self.tenant.advance(by="8d")
        self.tenant.get(export)
        self.assertEqual(self.last()["why"],
                         [export["Id"] + ": Expired since 2026-08-14T10:00:07Z, for good"])

    def test_reasons_are_bounded(self):
        ids = [NOBODY[:-4] + "%04x" % i for i in range(1000)]
        self.tenant.get_all(*ids)
        entry = self.last()
        self.assertEqual(entry["exportIds"], ids)
        self.assertEqual(len(entry["why"]), 11)
        self.assertEqual(entry["why"][-1], "and 990 more that are left out")

    def test_what_nobody_sent(self):
        self.server.request("GET", "/favicon.ico")
        self.server.post(API + "add", b"nonsense")
        self.server.raw(b"GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for entry, status in zip(listed(self.server, "?limit=1000")["requests"][-3:],
                                 (404, 400, 400)):
            self.assertEqual(entry["accessToken"], None)
            self.assertEqual(entry["status"], status)
            self.assertEqual(entry["end"], "completed")
            self.assertTrue(entry["why"])

    def test_looking_on_is_not_journalled(self):
        self.tenant.add()
        before = self.server.request("GET", "/__admin/requests/count").json
        self.server.admin("GET", "/health")
        self.server.admin("GET", "/requests/count")
        self.assertEqual(self.server.request("GET", "/__admin/requests/count").json, before)

    def test_bodies_on_demand(self):
        self.tenant.call("add", EntityType="Bill", Note="x" * 5000)
        self.assertNotIn("requestBody", self.last())
        entry = self.last("&bodies=true")
        self.assertTrue(entry["requestBodyIsCut"])
        self.assertLessEqual(len(entry["requestBody"]), 4096)
        self.assertEqual(json.loads(entry["answerBody"])["Export"]["EntityType"], "Bill")
        self.assertFalse(entry["answerBodyIsCut"])

    def test_pages(self):
        for _ in range(5):
            self.tenant.get_all(NOBODY)
        token = "?accessToken=" + quote(self.tenant.access_token)
        numbers, after = [], 0
        while after is not None:
            page = listed(self.server, "%s&limit=2&after=%d" % (token, after))
            self.assertLessEqual(len(page["requests"]), 2)
            numbers += [entry["number"] for entry in page["requests"]]
            after = page["next"]
        self.assertEqual(numbers, [entry["number"] for entry in entries_of(self.tenant)])
        self.assertEqual(len(numbers), 5)

    def test_reset_of_a_tenant_leaves_others(self):
        other = Tenant(self.server)
        self.tenant.add()
        other.add()
        self.server.admin("POST", "/reset", None, self.tenant.access_token)
        self.assertEqual(entries_of(self.tenant), [])
        self.assertEqual(len(entries_of(other)), 1)

    def test_aborted_download(self):
        # Larger than what the buffers of two sockets hold, or it is handed over whole.
        self.tenant = Tenant(self.server, "client-of-big", "access-of-big+one-big-file")
        export = self.tenant.finished("OrderItem")
        self.assertGreater(export["Files"][0]["SizeInBytes"], 50000000)
        target = self.server.target(export["Files"][0]["Url"])
        with self.server.connect(4096) as sock:
            sock.sendall(raw_request(target))
            Reader(sock).head()
        wait_for(lambda: self.last()["end"] != "running")
        self.assertEqual((self.last()["end"], self.last()["sentBytes"]), ("aborted", None))

    def test_cut_download(self):
        self.tenant = Tenant(self.server, "client-of-cut", "access-of-cut+download-truncated")
        target = self.server.target(self.tenant.finished("OrderItem")["Files"][0]["Url"])
        with self.server.connect() as sock:
            sock.sendall(raw_request(target))
            head = Reader(sock).head()
            while sock.recv(1 << 16):
                pass
        entry = self.last()
        self.assertEqual(entry["end"], "cut")
        self.assertEqual(entry["length"], int(head.fields["content-length"]))
        self.assertLess(entry["sentBytes"], entry["length"])
        self.assertEqual(len(entry["faults"]), 1)
        self.assertIn("cuts after %d bytes" % entry["sentBytes"], "".join(entry["why"]))


class StoryTest(LooseCase):
    def test_oldest_are_dropped(self):
        server = self.start()
        count, batch = DROPPED_AT + 100, 100
        with server.connect() as sock:
            reader = Reader(sock)
            for _ in range(count // batch):
                sock.sendall(raw_request("/nothing") * batch)
                for _ in range(batch):
                    self.assertEqual(reader.answer().status, 404)
        page = listed(server, "?limit=1")
        self.assertEqual(page["dropped"], 100)
        self.assertEqual(page["requests"][0]["number"], 101)
        self.assertEqual(server.admin("GET", "/requests/count").json,
                         {"count": DROPPED_AT, "dropped": 100})
        server.admin("POST", "/reset")
        self.assertEqual(server.admin("GET", "/requests/count").json, {"count": 0, "dropped": 0})

    def story(self, curious):
        """The journal of a run; who is curious asks the admin API more often."""
        server = self.start("--public-url", "http://files.test", "--seed", "7")
        tenants = [Tenant(server, "client-of-story", "access-of-story-%d%s" % (i, scenario))
                   for i, scenario in enumerate(("", "+server-errors", "+server-errors"))]
        chance = random.Random(5)
        for _ in range(120):
            tenant = chance.choice(tenants)
            kind = chance.randrange(4)
            if kind == 0:
                tenant.try_add(chance.choice(("Bill", "Payment", "Nothing")))
            elif kind == 1:
                exports = server.admin("GET", "/exports", None, tenant.access_token).json
                tenant.call("getAll", ExportIds=[NOBODY] + [export["Id"]
                                                            for export in exports["Exports"]])
            elif kind == 2:
                server.advance(by="%ds" % chance.randrange(9))
            else:
                exports = server.admin("GET", "/exports", None, tenant.access_token).json
                for export in exports["Exports"]:
                    for file in export["Files"][:1]:
                        server.request("GET", file["Url"][len("http://files.test"):])
            if curious:
                server.admin("GET", "/health")
                listed(server)
        return server.request("GET", "/__admin/requests?bodies=true&limit=1000").body

    def test_same_requests_same_journal(self):
        story = self.story(False)
        self.assertGreater(story.count(b'"number"'), 40)
        self.assertIn(b'"operation":"download"', story)
        self.assertIn(b'of scenario server-errors', story)
        self.assertEqual(self.story(True), story)


class RedactionTest(ServerCase):
    """Wherever a client puts its tokens, the journal shows none of them."""

    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/="
    strange = letters + "\"\\ \n\t\u00e9\u20ac\U0001f600<>&;,{}[]:'%#?"

    def token(self, chance):
        letters = self.letters if chance.random() < 0.6 else self.strange
        return "".join(chance.choice(letters) for _ in range(chance.randrange(16, 65)))

    def escaped(self, text, chance):
        """One of the many ways to write a text in JSON."""
        out = []
        for letter in text:
            if chance.random() < 0.3 or letter in "\"\\\n\t":
                units = letter.encode("utf-16-be")
                out += ["\\u" + units[i:i + 2].hex() for i in range(0, len(units), 2)]
            else:
                out.append(letter)
        return '"%s"' % "".join(out)

    def body(self, client, access, chance):
        """A body with the tokens where they belong, and perhaps where they do not."""
        def name(text):
            return self.escaped(text, chance) if chance.random() < 0.2 else '"%s"' % text
        members = ["%s:%s" % (name("ClientToken"), self.escaped(client, chance)),
                   "%s:%s" % (name("AccessToken"), self.escaped(access, chance)),
                   '"Client":"Test 1"']
        for place in chance.sample(("EntityType", "LanguageCode", "CultureCode", "Note"), 2):
            members.append('"%s":%s' % (place, self.escaped(chance.choice(
                (access, client, "x" + access + "y", "Bill")), chance)))
        if chance.random() < 0.3:
            members.append('"ExportIds":[%s]' % self.escaped(access, chance))
        if chance.random() < 0.2:
            members.append('"Scope":{"AccessToken":%s}' % self.escaped(access, chance))
        chance.shuffle(members)
        return ("{%s}" % chance.choice((",", " , ", ",\n")).join(members)).encode()

    def ask(self, client, access, chance):
        body = self.body(client, access, chance)
        cut = '{"ClientToken":%s,"AccessToken":%s,"Note":%s}' % (
            self.escaped(client, chance), self.escaped(access, chance),
            self.escaped(access, chance))
        self.server.post(API + "add", cut[:chance.randrange(len(cut))].encode())
        fields = {"Content-Type": chance.choice(("application/json", "text/plain"))}
        if client.isascii() and client.isprintable() and chance.random() < 0.3:
            fields[chance.choice(("User-Agent", "Authorization", "Range", "If-Range", "X"))] = client
        target = chance.choice((API + "add", API + "getAll", "/exports/add",
                                API + "add/" + escape(access),
                                API + "add?AccessToken=" + escape(access),
                                "/" + escape(access) + "/" + escape(client)))
        self.server.request(chance.choice(("POST", "POST", "POST", "PUT")), target, body, fields)

    def test_tokens_never_show(self):
        chance = random.Random(11)
        tokens = []
        for _ in range(400):
            client, access = self.token(chance), self.token(chance)
            tokens += [client, access]
            self.ask(client, access, chance)
        page = listed(self.server, "?bodies=true&limit=1000")
        self.assertGreaterEqual(len(page["requests"]), 800)
        for entry in page["requests"]:
            shown = list(texts(entry))
            shown += [urllib.parse.unquote(text) for text in shown]
            shown += list(filter(None, map(self.decoded, shown)))
            whole = "\n".join(shown)
            for token in tokens:
                self.assertNotIn(token, whole)
                self.assertNotIn(token[:14], whole)

    def decoded(self, text):
        """The texts within a text that is JSON itself."""
        try:
            return "\n".join(texts(json.loads(text)))
        except ValueError:
            return None

    def test_other_forms(self):
        secret = "SuperSecretToken-0123456789"
        for body in ("ClientToken=%s&AccessToken=%s", "{'ClientToken': '%s', 'AccessToken': '%s'}",
                     "<ClientToken>%s</ClientToken><AccessToken>%s</AccessToken>",
                     '{"ClientToken":["%s"],"AccessToken":{"a":"%s"}}',
                     '"{\\"ClientToken\\":\\"%s\\",\\"AccessToken\\":\\"%s\\"}"',
                     '{"ClientToken":"%s","AccessToken":"%s'):
            self.server.post(API + "add", (body % (secret, secret)).encode())
        for body in ('{"ClientToken":"%s","AccessToken":"b"}' % secret).encode("utf-16"), \
                b"\0" + secret.encode():
            self.server.post(API + "add", body)
        self.assertNotIn("SecretToken", json.dumps(listed(self.server, "?bodies=true&limit=1000")))

    def test_hint_shows_whose_it_is(self):
        tenant = Tenant(self.server, "client-of-hint", "hint-of-access-token")
        tenant.add()
        entry = entries_of(tenant, "&bodies=true")[0]
        self.assertEqual(entry["accessToken"], "hint…")
        self.assertIn('"ClientToken": "clie…", "AccessToken": "hint…"', entry["requestBody"])


if __name__ == "__main__":
    main()
