#!/usr/bin/env python3
"""Files of exports, at every kind of storage: conditional and partial requests, compression.

Sources: interface, section 1; contract/exports.json, json_lines and multiple_files; RFC 9110.
"""

import gzip
import json
import os
import shutil
import tempfile

from harness import Reader, ServerCase, Tenant, main, raw_request

ROWS = b"".join(b'{"Id":"%08d","Name":"row number %d of a file"}\n' % (i, i * i) for i in range(5000))
PARTS = [b'{"Part":1}\n' * 700, b'{"Part":2}\n', b'{"Part":3}\n' * 90]
ODD = b'{"a":1}\r\n\r\n  not json at all \xff\xfe\x00\r\n{"last":"line has no end"}'
FIXTURES = {"Bill.jsonl": ROWS, "Payment-1.jsonl": PARTS[0], "Payment-2.jsonl": PARTS[1],
            "Payment-3.jsonl": PARTS[2], "Customer.jsonl": ODD, "Company.jsonl": b"",
            "README.md": b"left alone", ".hidden.jsonl": b"left alone"}


def write_fixtures(case, files):
    """A folder of files, for as long as the case (a class or a test) lasts."""
    folder = tempfile.mkdtemp()
    add = case.addClassCleanup if isinstance(case, type) else case.addCleanup
    add(shutil.rmtree, folder)
    for name, content in files.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    return folder


class StorageCases:
    """The tests; a subclass for every kind of storage runs them."""

    class StorageCase(ServerCase):
        storage = None
        content_type = None

        @classmethod
        def setUpClass(cls):
            folder = write_fixtures(cls, FIXTURES)
            cls.options = ("--storage", cls.storage, "--fixtures", folder, "--max-file-size", 20000)
            super().setUpClass()

        def setUp(self):
            super().setUp()
            self.file = self.tenant.finished("Bill")["Files"][0]
            self.url = self.file["Url"]

        def test_whole(self):
            answer = self.server.get(self.url)
            self.assertEqual((answer.status, answer.body), (200, ROWS))
            self.assertEqual(self.file["SizeInBytes"], len(ROWS))
            self.assertEqual(answer.fields["content-length"], str(len(ROWS)))
            self.assertEqual(answer.fields["accept-ranges"], "bytes")
            self.assertEqual(answer.fields["content-type"], self.content_type)
            self.assertRegex(answer.fields["etag"], r'^"[^"]+"$')
            self.assertIn("last-modified", answer.fields)
            self.assertNotIn("content-encoding", answer.fields)
            self.assertIn("request-id", answer.fields)

        def test_name_of_a_file(self):
            export = self.tenant.finished("Payment")
            for number, file in enumerate(export["Files"], 1):
                path = self.server.target(file["Url"]).split("?")[0]
                self.assertEqual(path, "/exports/%s-%d.jsonl" % (export["Id"], number))

        def test_head(self):
            got = self.server.get(self.url)
            for fields in ({}, {"Range": "bytes=5-10"}, {"Accept_Encoding": "gzip, deflate"}):
                answer = self.server.head(self.url, **fields)
                self.assertEqual((answer.status, answer.body), (200, b""))
                for name in ("content-length", "etag", "accept-ranges", "content-type",
                             "last-modified"):
                    self.assertEqual(answer.fields[name], got.fields[name])

        def test_ranges(self):
            size = len(ROWS)
            for value, first, last in (("0-0", 0, 0), ("0-99", 0, 99), ("100-199", 100, 199),
                                       ("5-5", 5, 5), ("0-%d" % (size - 1), 0, size - 1),
                                       ("%d-%d" % (size - 1, size - 1), size - 1, size - 1),
                                       ("10-%d" % (size * 2), 10, size - 1),
                                       ("10-99999999999999999999999", 10, size - 1),
                                       ("7-", 7, size - 1), ("%d-" % (size - 1), size - 1, size - 1),
                                       ("-1", size - 1, size - 1), ("-100", size - 100, size - 1),
                                       ("-%d" % size, 0, size - 1), ("-%d" % (size + 5), 0, size - 1)):
                with self.subTest(value):
                    answer = self.server.get(self.url, Range="bytes=" + value)
                    self.assertEqual(answer.status, 206)
                    self.assertEqual(answer.fields["content-range"],
                                     "bytes %d-%d/%d" % (first, last, size))
                    self.assertEqual(answer.fields["content-length"], str(last - first + 1))
                    self.assertEqual(answer.body, ROWS[first:last + 1])
                    self.assertNotIn("content-encoding", answer.fields)

        def test_ranges_that_give_the_whole(self):
            for value in ("bytes=0-1,5-6", "bytes=0-1, 3-4, -1", "bytes=5-2", "bytes=x", "bytes=",
                          "bytes=-", "bytes", "lines=1-2", "bytes 0-1", "", "bytes=0x1-0x2",
                          "bytes=1-2-3", "bytes=+1-2"):
                with self.subTest(value):
                    answer = self.server.get(self.url, Range=value)
                    self.assertEqual((answer.status, answer.body), (200, ROWS))
                    self.assertNotIn("content-range", answer.fields)

        def test_ranges_outside(self):
            size = len(ROWS)
            for value in ("%d-" % size, "%d-%d" % (size, size + 5), "99999999999-", "-0"):
                with self.subTest(value):
                    answer = self.server.get(self.url, Range="bytes=" + value)
                    self.assertEqual(answer.status, 416)
                    self.assertEqual(answer.fields["content-range"], "bytes */%d" % size)
                    self.assertLess(len(answer.body), 2000)

        def test_ranges_joined_are_the_whole(self):
            whole = b""
            step = 7919
            for start in range(0, len(ROWS), step):
                answer = self.server.get(self.url, Range="bytes=%d-%d" % (start, start + step - 1))
                whole += answer.body
            self.assertEqual(whole, ROWS)

        def test_if_none_match(self):
            etag = self.server.get(self.url).fields["etag"]
            for value in (etag, "*", '"x", %s' % etag, "W/" + etag):
                answer = self.server.get(self.url, If_None_Match=value)
                self.assertEqual((answer.status, answer.body), (304, b""))
                self.assertEqual(answer.fields["etag"], etag)
                self.assertEqual(self.server.head(self.url, If_None_Match=value).status, 304)
            for value in ('"x"', etag[:-1], etag.strip('"'), ""):
                self.assertEqual(self.server.get(self.url, If_None_Match=value).body, ROWS)
            answer = self.server.get(self.url, If_None_Match=etag, Range="bytes=0-1")
            self.assertEqual(answer.status, 304)

        def test_if_match(self):
            etag = self.server.get(self.url).fields["etag"]
            self.assertEqual(self.server.get(self.url, If_Match=etag).status, 200)
            self.assertEqual(self.server.get(self.url, If_Match='"x"').status, 412)

        def test_if_range(self):
            got = self.server.get(self.url)
            for value in (got.fields["etag"], got.fields["last-modified"]):
                answer = self.server.get(self.url, Range="bytes=1-3", If_Range=value)
                self.assertEqual((answer.status, answer.body), (206, ROWS[1:4]))
            for value in ('"x"', "W/" + got.fields["etag"], "Thu, 01 Jan 2026 00:00:00 GMT"):
                answer = self.server.get(self.url, Range="bytes=1-3", If_Range=value)
                self.assertEqual((answer.status, answer.body), (200, ROWS))

        def test_gzip(self):
            for value in ("gzip", "deflate, gzip;q=1.0, *;q=0.5", "br, gzip", "*"):
                with self.subTest(value):
                    answer = self.server.get(self.url, Accept_Encoding=value)
                    self.assertEqual(answer.status, 200)
                    self.assertEqual(answer.fields["content-encoding"], "gzip")
                    self.assertEqual(gzip.decompress(answer.body), ROWS)
                    self.assertLess(len(answer.body), len(ROWS) // 2)
                    self.assertNotEqual(answer.fields["etag"],
                                        self.server.get(self.url).fields["etag"])
                    self.assertIn("accept-encoding", answer.fields["vary"].lower())

        def test_not_gzip(self):
            for value in ("identity", "gzip;q=0", "br", "", "deflate", "*;q=0"):
                with self.subTest(value):
                    answer = self.server.get(self.url, Accept_Encoding=value)
                    self.assertEqual((answer.status, answer.body), (200, ROWS))
                    self.assertNotIn("content-encoding", answer.fields)
            whole = self.server.get(self.url)
            answer = self.server.get(self.url, Accept_Encoding="gzip", Range="bytes=3-9")
            self.assertEqual((answer.status, answer.body), (206, ROWS[3:10]))
            self.assertEqual(answer.fields["etag"], whole.fields["etag"])
            small = self.tenant.finished("Payment")["Files"][1]
            answer = self.server.get(small["Url"], Accept_Encoding="gzip")
            self.assertEqual(answer.body, PARTS[1])

        def test_gzip_over_one_connection(self):
            target = self.server.target(self.url)
            ask = raw_request(target, fields="Accept-Encoding: gzip\r\n")
            with self.server.connect() as sock:
                reader = Reader(sock)
                sock.sendall(ask + raw_request(target, "HEAD") + ask + raw_request(target))
                self.assertEqual(gzip.decompress(reader.answer().body), ROWS)
                self.assertEqual(reader.answer(head_only=True).status, 200)
                self.assertEqual(gzip.decompress(reader.answer().body), ROWS)
                self.assertEqual(reader.answer().body, ROWS)

        def test_etag_is_of_the_content(self):
            etag = self.server.get(self.url).fields["etag"]
            again = Tenant(self.server).finished("Bill")["Files"][0]
            self.assertEqual(self.server.get(again["Url"]).fields["etag"], etag)
            others = [self.server.get(file["Url"]).fields["etag"]
                      for file in self.tenant.finished("Payment")["Files"]]
            self.assertEqual(len({etag, *others}), 4)
            for file in self.tenant.get(self.tenant.finished("Customer"))["Files"]:
                self.assertNotEqual(self.server.get(file["Url"]).fields["etag"], etag)

        def test_several_files(self):
            files = self.tenant.finished("Payment")["Files"]
            self.assertEqual([file["SizeInBytes"] for file in files], [len(part) for part in PARTS])
            self.assertEqual([self.server.get(file["Url"]).body for file in files], PARTS)

        def test_byte_for_byte(self):
            files = self.tenant.finished("Customer")["Files"]
            self.assertEqual([file["SizeInBytes"] for file in files], [len(ODD)])
            self.assertEqual(self.server.get(files[0]["Url"]).body, ODD)

        def test_empty_file(self):
            files = self.tenant.finished("Company")["Files"]
            self.assertEqual([file["SizeInBytes"] for file in files], [0])
            answer = self.server.get(files[0]["Url"], Accept_Encoding="gzip")
            self.assertEqual((answer.status, answer.body), (200, b""))
            self.assertEqual(answer.fields["content-length"], "0")
            self.assertEqual(self.server.get(files[0]["Url"], Range="bytes=0-0").status, 416)

        def test_generated_files(self):
            files = self.tenant.finished("Reservation")["Files"]
            self.assertGreater(len(files), 2)
            etags = set()
            for file in files:
                answer = self.server.get(file["Url"])
                self.assertEqual(len(answer.body), file["SizeInBytes"])
                self.assertTrue(answer.body.endswith(b"\n"))
                for line in answer.body.splitlines():
                    self.assertIn("Id", json.loads(line))
                half = len(answer.body) // 2
                parts = [self.server.get(file["Url"], Range=value).body
                         for value in ("bytes=0-%d" % (half - 1), "bytes=%d-" % half)]
                self.assertEqual(b"".join(parts), answer.body)
                etags.add(answer.fields["etag"])
                packed = self.server.get(file["Url"], Accept_Encoding="gzip")
                self.assertEqual(gzip.decompress(packed.body), answer.body)
            self.assertEqual(len(etags), len(files))


class AzureTest(StorageCases.StorageCase):
    storage = "azure"
    content_type = "application/octet-stream"


class S3Test(StorageCases.StorageCase):
    storage = "s3"
    content_type = "binary/octet-stream"


class GcsTest(StorageCases.StorageCase):
    storage = "gcs"
    content_type = "application/octet-stream"


class PlainTest(StorageCases.StorageCase):
    storage = "plain"
    content_type = "application/x-ndjson"


if __name__ == "__main__":
    main()
