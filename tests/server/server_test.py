#!/usr/bin/env python3
"""Black-box test of src/server: hostile and ordinary HTTP over raw sockets.

    server_test.py [PATH_TO_SERVER_FIXTURE]      default: ./server_fixture

Standard library only, nothing sleeps. Every wait is bounded by a socket or process time-out, which
is a failure when it is reached.
"""

import gzip
import os
import resource
import signal
import socket
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from microhttpd import refuses_by_itself
from harness import BLOCK_BYTES, Reader, Server, ServerCase, WAIT_S, block_bytes, request, run_tests

TEXT_BYTES = 600000
MAX_BODY_BYTES = 1 << 20
IDLE_CONNECTIONS = 10000


class ServerTest(ServerCase):
    # targets

    def test_target_is_kept_as_sent(self):
        for sent, path, query in (
                ("/a%2Fb/../c?x=%00&y=a+b&&=", "/a%2Fb/../c", "x=%00&y=a+b&&="),
                ("//a//b", "//a//b", ""), ("/a?", "/a", ""), ("/?a?b", "/", "a?b"),
                ("http://host/p?q=1", "/p", "q=1"), ("HTTP://host:1/p", "/p", ""),
                ("http://host", "/", ""), ("http://host?q", "/", "q"), ("https://h/", "/", ""),
                ("/caf\xe9", "/caf\xe9", ""), ("/http://x/", "/http://x/", "")):
            with self.subTest(sent=sent):
                status, _, body = self.once(sent)
                lines = body.split(b"\n")
                self.assertEqual(status, 200)
                self.assertEqual(lines[1], b"path=" + path.encode("latin-1"))
                self.assertEqual(lines[2], b"query=" + query.encode("latin-1"))

    def test_bad_requests_never_reach_the_handler(self):
        before = self.counts()["handled"]
        own = {b"GET /a\0b": None, b"GET /a?b\0c": None, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer": 400}
        host = b" HTTP/1.1\r\nHost: x\r\n\r\n"
        body = b" HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n"
        for sent, expected in (
                (b"GET /a\0b" + host, 400), (b"GET /a\x01b" + host, 400), (b"GET /a b" + host, 400),
                (b"GET /a\x7f" + host, 400), (b"GET a" + host, 400), (b"OPTIONS *" + host, 400),
                (b"CONNECT a:1" + host, 400), (b"GET ftp://a/" + host, 400),
                (b"GET /a\x1b[31m" + host, 400), (b"GET /a?b\0c" + host, 400),
                (b"GET / HTTP/1.1\r\n\r\n", 400), (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                (b"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505), (b"GET / HTTP/x\r\nHost: x\r\n\r\n", 400),
                (b"POST /" + body % b"Content-Length: 1x", 400),
                (b"POST /" + body % b"Content-Length: -1", 400),
                (b"POST /" + body % b"Content-Length: 99999999999999999999999", 413),
                (b"POST /" + body % b"Content-Length: 1\r\nContent-Length: 2", 400),
                (b"POST /" + body % b"Content-Length: 1\r\nTransfer-Encoding: chunked", 400),
                (b"POST /" + body % b"Transfer-Encoding: gzip", 501),
                (b"POST /" + body % b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
                (b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400),
                (b"GET /" + b"a" * 70000 + host, 414),
                (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 70000, 431)):
            with self.subTest(sent=sent[:60]):
                try:
                    status = self.raw(sent)[0]
                except ConnectionResetError:
                    status = expected if len(sent) > 60000 else "reset"
                if refuses_by_itself():
                    expected = next((own[begin] for begin in own if sent.startswith(begin)), expected)
                self.assertEqual(status, expected)
        for sent in (b"\r\n", b"GET\r\n\r\n", b" / HTTP/1.1\r\n\r\n", b"\0\0\0\n\n", b"\xff" * 5000):
            with self.subTest(sent=sent[:20]), self.server.connect() as sock:
                sock.sendall(sent)
                sock.shutdown(socket.SHUT_WR)
                try:
                    while sock.recv(65536):
                        pass
                except ConnectionResetError:
                    pass
        self.assertEqual(self.counts()["handled"], before)

    # methods, versions, bodies

    def test_methods(self):
        for method, known in (("GET", 0), ("POST", 2), ("PUT", 3), ("DELETE", 4), ("PATCH", 5),
                              ("OPTIONS", 5), ("get", 5), ("BREW-IT", 5), ("A" * 300, 5)):
            body = self.once("/m", method=method)[2]
            self.assertIn(("method=%s known=%d " % (method, known)).encode(), body)

    def test_header_lookup_ignores_case_and_takes_the_first(self):
        body = self.once("/h", fields="X-SHOW: one\r\nx-show: two\r\n")[2]
        self.assertIn(b"show=one\n", body)
        self.assertIn(b"loopback=1", body)

    def test_head_has_the_fields_of_get(self):
        for target in ("/text", "/small", "/big", "/file", "/gzip", "/big?from=7&length=1000000"):
            with self.subTest(target=target), self.server.connect() as sock:
                sock.sendall(request(target, method="HEAD") + request("/small"))
                reader = Reader(sock)
                status, fields, _ = reader.answer(head_only=True)
                if target == "/gzip":
                    self.assertNotIn("content-length", fields)
                    self.assertEqual(reader.file.read(), b"")
                    continue
                self.assertEqual(reader.answer()[2][:3], b"abc")
                if target.startswith("/big"):
                    length = fields["content-length"]
                    self.assertEqual(length, "1000000" if "?" in target else str(1 << 40))
                    continue
                got, got_fields, _ = self.once(target)
                self.assertEqual((status, sorted(fields)), (got, sorted(got_fields)))
                self.assertEqual(fields.get("content-length"), got_fields.get("content-length"))

    def test_http_1_0(self):
        status, fields, body = self.raw(b"GET /small HTTP/1.0\r\n\r\n")
        self.assertEqual((status, len(body)), (200, 500))
        status, fields, body = self.raw(b"GET /gzip HTTP/1.0\r\n\r\n")
        self.assertNotIn("transfer-encoding", fields)
        self.assertEqual(gzip.decompress(body), block_bytes(0, 3 << 20))

    def test_half_closed_client_gets_its_answer(self):
        with self.server.connect() as sock:
            sock.sendall(request("/text"))
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(len(Reader(sock).answer()[2]), TEXT_BYTES)

    def test_body_lengths_and_caps(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            for length in (1, 4096, 100000, MAX_BODY_BYTES - 1, MAX_BODY_BYTES, MAX_BODY_BYTES + 1,
                           3 * MAX_BODY_BYTES, 10):
                sock.sendall(request("/b", method="POST", body=b"x" * length))
                status, _, body = reader.answer()
                kept = length if length <= MAX_BODY_BYTES else 0
                self.assertEqual(status, 200 if kept else 413)
                self.assertIn(b" body=%d too_large=%d " % (kept, kept == 0), body)

    def test_chunked_upload(self):
        # From 1.0 on libmicrohttpd takes the end of an extension's line for content.
        extension = b"" if refuses_by_itself() else b";ext=1"

        def chunks(pieces, end=b"0\r\n\r\n"):
            return b"".join(b"%x%s\r\n%s\r\n" % (len(p), extension, p) for p in pieces) + end

        head = request("/c", method="POST", fields="Transfer-Encoding: chunked\r\n")
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(head + chunks([b"hel", b"l", b"o"]) + head + chunks([], b"0\r\nA: b\r\n\r\n"))
            self.assertTrue(reader.answer()[2].endswith(b"\nhello"))
            self.assertIn(b" body=0 ", reader.answer()[2])
            sock.sendall(head + chunks([b"x" * 65536] * 20) + request("/small"))
            self.assertEqual(reader.answer()[0], 413)
            self.assertEqual(reader.answer()[0], 200)

    def test_expect_continue(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(b"POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                         b"Expect: 100-continue\r\n\r\n")
            self.assertEqual(reader.answer()[0], 100)
            sock.sendall(b"hello")
            self.assertTrue(reader.answer()[2].endswith(b"\nhello"))

    def test_promised_length_takes_no_memory(self):
        before = self.server.rss_kb()
        with self.server.connect() as sock:
            sock.sendall(b"POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000000000000\r\n\r\nx")
            self.once("/small")
            self.assertLess(self.server.rss_kb() - before, 2048)

    # several requests

    def test_pipelining(self):
        count = 2000
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(b"".join(request("/p%d" % i) for i in range(count)))
            for i in range(count):
                self.assertIn(b"path=/p%d\n" % i, reader.answer()[2])

    def test_pipelined_downloads(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(request("/big?from=1&length=5000000") + request("/text") +
                         request("/file") + request("/gzip") + request("/small"))
            self.assertEqual(reader.answer()[2], block_bytes(1, 5000000))
            self.assertEqual(len(reader.answer()[2]), TEXT_BYTES)
            self.assertEqual(reader.answer()[2], self.server.file_bytes)
            self.assertEqual(gzip.decompress(reader.answer()[2]), block_bytes(0, 3 << 20))
            self.assertEqual(len(reader.answer()[2]), 500)

    def test_interleaved_partial_requests(self):
        whole = request("/i?n=1", method="POST", fields="X-Show: me\r\n", body=b"0123456789")
        socks = [self.server.connect() for _ in range(100)]
        for at in range(len(whole)):
            for sock in socks:
                sock.sendall(whole[at:at + 1])
        for sock in socks:
            status, _, body = Reader(sock).answer()
            self.assertEqual(status, 200)
            self.assertTrue(body.endswith(b"show=me\npath=/i\nquery=n=1\n0123456789"))
            sock.close()

    # downloads

    def test_ranges_are_exact(self):
        edges = (0, 1, (128 << 10) - 1, 128 << 10, (128 << 10) + 1, (512 << 10) - 1, 512 << 10,
                 (512 << 10) + 1, (1 << 20) + 17)
        with self.server.connect() as sock:
            reader = Reader(sock)
            for offset in (0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, (1 << 40) - (2 << 20)):
                for length in edges:
                    sock.sendall(request("/big?from=%d&length=%d" % (offset, length)))
                    status, fields, body = reader.answer()
                    self.assertEqual((status, int(fields["content-length"])), (206, length))
                    self.assertEqual(body, block_bytes(offset, length))
            for offset, length in ((0, 700001), (1, 700000), (700000, 1), (5, 300000), (0, 131072)):
                sock.sendall(request("/file?from=%d&length=%d" % (offset, length)))
                self.assertEqual(reader.answer()[2], self.server.file_bytes[offset:offset + length])

    def test_aborted_uploads_are_not_handled(self):
        before = self.counts()["handled"]
        for sent in (b"POST /u HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123",
                     b"POST /u HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
                     b"POST /u HTTP/1.1\r\nHost: x\r\nContent-Le", b"PO"):
            for how in (b"\1\0\0\0\0\0\0\0", b"\0\0\0\0\0\0\0\0"):
                with self.server.connect() as sock:
                    sock.sendall(sent)
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
        self.assertEqual(self.counts()["handled"], before)

    def test_aborted_downloads_release_everything(self):
        count = 0
        for target in ("/big", "/text", "/gzip", "/file"):
            for how in (b"\1\0\0\0\0\0\0\0", b"\0\0\0\0\0\0\0\0"):
                for _ in range(5):
                    with self.server.connect(receive_buffer=4096) as sock:
                        sock.sendall(request(target) + request("/big"))
                        sock.recv(100)
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)
                    count += 1
        self.wait_for_fds(self.fds_at_start)
        self.assertEqual(self.counts()["sources"], 0)
        self.assertGreaterEqual(self.counts()["aborted"], count // 2)

    def test_bytes_of_an_aborted_download_are_reported(self):
        with self.server.connect(receive_buffer=4096) as sock:
            sock.sendall(request("/big"))
            got = 0
            while got < 40 << 20:
                got += len(sock.recv(1 << 20))
        self.wait_for_aborts(1)
        sent = self.counts()["last_sent"]
        self.assertGreater(sent, got - (2 << 20))
        self.assertLess(sent, got + (32 << 20))

    def test_read_error_closes_the_connection(self):
        with self.server.connect() as sock:
            sock.sendall(request("/broken"))
            reader = Reader(sock)
            self.assertEqual(reader.head()[1]["content-length"], str(64 << 20))
            body = reader.file.read()
            self.assertEqual(body, block_bytes(0, len(body)))
            self.assertLessEqual(len(body), 5 << 20)
            self.assertGreater(len(body), 4 << 20)
        self.wait_for_aborts(1)
        with self.server.connect() as sock:
            sock.sendall(request("/broken?from=9000000&length=10"))
            self.assertEqual(sock.recv(10), b"")

    def test_empty_answers(self):
        with self.server.connect() as sock:
            reader = Reader(sock)
            sock.sendall(request("/empty") + request("/unchanged?file") +
                         request("/big?from=5&length=0") + request("/small") +
                         request("/unchanged"))
            status, fields, _ = reader.answer()
            self.assertEqual(status, 204)
            self.assertNotIn("content-length", fields)
            status, fields, _ = reader.answer()
            self.assertEqual((status, fields["content-length"]), (304, "700001"))
            self.assertEqual(reader.answer()[1]["content-length"], "0")
            self.assertEqual(reader.answer()[0], 200)
            status, fields, _ = reader.answer()
            self.assertEqual(status, 304)
            self.assertNotIn("content-length", fields)
            self.assertEqual(reader.file.read(), b"")

    def test_many_stalled_downloads(self):
        """Their blocks get smaller, and others are still answered."""
        socks = []
        for _ in range(1000):
            sock = self.server.connect(receive_buffer=4096)
            sock.sendall(request("/big"))
            socks.append(sock)
        for sock in socks:
            self.assertEqual(sock.recv(12), b"HTTP/1.1 200")
        self.assertEqual(self.once("/text")[0], 200)
        rss_kb = self.server.rss_kb()
        print("1000 stalled downloads: %d kB resident" % rss_kb, file=sys.stderr)
        for sock in socks:
            sock.close()

    # many connections, the end

    def test_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = min(IDLE_CONNECTIONS, (hard - hard // 8 - 200) if hard > 0 else IDLE_CONNECTIONS)
        if count < IDLE_CONNECTIONS:
            print("only %d idle connections: the limit of descriptors is %d" % (count, hard),
                  file=sys.stderr)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        before = self.server.rss_kb()
        socks = [self.server.connect() for _ in range(count)]
        self.assertEqual(self.once("/text")[0], 200)
        fresh = self.server.rss_kb()
        for sock in socks:
            sock.sendall(request("/small"))
        for sock in socks:
            self.assertEqual(len(Reader(sock).answer()[2]), 500)
        self.assertEqual(self.once("/text")[0], 200)
        print("%d idle connections: %d kB resident, %d once each asked, %d without" %
              (count, fresh, self.server.rss_kb(), before), file=sys.stderr)
        for sock in socks:
            sock.close()
        self.wait_for_fds(self.fds_at_start)

    def test_stops_within_a_second(self):
        socks = []
        for target in ("/big", "/text", "/gzip", "/file"):
            for _ in range(10):
                sock = self.server.connect(receive_buffer=4096)
                sock.sendall(request(target) * 2)
                sock.recv(10)
                socks.append(sock)
        for sent in (b"POST /u HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123", b"GE", b""):
            sock = self.server.connect()
            sock.sendall(sent)
            socks.append(sock)
        code, seconds, errors = self.server.stop()
        self.assertEqual((code, errors), (0, b""))
        self.assertLess(seconds, 1)
        for sock in socks:
            sock.close()

    def test_stops_on_interrupt_and_by_itself(self):
        code, _, errors = self.server.stop(signal.SIGINT)
        self.assertEqual((code, errors), (0, b""))
        self.server = Server()
        self.once("/stop")
        self.server.process.wait(WAIT_S)
        self.assertEqual(self.server.stop()[0], 0)


class TimeoutTest(ServerCase):
    """With an idle time-out of a second; the waits are the server's, bounded by WAIT_S."""

    idle_timeout_s = 1

    def test_silent_clients_are_cut(self):
        socks = []
        for sent in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"):
            socks.append(self.server.connect())
            socks[-1].sendall(sent)
        for sock in socks:
            self.assertEqual(sock.recv(1), b"")
            sock.close()


class LimitTest(unittest.TestCase):
    def test_clients_beyond_the_limit_wait_their_turn(self):
        server = Server(fd_limit=128)
        socks = []
        for i in range(300):
            sock = server.connect()
            sock.sendall(request("/file" if i % 2 else "/w%d" % i))
            socks.append(sock)
        for sock in socks:
            self.assertEqual(Reader(sock).answer()[0], 200)
            sock.close()
        self.assertEqual(server.stop()[0::2], (0, b""))


class ListenTest(unittest.TestCase):
    def test_loopback_is_known_in_both_families(self):
        for address, family, peer in (("::1", socket.AF_INET6, "::1"),
                                      ("::", socket.AF_INET, "127.0.0.1"),
                                      ("[::1]", socket.AF_INET6, "::1"),
                                      ("localhost", socket.AF_INET, "127.0.0.1"),
                                      ("0.0.0.0", socket.AF_INET, "127.0.0.2")):
            if ":" in address and not os.path.exists("/proc/net/if_inet6"):
                print("no IPv6 here: %s is not tested" % address, file=sys.stderr)
                continue
            server = Server(address=address)
            with self.subTest(address=address), socket.socket(family) as sock:
                sock.settimeout(WAIT_S)
                sock.connect((peer, server.port))
                sock.sendall(request("/"))
                self.assertIn(b"loopback=1", Reader(sock).answer()[2])
            self.assertEqual(server.stop()[0::2], (0, b""))

    def run_fixture(self, address, port):
        process = subprocess.run([Server.fixture, os.devnull, "0", address, str(port)],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=WAIT_S)
        return process.returncode, process.stderr.decode()

    def test_errors_say_what_to_do(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            code, message = self.run_fixture("127.0.0.1", port)
            self.assertEqual(code, 1)
            self.assertIn("127.0.0.1 port %d: Address already in use" % port, message)
            self.assertIn("--port 0", message)
        for address in ("example.org", "127.1", "", "[::1", "256.0.0.1"):
            code, message = self.run_fixture(address, 0)
            self.assertEqual(code, 1)
            self.assertIn('"%s" is no address' % address, message)
        code, message = self.run_fixture("192.0.2.1", 0)
        self.assertEqual(code, 1)
        self.assertIn("--bind", message)


if __name__ == "__main__":
    run_tests()
