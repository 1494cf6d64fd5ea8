#!/usr/bin/env python3
"""Black-box test of how src/server makes answers late, slow or broken, seen from the client's side.

    delivery_test.py [PATH_TO_SERVER_FIXTURE]      default: ./server_fixture

Nothing sleeps and no time is asserted: what is held for good is shown to be so by other requests
that are answered meanwhile, and what is held for a while is waited for.
"""

import gzip
import os
import resource
import select
import socket
import struct
import sys
import time

sys.dont_write_bytecode = True
from harness import Reader, ServerCase, WAIT_S, block_bytes, request, run_tests

TEXT_BYTES = 600000
FOREVER_MS = 600000
HELD = 2000

BODIES = (("/text", TEXT_BYTES), ("/small", 500), ("/big?from=3&length=5000000", 5000000),
          ("/big?from=0&length=70000", 70000), ("/file", 700001), ("/big", 1 << 40))


def fields(**more):
    """Header fields that ask the fixture for a delivery: delay, rate, cut, after."""
    return "".join("X-%s: %s\r\n" % (name.title(), value) for name, value in more.items())


def close(sock):
    """Closes even if a reader is on it."""
    os.close(sock.detach())


def reset(sock):
    """Closes with a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    close(sock)


def read_to_end(file):
    """The bytes until the end, and whether that was a reset."""
    data = b""
    while True:
        try:
            piece = file.read1(1 << 20)
        except ConnectionResetError:
            return data, True
        if not piece:
            return data, False
        data += piece


class DeliveryCase(ServerCase):
    def ask(self, target, receive_buffer=None, method="GET", **delivery):
        sock = self.server.connect(receive_buffer)
        self.addCleanup(sock.close)
        sock.sendall(request(target, method=method, fields=fields(**delivery)))
        return sock

    def assert_silent(self, sock):
        """Others are answered, and still nothing is there to be read."""
        for _ in range(3):
            self.assertEqual(self.once("/small")[0], 200)
        self.assertEqual(select.select([sock], [], [], 0)[0], [])

    def wait_until_all_completed(self):
        end = time.monotonic() + WAIT_S
        counts = self.counts()
        while counts["completed"] < counts["handled"] and time.monotonic() < end:
            counts = self.counts()
        self.assertEqual(counts["completed"], counts["handled"])
        return counts

    def truth(self, target):
        if target == "/file":
            return self.server.file_bytes
        if target in ("/text", "/small"):
            return self.once(target)[2]
        return block_bytes(*(int(word.split("=")[1]) for word in target.split("?")[1].split("&")))


class DelayTest(DeliveryCase):
    def test_a_late_answer_holds_nobody_else(self):
        sock = self.ask("/small", delay=FOREVER_MS)
        self.assert_silent(sock)
        counts = self.counts()
        self.assertEqual((counts["handled"] - counts["completed"], counts["aborted"]), (1, 0))
        reset(sock)
        self.assertEqual(self.wait_for_aborts(1)["cut"], 0)

    def test_a_late_answer_comes(self):
        for target, length in BODIES[:-1]:
            with self.subTest(target=target):
                self.assertEqual(Reader(self.ask(target, delay=20)).answer()[2], self.truth(target))

    def test_later_ones_come_later(self):
        """However slow the machine is, the one that is due first is resumed first."""
        late = self.ask("/late", delay=400)
        soon = self.ask("/soon", delay=10)
        status, _, body = Reader(soon).answer()
        self.assertEqual((status, body.split(b"\n")[1]), (200, b"path=/soon"))
        self.assertEqual(Reader(late).answer()[0], 200)

    def test_pipelined_requests_keep_their_order(self):
        sock = self.server.connect()
        for i in range(6):
            sock.sendall(request("/p%d" % i, fields=fields(delay=10 if i % 2 == 0 else 0)))
        sock.sendall(request("/p6", "POST", fields(delay=5), b"x" * 100000) + request("/p7"))
        reader = Reader(sock)
        for i in range(8):
            self.assertIn(b"path=/p%d\n" % i, reader.answer()[2])
        sock.close()

    def test_what_follows_a_held_request_waits(self):
        sock = self.ask("/small", delay=FOREVER_MS)
        sock.sendall(request("/text") * 3)
        self.assert_silent(sock)
        reset(sock)
        self.wait_for_aborts(1)

    def test_half_closed_client_gets_its_answer(self):
        for more in ({"delay": 30}, {"rate": TEXT_BYTES * 8}, {"delay": 10, "rate": TEXT_BYTES * 8}):
            with self.subTest(more=more):
                sock = self.ask("/text", **more)
                sock.sendall(request("/small"))
                sock.shutdown(socket.SHUT_WR)
                reader = Reader(sock)
                self.assertEqual(len(reader.answer()[2]), TEXT_BYTES)
                self.assertEqual(len(reader.answer()[2]), 500)
                self.assertEqual(reader.file.read(), b"")

    def processor_ms(self):
        with open("/proc/%d/schedstat" % self.server.process.pid) as file:
            return int(file.read().split()[0]) / 1e6

    def test_nothing_turns_meanwhile(self):
        """While others are held or do not read, a late answer is waited for without working."""
        late_ms = 1000
        held = [self.ask("/small", delay=FOREVER_MS), self.ask("/big", cut="stall", after=10),
                self.ask("/big", rate=1)]
        for more in (b"", request("/small")):
            sock = self.ask("/big", receive_buffer=4096)
            sock.sendall(more)
            sock.shutdown(socket.SHUT_WR)
            sock.recv(1)
            held.append(sock)
        for sock in held[:3]:
            sock.shutdown(socket.SHUT_WR)
        for _ in range(3):
            self.once("/small")
        before_ms = self.processor_ms()
        self.assertEqual(Reader(self.ask("/small", delay=late_ms)).answer()[0], 200)
        self.assertLess(self.processor_ms() - before_ms, late_ms / 10)
        for sock in held:
            if sock.fileno() >= 0:
                reset(sock)
        self.wait_until_all_completed()

    def test_head_and_304_are_late_as_well(self):
        for target, method in (("/text", "HEAD"), ("/unchanged?file", "GET")):
            sock = self.ask(target, method=method, delay=10, rate=1, cut="close", after=0)
            sock.sendall(request("/small"))
            reader = Reader(sock)
            self.assertIn(reader.answer(head_only=True)[0], (200, 304))
            self.assertEqual(len(reader.answer()[2]), 500)
            sock.close()
        self.assertEqual(self.counts()["cut"], 0)


class PaceTest(DeliveryCase):
    def test_a_slow_body_is_whole_and_true(self):
        for target, length in BODIES[:-1]:
            with self.subTest(target=target):
                sock = self.ask(target, rate=length * 8)
                sock.sendall(request("/small"))
                reader = Reader(sock)
                _, got, body = reader.answer()
                self.assertEqual(int(got["content-length"]), length)
                self.assertEqual(body, self.truth(target))
                self.assertEqual(reader.answer()[0], 200)
        self.assertEqual(self.counts()["aborted"], 0)

    def test_a_slow_compressed_body_is_whole_and_true(self):
        body = Reader(self.ask("/gzip", rate=2000000)).answer()[2]
        self.assertEqual(gzip.decompress(body), block_bytes(0, 3 << 20))

    def test_any_rate_is_possible(self):
        for rate in (2 ** 64 - 1, 10 ** 12, 10 ** 9):
            body = Reader(self.ask("/big?from=5&length=9000000", rate=rate)).answer()[2]
            self.assertEqual(body, block_bytes(5, 9000000))
        reader = Reader(self.ask("/big?from=5&length=2", rate=1))
        self.assertEqual(reader.answer()[2], block_bytes(5, 2))

    def test_a_slow_body_holds_nobody_else(self):
        for target, _ in BODIES:
            with self.subTest(target=target):
                sock = self.ask(target, rate=1)
                reader = Reader(sock)
                reader.head()
                self.assertEqual(len(reader.file.read(1)), 1)
                for _ in range(3):
                    self.assertEqual(self.once("/text")[0], 200)
                sock.setblocking(False)  # at a byte a second, 300 would take minutes
                self.assertLess(len(reader.file.read1(300) or b""), 300)
                counts = self.counts()
                self.assertEqual(counts["handled"] - counts["completed"], 1)
                reset(sock)
                self.wait_until_all_completed()
        self.assertEqual(self.counts()["aborted"], len(BODIES))

    def test_a_client_that_does_not_read_holds_nobody_else(self):
        sock = self.ask("/big", receive_buffer=4096, rate=10 ** 9)
        sock.recv(10)
        for _ in range(3):
            self.assertEqual(self.once("/text")[0], 200)
        reset(sock)
        self.wait_for_aborts(1)

    def test_a_client_that_closes_is_noticed(self):
        sock = self.ask("/big", rate=1000)
        sock.recv(10)
        sock.close()
        self.assertEqual(self.wait_for_aborts(1)["cut"], 0)


class CutTest(DeliveryCase):
    def assert_cut(self, how, target, length, after):
        reader = Reader(self.ask(target, cut=how, after=after))
        got_status, got, = reader.head()
        self.assertEqual(int(got["content-length"]), length)
        body, was_reset = read_to_end(reader.file)
        self.assertEqual((len(body), was_reset), (after, how == "reset"))
        counts = self.counts()
        self.assertEqual(counts["completed"], counts["handled"])
        self.assertEqual(counts["last_sent"], after)
        return body

    def test_close_and_reset_come_after_exactly_so_many_bytes(self):
        count = 0
        for how in ("close", "reset"):
            for target, length in BODIES:
                for after in (0, 1, 499, 65536, 500000):
                    if after >= length:
                        continue
                    with self.subTest(how=how, target=target, after=after):
                        self.assert_cut(how, target, length, after)
                        count += 1
        counts = self.counts()
        self.assertEqual((counts["cut"], counts["aborted"]), (count, count))

    def test_the_bytes_before_a_cut_are_true(self):
        body = self.assert_cut("reset", "/big?from=3&length=5000000", 5000000, 3000001)
        self.assertEqual(body, block_bytes(3, 3000001))

    def test_a_compressed_body_is_cut_as_it_is_sent(self):
        whole = self.once("/gzip")[2]
        for how in ("close", "reset"):
            for after in (0, 1, 50000, len(whole) - 1):
                sock = self.ask("/gzip", cut=how, after=after)
                data, was_reset = read_to_end(Reader(sock).file)
                self.assertEqual(was_reset, how == "reset")
                self.assertNotIn(b"\r\n0\r\n\r\n", data[-7:])
                self.assertEqual(self.counts()["last_sent"], after)
        for after in (len(whole), len(whole) + 1):
            self.assertEqual(Reader(self.ask("/gzip", cut="close", after=after)).answer()[2], whole)
        self.assertEqual(self.counts()["cut"], 8)

    def test_a_cut_at_the_end_or_behind_it_cuts_nothing(self):
        for how in ("close", "reset", "stall"):
            for target, length in BODIES[:-1]:
                for after in (length, length + 1, 2 ** 64 - 1):
                    sock = self.ask(target, cut=how, after=after, rate=length * 20)
                    sock.sendall(request("/small"))
                    reader = Reader(sock)
                    self.assertEqual(len(reader.answer()[2]), length)
                    self.assertEqual(reader.answer()[0], 200)
            sock = self.ask("/empty", cut=how, after=0)
            sock.sendall(request("/small"))
            reader = Reader(sock)
            self.assertEqual((reader.answer()[0], reader.answer()[0]), (204, 200))
        counts = self.counts()
        self.assertEqual((counts["cut"], counts["aborted"]), (0, 0))

    def test_a_close_is_no_reset_whatever_the_client_sent_meanwhile(self):
        sock = self.ask("/text", cut="close", after=1000, delay=30)
        sock.sendall(request("/small") * 3000)
        reader = Reader(sock)
        reader.head()
        body, was_reset = read_to_end(reader.file)
        self.assertEqual((len(body), was_reset), (1000, False))

    def test_a_reset_waits_for_a_slow_reader(self):
        sock = self.ask("/big", receive_buffer=4096, cut="reset", after=2000000)
        reader = Reader(sock)
        reader.head()
        for _ in range(3):
            self.assertEqual(self.once("/small")[0], 200)
        body, was_reset = read_to_end(reader.file)
        self.assertEqual((body, was_reset), (block_bytes(0, 2000000), True))

    def test_a_slow_body_can_be_cut(self):
        for how in ("close", "reset"):
            reader = Reader(self.ask("/text", rate=1000000, cut=how, after=150000))
            reader.head()
            body, was_reset = read_to_end(reader.file)
            self.assertEqual((len(body), was_reset), (150000, how == "reset"))

    def test_a_cut_before_the_answer_sends_nothing(self):
        for how in ("close", "reset"):
            for delay in (0, 20):
                sock = self.ask("/text", cut=how, after="answer", delay=delay)
                self.assertEqual(read_to_end(Reader(sock).file), (b"", how == "reset"))
        for method in ("HEAD", "POST"):
            sock = self.ask("/text", method=method, cut="close", after="answer")
            self.assertEqual(read_to_end(Reader(sock).file), (b"", False))
        counts = self.counts()
        self.assertEqual((counts["cut"], counts["last_sent"]), (6, 0))

    def test_what_came_before_a_cut_is_not_lost(self):
        sock = self.server.connect()
        sock.sendall(request("/text") + request("/text", fields=fields(cut="reset", after="answer")))
        reader = Reader(sock)
        self.assertEqual(len(reader.answer()[2]), TEXT_BYTES)
        self.assertEqual(read_to_end(reader.file), (b"", True))
        sock.close()


class StallTest(DeliveryCase):
    def stalled(self, target, after):
        sock = self.ask(target, cut="stall", after=after)
        if after != "answer":
            reader = Reader(sock)
            reader.head()
            self.assertEqual(len(reader.file.read(after)), after)
        self.assert_silent(sock)
        return sock

    def test_a_stall_lasts_until_the_client_goes(self):
        for target, length in BODIES:
            for after in ("answer", 0, 1, 499, 65536):
                if after != "answer" and after >= length:
                    continue
                for leave in (reset, close,
                              lambda sock: sock.shutdown(socket.SHUT_WR)):
                    with self.subTest(target=target, after=after):
                        sock = self.stalled(target, after)
                        # what will not be sent is not kept
                        self.assertEqual(self.counts()["sources"], 0)
                        leave(sock)
                        counts = self.wait_until_all_completed()
                        self.assertEqual(counts["last_sent"], 0 if after == "answer" else after)
        counts = self.counts()
        self.assertEqual(counts["cut"], counts["aborted"])
        self.assertGreater(counts["cut"], 0)

    def test_a_compressed_body_can_stall(self):
        sock = self.ask("/gzip", cut="stall", after=10000)
        got = 0
        while got < 10000:
            got += len(sock.recv(65536))
        self.assert_silent(sock)
        reset(sock)
        self.assertEqual(self.wait_for_aborts(1)["last_sent"], 10000)

    def test_a_client_that_was_half_closed_is_let_go(self):
        """Nothing will come any more, and nobody will say more."""
        for after in ("answer", 0, 100):
            sock = self.ask("/text", cut="stall", after=after)
            sock.shutdown(socket.SHUT_WR)
            data, was_reset = read_to_end(Reader(sock).file)
            self.assertFalse(was_reset)
            if after != "answer":
                self.assertEqual(len(data.split(b"\r\n\r\n", 1)[1]), after)

    def test_a_late_stall_ends_with_the_client(self):
        sock = self.ask("/text", cut="stall", after="answer", delay=FOREVER_MS)
        self.assert_silent(sock)
        sock.close()
        self.wait_for_aborts(1)

    def test_a_reset_that_nobody_takes_ends_with_the_client(self):
        sock = self.ask("/big", receive_buffer=4096, cut="reset", after=2000000)
        sock.recv(10)
        reset(sock)
        self.wait_for_aborts(1)


class PatienceTest(DeliveryCase):
    idle_timeout_s = 1

    def test_held_connections_outlive_the_idle_time_out(self):
        held = [self.ask("/text", cut="stall", after="answer"),
                self.ask("/small", delay=FOREVER_MS)]
        for sock in held:
            self.assert_silent(sock)
        with self.server.connect() as silent:  # silent for as long, and later than they
            self.assertEqual(silent.recv(1), b"")
        for sock in held:
            self.assert_silent(sock)
            reset(sock)
        self.wait_for_aborts(2)


class CrowdTest(DeliveryCase):
    def setUp(self):
        super().setUp()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.count = min(HELD, hard // 3)

    def crowd(self):
        kinds = ({"delay": FOREVER_MS}, {"cut": "stall", "after": 100}, {"rate": 1},
                 {"cut": "stall", "after": "answer"})
        socks = []
        for i in range(self.count):
            socks.append(self.ask("/big", **kinds[i % 4]))
        counts = self.counts()
        self.assertEqual((counts["handled"], counts["completed"]), (self.count, 0))
        return socks

    def test_a_crowd_is_held_and_goes(self):
        socks = self.crowd()
        self.assertEqual(self.once("/text")[0], 200)
        for sock in socks:
            reset(sock)
        self.wait_for_aborts(self.count)

    def test_the_server_stops_at_once(self):
        self.crowd()
        code, _, errors = self.server.stop()
        self.assertEqual((code, errors), (0, b""))


if __name__ == "__main__":
    run_tests()
