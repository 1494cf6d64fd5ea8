#!/usr/bin/env python3
"""Conduct on the wire: many requests at once, slow, broken and vanished clients, odd targets."""

import json
import os
import re
import resource
import socket
import sys
import time

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from microhttpd import refuses_by_itself
from harness import (API, NOBODY, Reader, ServerCase, Tenant, UUID, WAIT_S, main, raw_request)
from files_test import write_fixtures

IDLE_CONNECTIONS = 10000
RESET_ON_CLOSE = b"\1\0\0\0\0\0\0\0"
CLOSE = b"\0\0\0\0\0\0\0\0"


class HttpCase(ServerCase):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.server.admin("GET", "/health").status, 200)
        self.fds = self.server.fd_count()

    def get_all_request(self, *ids, tenant=None, **more):
        body = (tenant or self.tenant).body(ExportIds=list(ids) or [NOBODY])
        return raw_request(API + "getAll", "POST", body=json.dumps(body).encode(), **more)

    def assert_no_fds_left(self):
        """A closed connection is noticed in a turn of the loop that another request brings."""
        end = time.monotonic() + WAIT_S
        while self.server.fd_count() > self.fds and time.monotonic() < end:
            self.server.admin("GET", "/health")
        self.assertLessEqual(self.server.fd_count(), self.fds)

    def assert_alive(self):
        self.assertEqual(self.tenant.get_all(NOBODY), [])


class RequestsTest(HttpCase):
    def test_pipelining(self):
        export = self.tenant.add()
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(self.get_all_request(export["Id"]) * 500 +
                         raw_request("/x") + self.get_all_request(NOBODY))
            seen = set()
            for _ in range(500):
                answer = reader.answer()
                self.assertEqual(answer.json["Exports"][0]["Id"], export["Id"])
                seen.add(answer.fields["request-id"])
            self.assertEqual(len(seen), 500)
            self.assertEqual(reader.answer().status, 404)
            self.assertEqual(reader.answer().json, {"Exports": []})

    def test_pipelined_errors_keep_the_connection(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            bad = raw_request(API + "add", "POST", body=b"{")
            sock.sendall((bad + self.get_all_request() + raw_request("/x", "DELETE")) * 50)
            for _ in range(50):
                self.assertEqual([reader.answer().status for _ in range(3)], [400, 200, 404])

    def test_one_byte_at_a_time(self):
        data = self.get_all_request()
        with self.server.connect() as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for at in range(len(data)):
                sock.sendall(data[at:at + 1])
            self.assertEqual(Reader(sock).answer().json, {"Exports": []})

    def test_slow_uploads_side_by_side(self):
        tenants = [Tenant(self.server) for _ in range(40)]
        exports = [tenant.add() for tenant in tenants]
        requests = [self.get_all_request(export["Id"], tenant=tenant)
                    for tenant, export in zip(tenants, exports)]
        socks = [self.server.connect() for _ in tenants]
        longest = max(map(len, requests))
        for at in range(0, longest, 13):
            for sock, data in zip(socks, requests):
                sock.sendall(data[at:at + 13])
            self.assert_alive()
        for sock, export in zip(socks, exports):
            self.assertEqual(Reader(sock).answer().json["Exports"][0]["Id"], export["Id"])
            sock.close()
        self.assert_no_fds_left()

    def test_aborted_uploads_create_nothing(self):
        body = json.dumps(self.tenant.body(EntityType="Bill")).encode()
        whole = raw_request(API + "add", "POST", body=body)
        for how in (RESET_ON_CLOSE, CLOSE):
            for length in (1, 20, len(whole) - len(body), len(whole) - 1):
                with self.server.connect() as sock:
                    sock.sendall(whole[:length])
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
        self.assert_no_fds_left()
        self.assertEqual(self.tenant.add("Bill")["Status"], "Pending")

    def test_client_that_does_not_wait_for_its_answer(self):
        for how in (RESET_ON_CLOSE, CLOSE):
            for _ in range(50):
                with self.server.connect() as sock:
                    sock.sendall(self.get_all_request() * 3)
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
        self.assert_no_fds_left()
        self.assert_alive()

    def test_expect_continue(self):
        body = json.dumps(self.tenant.body(ExportIds=[NOBODY])).encode()
        head = raw_request(API + "getAll", "POST", "Expect: 100-continue\r\n", body)[:-len(body)]
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(head)
            self.assertEqual(reader.answer().status, 100)
            sock.sendall(body)
            self.assertEqual(reader.answer().json, {"Exports": []})

    def test_expect_continue_for_too_much(self):
        head = self.get_all_request(fields="Expect: 100-continue\r\n").partition(b"\r\n\r\n")[0]
        head = re.sub(rb"Content-Length: \d+", b"Content-Length: 1048577", head) + b"\r\n\r\n"
        answer = self.server.raw(head)
        self.assert_error(answer, 413, "Content too large.", "1 MiB")
        self.assertEqual(answer.fields["connection"], "close")
        self.assert_alive()

    def chunked(self, body, sizes, operation="getAll"):
        head = ("POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" %
                (API + operation)).encode()
        at = 0
        for size in sizes:
            piece = body[at:at + size]
            head += b"%x\r\n%s\r\n" % (len(piece), piece)
            at += size
        if at < len(body):
            head += b"%x\r\n%s\r\n" % (len(body) - at, body[at:])
        return head + b"0\r\n\r\n"

    def test_chunked_upload(self):
        body = json.dumps(self.tenant.body(ExportIds=[NOBODY])).encode()
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(self.chunked(body, [1] * len(body)) + self.chunked(body, [len(body)]) +
                         self.chunked(b"", []) + self.chunked(body, [7, 100, 3]))
            self.assertEqual([reader.answer().status for _ in range(4)], [200, 200, 400, 200])

    def test_http_1_0(self):
        data = self.get_all_request(version="HTTP/1.0")
        with self.server.connect() as sock:
            sock.sendall(data)
            reader = Reader(sock)
            self.assertEqual(reader.answer().json, {"Exports": []})
            self.assertEqual(reader.file.read(), b"")

    def test_connection_close(self):
        with self.server.connect() as sock:
            sock.sendall(self.get_all_request(fields="Connection: close\r\n"))
            reader = Reader(sock)
            answer = reader.answer()
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.fields["connection"].lower(), "close")
            self.assertEqual(reader.file.read(), b"")

    def test_many_header_fields(self):
        fields = "".join("X-Field-%d: %s\r\n" % (i, "v" * 50) for i in range(100))
        self.assertEqual(self.server.raw(self.get_all_request(fields=fields)).status, 200)
        for fields in ("X: %s\r\n" % ("v" * 200000), "X: y\r\n" * 50000):
            try:
                self.assertIn(self.server.raw(self.get_all_request(fields=fields)).status,
                              (400, 413, 431))
            except ConnectionError:
                pass  # it answered and closed while we were still sending
        self.assert_alive()


    def test_unsound_requests_are_refused_in_the_shape_of_the_api(self):
        head = b"POST " + API.encode() + b"add HTTP/1.1\r\n"
        host = b"Host: x\r\n"
        for data, status in ((head + b"Content-Length: 0\r\n", 400),
                             (head + host + host + b"Content-Length: 0\r\n", 400),
                             (head + host + b"Content-Length: 1\r\nContent-Length: 2\r\n", 400),
                             (head + host + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                              400),
                             (head + host + b"Transfer-Encoding: gzip, chunked\r\n", 501),
                             (head + host + b"Transfer-Encoding: gzip\r\n", 501)):
            with self.subTest(data=data):
                answer = self.server.raw(data + b"\r\n")
                if refuses_by_itself() and (b"Host" not in data or b"Transfer" in data):
                    self.assertEqual(answer.status, 400)
                    continue
                self.assertEqual(answer.status, status)
                self.assertEqual(list(answer.json), ["Message", "RequestId", "Details"])
                self.assertEqual(answer.json["RequestId"], answer.fields["request-id"])
        self.assert_alive()

    def test_bodies_up_to_the_limit(self):
        """A megabyte is taken, a byte more is drained and refused; the connection goes on."""
        whole = json.dumps(self.tenant.body(ExportIds=[NOBODY])).encode()
        with self.server.connect() as sock:
            reader = Reader(sock)
            for size, status in (((1 << 20) - 1, 200), (1 << 20, 200), ((1 << 20) + 1, 413),
                                 (3 << 20, 413), (len(whole), 200)):
                sock.sendall(raw_request(API + "getAll", "POST", body=whole.ljust(size)))
                answer = reader.answer()
                self.assertEqual(answer.status, status)
            self.assertEqual(answer.json, {"Exports": []})


class TargetsTest(HttpCase):
    def test_absolute_form(self):
        for target in ("http://localhost" + API + "getAll", "http://other:99" + API + "getAll",
                       "HTTP://X" + API + "getAll"):
            data = self.get_all_request().replace(API.encode() + b"getAll", target.encode(), 1)
            self.assertEqual(self.server.raw(data).json, {"Exports": []})

    def test_odd_paths_lead_nowhere(self):
        for path in ("/api%2Fconnector/v1/exports/add", "/api/connector/v1/exports%2Fadd",
                     "/api/connector/v1/exports/../exports/add", "/./api/connector/v1/exports/add",
                     "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
                     "/%00", API + "add%00", "//", "/\\..\\", "/exports/../exports/x.jsonl",
                     "/exports/%s-1.jsonl/../x" % NOBODY, "/" + "a" * 20000, "/%", "/%zz", "/~root",
                     "/caf\xe9", "/" + "/" * 1000, "/__admin/../api", "/__admin%2Fhealth"):
            for method in ("GET", "POST"):
                with self.subTest(path=path[:50], method=method):
                    answer = self.server.raw(raw_request(path, method))
                    self.assert_error(answer, 404, "Not found.")

    def test_bytes_that_no_target_has(self):
        for target in (b"/a\0b", API.encode() + b"add\0", b"/\x01", b"/ x", b"/\x7f", b"/\t", b"x",
                       b"*", b"ftp://x/", b"\xff"):
            with self.subTest(target=target):
                sent = b"GET " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n"
                if refuses_by_itself() and b"\0" in target:
                    self.assertRaises(EOFError, self.server.raw, sent)
                    continue
                answer = self.server.raw(sent)
                if refuses_by_itself() and target in (b"/ x", b"/\t"):
                    self.assertEqual(answer.status, 400)
                    continue
                self.assert_error(answer, 400, "Invalid request.", "target is malformed")
        self.assert_alive()

    def test_unknown_methods(self):
        for method in ("BREW", "get", "PROPFIND", "TRACE", "X" * 200, "M-SEARCH"):
            answer = self.server.raw(raw_request(API + "getAll", method))
            self.assert_error(answer, 404, "Not found.")
        for first in (b"CONNECT x:1", b"OPTIONS *"):
            answer = self.server.raw(first + b" HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(answer.status, (400, 404, 405))

    def test_no_http_at_all(self):
        for data in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                     b"\xff" * 1000, b"\0" * 1000, b"GET / HTTP/9.9\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n",
                     b"{}", b"SSH-2.0-OpenSSH_9.2\r\n"):
            with self.server.connect() as sock:
                sock.sendall(data)
                sock.shutdown(socket.SHUT_WR)
                try:
                    while sock.recv(65536):
                        pass
                except ConnectionResetError:
                    pass
        self.assert_no_fds_left()
        self.assert_alive()


class DownloadsTest(HttpCase):
    SIZE = 64 << 20

    @classmethod
    def setUpClass(cls):
        folder = write_fixtures(cls, {})
        with open(os.path.join(folder, "Bill.jsonl"), "wb") as file:
            file.truncate(cls.SIZE)
        cls.options = ("--fixtures", folder, "--rows", "OrderItem=30000",
                       "--max-file-size", "100000000")
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.targets = []
        for entity_type in ("Bill", "OrderItem"):
            file = self.tenant.finished(entity_type)["Files"][0]
            self.assertGreater(file["SizeInBytes"], 16 << 20)
            self.targets.append(self.server.target(self.tenant_link(file)))

    def tenant_link(self, file):
        return file["Url"]

    def test_client_that_vanishes(self):
        for target in self.targets:
            for fields in ("", "Accept-Encoding: gzip\r\n", "Range: bytes=100-\r\n"):
                for how in (RESET_ON_CLOSE, CLOSE):
                    with self.server.connect(receive_buffer=4096) as sock:
                        sock.sendall(raw_request(target, fields=fields))
                        self.assertIn(sock.recv(12), (b"HTTP/1.1 200", b"HTTP/1.1 206"))
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
        self.assert_no_fds_left()
        self.assert_alive()

    def test_stalled_downloads_hold_nobody_up(self):
        socks = []
        for number in range(200):
            sock = self.server.connect(receive_buffer=4096)
            sock.sendall(raw_request(self.targets[number % 2]))
            self.assertEqual(sock.recv(12), b"HTTP/1.1 200")
            socks.append(sock)
        for _ in range(50):
            self.assert_alive()
        for sock in socks:
            sock.close()
        self.assert_no_fds_left()

    def test_pipelined_downloads(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(b"".join(raw_request(target, fields="Range: bytes=%d-%d\r\n" % (at, at + 999))
                                  for at in range(0, 100000, 1000) for target in self.targets) +
                         self.get_all_request())
            bodies = [reader.answer().body for _ in range(200)]
            self.assertEqual(b"".join(bodies[0::2]), bytes(100000))
            answer = self.server.request("GET", self.targets[1], None, {"Range": "bytes=0-99999"})
            self.assertEqual(b"".join(bodies[1::2]), answer.body)
            self.assertEqual(reader.answer().json, {"Exports": []})

    def test_stops_while_clients_download(self):
        server = self.start(*self.options)
        tenant = Tenant(server)
        socks = []
        for entity_type in ("Bill", "OrderItem"):
            target = server.target(tenant.finished(entity_type)["Files"][0]["Url"])
            for fields in ("", "Accept-Encoding: gzip\r\n"):
                sock = server.connect(receive_buffer=4096)
                sock.sendall(raw_request(target, fields=fields))
                sock.recv(100)
                socks.append(sock)
        for data in (b"", b"POS", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"):
            socks.append(server.connect())
            socks[-1].sendall(data)
        self.assertEqual(server.stop(), (0, b""))
        for sock in socks:
            sock.close()


class ConnectionsTest(HttpCase):
    def test_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = min(IDLE_CONNECTIONS, hard - hard // 8 - 200)
        if count < IDLE_CONNECTIONS:
            print("only %d idle connections: the limit of descriptors is %d" % (count, hard),
                  file=sys.stderr)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        export = self.tenant.add()
        socks = [self.server.connect() for _ in range(count)]
        self.assertEqual(self.tenant.get(export), export)
        for sock in socks[::100]:
            sock.sendall(self.get_all_request())
        for sock in socks[::100]:
            self.assertRegex(Reader(sock).answer().fields["request-id"], UUID)
        self.assertEqual(self.tenant.get(export), export)
        for sock in socks:
            sock.close()
        self.assert_no_fds_left()


if __name__ == "__main__":
    main()
