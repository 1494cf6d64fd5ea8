#!/usr/bin/env python3
"""Signed links: how long they work, what is refused and in whose words.

Sources: interface, section 1; contract/exports.json, file_url_10_minutes, file_url_regenerated;
contract/README.md; src/api/storage_*.c for the words of each store.
"""

import os
import re
import tempfile
import xml.etree.ElementTree

from harness import LooseCase, NOBODY, Reader, ServerCase, Tenant, main, raw_request
from files_test import write_fixtures

PARAMETERS = {
    "azure": ["sv", "se", "sr", "sp", "sig"],
    "s3": ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
           "X-Amz-SignedHeaders", "X-Amz-Signature"],
    "gcs": ["X-Goog-Algorithm", "X-Goog-Credential", "X-Goog-Date", "X-Goog-Expires",
            "X-Goog-SignedHeaders", "X-Goog-Signature"],
    "plain": ["expires", "signature"],
}
# status and code: no signature, wrong signature, outdated, Authorization (Bearer), other method
REFUSALS = {
    "azure": ((403, "AuthenticationFailed"), (403, "AuthenticationFailed"),
              (403, "AuthenticationFailed"), (403, "AuthenticationFailed"),
              (405, "UnsupportedHttpVerb"), (404, "BlobNotFound"), (416, "InvalidRange")),
    "s3": ((403, "AccessDenied"), (403, "SignatureDoesNotMatch"), (403, "AccessDenied"),
           (400, "InvalidArgument"), (405, "MethodNotAllowed"), (404, "NoSuchKey"),
           (416, "InvalidRange")),
    "gcs": ((403, "AccessDenied"), (403, "SignatureDoesNotMatch"), (403, "ExpiredToken"),
            (401, "AuthenticationRequired"), (405, "MethodNotAllowed"), (404, "NoSuchKey"),
            (416, "InvalidRange")),
    "plain": ((403, None), (403, None), (403, None), (403, None), (405, None), (404, None),
              (416, None)),
}
MISSING, WRONG, OUTDATED, AUTHORIZATION, METHOD, NO_FILE, RANGE = range(7)


def parameters(url):
    return [pair.partition("=")[::2] for pair in url.partition("?")[2].split("&")]


def with_parameters(url, pairs):
    return url.partition("?")[0] + "?" + "&".join("=".join(pair) for pair in pairs)


def changed(value):
    """The value with its first letter or digit replaced, in every place where there is one."""
    for place, letter in enumerate(value):
        if letter.isalnum() and (place == 0 or value[place - 1] != "%"):
            yield value[:place] + ("1" if letter == "0" else "0") + value[place + 1:]


class StorageCases:
    class StorageCase(ServerCase):
        storage = None

        @classmethod
        def setUpClass(cls):
            folder = write_fixtures(cls, {"Payment-1.jsonl": b"1\n", "Payment-2.jsonl": b"22\n",
                                          "Bill.jsonl": b"bill\n"})
            cls.options = ("--storage", cls.storage, "--fixtures", folder)
            super().setUpClass()

        def setUp(self):
            super().setUp()
            self.export = self.tenant.finished("Payment")
            self.urls = [file["Url"] for file in self.export["Files"]]
            self.url = self.urls[0]

        def test_is_new_in_each_answer_of_one_instant(self):
            again = [self.tenant.get(self.export)["Files"][0]["Url"] for _ in range(2)]
            self.assertEqual(len({self.url, *again}), 3)
            for url in again:
                self.assertEqual(self.server.get(url).body, b"1\n")
                name, value = parameters(url)[-1]
                self.assertEqual(name, "X-Exports-Answer")
                for other in (*changed(value), "0", "0" + value):
                    pairs = [*parameters(url)[:-1], (name, other)]
                    self.assert_refused(self.server.get(with_parameters(url, pairs)), WRONG)

        def assert_refused(self, answer, why):
            status, code = REFUSALS[self.storage][why]
            self.assertEqual(answer.status, status, answer)
            self.assertIn("request-id", answer.fields)
            if code is None:
                self.assertTrue(answer.fields["content-type"].startswith("text/plain"))
                self.assertTrue(answer.body.endswith(b"\n"))
                return
            self.assertTrue(answer.fields["content-type"].startswith("application/xml"))
            root = xml.etree.ElementTree.fromstring(answer.body)
            self.assertEqual((root.tag, root.find("Code").text), ("Error", code))
            self.assertTrue(root.find("Message").text)

        def test_parameters(self):
            names = [name for name, _ in parameters(self.url)]
            expected = PARAMETERS[self.storage]
            self.assertEqual(names[:len(expected)], expected)
            self.assertIn(names[len(expected):], ([], ["X-Exports-Answer"]))
            self.assertEqual(self.server.get(self.url).body, b"1\n")
            self.assertEqual(self.server.get(self.urls[1]).body, b"22\n")

        def test_order_and_strange_parameters_do_not_matter(self):
            pairs = parameters(self.url)
            self.assertEqual(self.server.get(with_parameters(self.url, pairs[::-1])).status, 200)
            more = [("x", "y")] + pairs + [("utm_source", "z")]
            self.assertEqual(self.server.get(with_parameters(self.url, more)).status, 200)

        def test_missing(self):
            bare = self.url.partition("?")[0]
            for url in (bare, bare + "?", bare + "?x=y"):
                self.assert_refused(self.server.get(url), MISSING)
            pairs = parameters(self.url)
            for left_out in range(len(pairs)):
                answer = self.server.get(with_parameters(self.url,
                                                         pairs[:left_out] + pairs[left_out + 1:]))
                with self.subTest(left_out=pairs[left_out][0]):
                    self.assertIn(answer.status, (400, 403))
                    self.assertNotEqual(answer.body, b"1\n")

        def test_tampered_at_every_parameter(self):
            pairs = parameters(self.url)
            for number, (name, value) in enumerate(pairs):
                values = list(changed(value)) + ["", value + "0", value[:-1], "%00", "x" * 3000,
                                                 value + "%00", "%zz", "-1", "9" * 30]
                for other in values:
                    if other == value:
                        continue
                    url = with_parameters(self.url, pairs[:number] + [(name, other)] +
                                          pairs[number + 1:])
                    with self.subTest(name, value=other):
                        answer = self.server.get(url)
                        self.assertIn(answer.status, (400, 403), answer)
                        self.assertNotEqual(answer.body, b"1\n")

        def test_wrong_signature(self):
            pairs = parameters(self.url)
            number = [name for name, _ in pairs].index(
                {"azure": "sig", "s3": "X-Amz-Signature", "gcs": "X-Goog-Signature",
                 "plain": "signature"}[self.storage])
            name, value = pairs[number]
            pairs[number] = (name, next(changed(value)))
            answer = self.server.get(with_parameters(self.url, pairs))
            self.assert_refused(answer, WRONG)
            answer = self.server.head(with_parameters(self.url, pairs))
            self.assertEqual((answer.status, answer.body), (REFUSALS[self.storage][WRONG][0], b""))

        def test_doubled_parameters(self):
            pairs = parameters(self.url)
            for pair in pairs:
                answer = self.server.get(with_parameters(self.url, pairs + [pair]))
                self.assertIn(answer.status, (400, 403))

        def test_link_of_another_file(self):
            first, second = self.urls
            query = first.partition("?")[2]
            self.assert_refused(self.server.get(second.partition("?")[0] + "?" + query), WRONG)
            other = self.tenant.finished("Bill")
            path = other["Files"][0]["Url"].partition("?")[0]
            self.assert_refused(self.server.get(path + "?" + query), WRONG)
            path = first.partition("?")[0].replace(self.export["Id"], NOBODY)
            self.assert_refused(self.server.get(path + "?" + query), WRONG)
            path = first.partition("?")[0].replace("-1.jsonl", "-3.jsonl")
            self.assert_refused(self.server.get(path + "?" + query), WRONG)

        def test_other_paths_are_not_files(self):
            base, _, query = self.url.partition("?")
            for path in (base.replace("-1.jsonl", "-01.jsonl"), base.replace("-1.jsonl", "-0.jsonl"),
                         base.replace("-1.jsonl", ".jsonl"), base.replace(".jsonl", ".json"),
                         base + "/", base + "x", base.replace(self.export["Id"],
                                                              self.export["Id"].upper()),
                         base.replace("/exports/", "/Exports/"),
                         base.replace("/exports/", "/exports//"),
                         base.replace("-1.jsonl", "-99999999999999999999.jsonl"),
                         base.replace("-1.jsonl", "%2D1.jsonl")):
                with self.subTest(path):
                    if path == base:
                        continue
                    self.assert_error(self.server.get(path + "?" + query), 404, "Not found.")

        def test_outdated_to_the_millisecond(self):
            self.tenant.advance(by="599999ms")
            self.assertEqual(self.server.get(self.url).status, 200)
            self.tenant.advance(by="1ms")
            self.assert_refused(self.server.get(self.url), OUTDATED)
            fresh = self.tenant.get(self.export)["Files"][0]["Url"]
            self.assertEqual(self.server.get(fresh).body, b"1\n")
            self.assert_refused(self.server.get(self.url), OUTDATED)

        def test_links_with_fractions_of_a_second(self):
            self.tenant.advance(by="345ms")
            url = self.tenant.get(self.export)["Files"][0]["Url"]
            self.assertEqual(self.server.get(url).status, 200)
            self.tenant.advance(by="598999ms")
            self.assertEqual(self.server.get(url).status, 200)
            self.tenant.advance(by="1001ms")
            self.assert_refused(self.server.get(url), OUTDATED)

        def test_parameters_tell_the_instants(self):
            self.tenant.advance(by="53s")
            values = dict(parameters(self.tenant.get(self.export)["Files"][0]["Url"]))
            expected = {"azure": {"se": "2026-08-07T10:11:00Z"},
                        "s3": {"X-Amz-Date": "20260807T100100Z", "X-Amz-Expires": "600"},
                        "gcs": {"X-Goog-Date": "20260807T100100Z", "X-Goog-Expires": "600"},
                        "plain": {"expires": "1786097460"}}[self.storage]
            for name, value in expected.items():
                self.assertEqual(values[name].replace("%3A", ":"), value)

        def test_new_at_each_get_all(self):
            seen = {self.url}
            for count in range(2, 6):
                self.tenant.advance(by="1s")
                seen.add(self.tenant.get(self.export)["Files"][0]["Url"])
                self.assertEqual(len(seen), count)
            for url in seen:
                self.assertEqual(self.server.get(url).body, b"1\n")

        def test_authorization_beside_a_link(self):
            answer = self.server.get(self.url, Authorization="Bearer secret")
            self.assert_refused(answer, AUTHORIZATION)
            for value in ("Basic dXNlcjpwYXNz", "x", "Bearer", ""):
                answer = self.server.get(self.url, Authorization=value)
                self.assertIn(answer.status, (400, 401, 403))
            self.assertEqual(self.server.get(self.url).status, 200)

        def test_other_methods(self):
            for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
                answer = self.server.request(method, self.server.target(self.url), b"x")
                self.assert_refused(answer, METHOD)
                self.assertEqual(answer.fields["allow"], "GET, HEAD")

        def test_range_outside(self):
            self.assert_refused(self.server.get(self.url, Range="bytes=5-"), RANGE)

        def test_expired_export(self):
            self.tenant.advance(by="604799999ms")
            url = self.tenant.get(self.export)["Files"][0]["Url"]
            self.assertEqual(self.server.get(url).status, 200)
            self.tenant.advance(by="1ms")
            self.assert_refused(self.server.get(url), OUTDATED)
            self.assertEqual(self.server.head(url).status, 403)

        def test_failed_export(self):
            self.tenant.force(self.export, "Failed")
            answer = self.server.get(self.url)
            self.assertIn(answer.status, (403, 404))
            self.assertNotEqual(answer.body, b"1\n")

        def test_forgotten_export(self):
            server = self.start(*self.options)
            tenant = Tenant(server)
            url = tenant.finished("Payment")["Files"][0]["Url"]
            server.admin("POST", "/reset")
            self.assert_refused(server.get(url), NO_FILE)

        def test_what_is_echoed_is_escaped(self):
            for fields in ({"Authorization": "<script>&\"'"}, {"Authorization": "x</Error>&amp;"},
                           {"Range": "bytes=9-<script>"}):
                answer = self.server.get(self.url, **fields)
                self.assertNotIn(b"<script", answer.body)
                if answer.body.startswith(b"<?xml"):
                    xml.etree.ElementTree.fromstring(answer.body)


class AzureTest(StorageCases.StorageCase):
    storage = "azure"


class S3Test(StorageCases.StorageCase):
    storage = "s3"


class GcsTest(StorageCases.StorageCase):
    storage = "gcs"


class PlainTest(StorageCases.StorageCase):
    storage = "plain"


class ValidityTest(LooseCase):
    def test_other_validities(self):
        for validity, almost in (("1s", "999ms"), ("250ms", "249ms"), ("2h", "7199999ms")):
            with self.subTest(validity):
                tenant = Tenant(self.start("--link-validity", validity))
                url = tenant.finished()["Files"][0]["Url"]
                tenant.advance(by=almost)
                self.assertEqual(tenant.server.get(url).status, 200)
                tenant.advance(by="1ms")
                self.assertEqual(tenant.server.get(url).status, 403)

    def test_valid_longer_than_the_export(self):
        tenant = Tenant(self.start("--link-validity", "30d"))
        url = tenant.finished()["Files"][0]["Url"]
        tenant.advance(by="604799999ms")
        self.assertEqual(tenant.server.get(url).status, 200)
        tenant.advance(by="1ms")
        self.assertEqual(tenant.server.get(url).status, 403)

    def test_tenants_clocks_decide(self):
        server = self.start()
        first, second = Tenant(server), Tenant(server)
        urls = [tenant.finished()["Files"][0]["Url"] for tenant in (first, second)]
        first.advance(by="10m")
        self.assertEqual([server.get(url).status for url in urls], [403, 200])


class BaseUrlTest(LooseCase):
    def url(self, server, host=None):
        tenant = Tenant(server)
        export = tenant.add()
        tenant.advance(by="7s")
        import json
        body = json.dumps(tenant.body(ExportIds=[export["Id"]])).encode()
        fields = {"Content-Type": "application/json", **({"Host": host} if host else {})}
        answer = server.request("POST", "/api/connector/v1/exports/getAll", body, fields)
        return answer.json["Exports"][0]["Files"][0]["Url"]

    def test_host_of_the_request(self):
        server = self.start()
        self.assertTrue(self.url(server).startswith(server.url + "/exports/"))
        for host in ("mock:8080", "localhost:%d" % server.port, "example.org", "[::1]:99",
                     "exports-mock.test.svc.cluster.local:1"):
            self.assertTrue(self.url(server, host).startswith("http://%s/exports/" % host))

    def test_a_host_that_is_none_cannot_break_the_answer(self):
        server = self.start()
        for host in ("<x>", "a b", "a/b", "a\"b", "a\\b", "x" * 5000, "user@host", "a?b", "a#b", ""):
            tenant = Tenant(server)
            export = tenant.add()
            tenant.advance(by="7s")
            import json
            body = json.dumps(tenant.body(ExportIds=[export["Id"]]))
            data = raw_request("/api/connector/v1/exports/getAll", "POST", body=body.encode(),
                               host=host)
            answer = server.raw(data)
            self.assertIn(answer.status, (200, 400))
            if answer.status == 200:
                url = answer.json["Exports"][0]["Files"][0]["Url"]
                self.assertRegex(url, r"^http://[-A-Za-z0-9.:\[\]_]+/exports/[-0-9a-f]+\.jsonl\?")

    def test_public_url(self):
        for given in ("https://files.example.org", "https://files.example.org/", "http://a:1"):
            server = self.start("--public-url", given)
            for host in (None, "other:1"):
                self.assertTrue(self.url(server, host).startswith(given.rstrip("/") + "/exports/"))

    def test_public_url_with_a_path(self):
        """Whether a proxy passes the path on or takes it off, the server answers."""
        for given in ("http://files.example.org/mock", "https://files.example.org/a/b/"):
            server = self.start("--public-url", given)
            url = self.url(server, None)
            self.assertTrue(url.startswith(given.rstrip("/") + "/exports/"))
            path = url.partition(".org")[2]
            inner = path[path.index("/exports/"):]
            answers = [server.request("GET", target) for target in (path, inner)]
            self.assertEqual([answer.status for answer in answers], [200, 200])
            self.assertEqual(answers[0].body, answers[1].body)
            for target in ("/moc" + inner, path.replace("/exports", "exports", 1), "/mock/mock"):
                self.assertEqual(server.request("GET", target).status, 404)
            tenant = Tenant(server)
            body = tenant.body(EntityType="Bill")
            prefix = path[:path.index("/exports/")]
            answer = server.post(prefix + "/api/connector/v1/exports/add", body)
            self.assertEqual(answer.status, 200, answer)


class RunningDownloadTest(LooseCase):
    """A download that has begun is completed, whatever becomes of its link and export."""

    SIZE = 48 << 20

    def check(self, options, entity_type, until):
        server = self.start(*options)
        tenant = Tenant(server)
        export = tenant.finished(entity_type)
        url, size = export["Files"][0]["Url"], export["Files"][0]["SizeInBytes"]
        self.assertGreater(size, 16 << 20)
        with server.connect(receive_buffer=4096) as sock:
            sock.sendall(raw_request(server.target(url)))
            reader = Reader(sock)
            head = reader.head()
            self.assertEqual((head.status, head.fields["content-length"]), (200, str(size)))
            got = reader.file.read(1000)
            until(tenant, export)
            self.assertIn(server.get(url).status, (403, 404))
            got += reader.file.read(size - 1000)
        return server, got

    def write_big(self):
        folder = write_fixtures(self, {})
        content = b'{"row":"%0100d"}\n' % 7 * (self.SIZE // 112 + 1)
        with open(os.path.join(folder, "Bill.jsonl"), "wb") as file:
            file.write(content)
        return folder, content

    def test_link_expires(self):
        folder, content = self.write_big()
        options = ("--fixtures", folder)
        _, got = self.check(options, "Bill", lambda tenant, export: tenant.advance(by="10m"))
        self.assertEqual(got, content)

    def test_export_expires(self):
        folder, content = self.write_big()
        options = ("--fixtures", folder, "--link-validity", "30d")
        _, got = self.check(options, "Bill", lambda tenant, export: tenant.advance(by="7d"))
        self.assertEqual(got, content)

    def test_reset(self):
        folder, content = self.write_big()
        _, got = self.check(("--fixtures", folder), "Bill",
                            lambda tenant, export: tenant.server.admin("POST", "/reset"))
        self.assertEqual(got, content)

    def test_generated(self):
        options = ("--rows", "OrderItem=30000", "--max-file-size", "100000000")
        server, got = self.check(options, "OrderItem",
                                 lambda tenant, export: tenant.advance(by="7d"))
        self.assertTrue(got.endswith(b"}\n"))
        self.assertEqual(len(set(re.findall(rb'^{"Id":"([^"]+)"', got, re.M))), got.count(b"\n"))

    def test_generated_and_forgotten(self):
        options = ("--rows", "OrderItem=30000", "--max-file-size", "100000000")
        _, got = self.check(options, "OrderItem",
                            lambda tenant, export: tenant.server.admin("POST", "/reset"))
        self.assertTrue(got.endswith(b"}\n"))


if __name__ == "__main__":
    main()
