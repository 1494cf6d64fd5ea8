"""The server under test, a client that reads its answers, and what a test of it must leave behind."""

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

WAIT_S = 60
BLOCK_BYTES = 256 << 10


def block_bytes(offset, length):
    """What the fixture's computed source holds there."""
    block = block_bytes.block
    first = offset % BLOCK_BYTES
    times = (first + length) // BLOCK_BYTES + 1
    return (block * times)[first:first + length]


block_bytes.block = bytes((((i * 2654435761) & 0xFFFFFFFF) >> 13) & 0xFF for i in range(BLOCK_BYTES))


class Server:
    fixture = "server_fixture"

    def __init__(self, idle_timeout_s=0, address="127.0.0.1", fd_limit=None):
        self.file = tempfile.NamedTemporaryFile()
        self.file_bytes = os.urandom(700001)
        self.file.write(self.file_bytes)
        self.file.flush()
        limits = (fd_limit, fd_limit) if fd_limit else resource.getrlimit(resource.RLIMIT_NOFILE)
        self.process = subprocess.Popen(
            [self.fixture, self.file.name, str(idle_timeout_s), address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits))
        self.port = int(self.process.stdout.readline().split(b"=")[1])

    def connect(self, receive_buffer=None):
        sock = socket.socket()
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(WAIT_S)
        sock.connect(("127.0.0.1", self.port))
        return sock

    def stop(self, with_signal=signal.SIGTERM):
        """Ends it; gives exit code, seconds and what it wrote to stderr."""
        begin = time.monotonic()
        self.process.send_signal(with_signal)
        self.process.wait(WAIT_S)
        seconds = time.monotonic() - begin
        errors = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        self.file.close()
        return self.process.returncode, seconds, errors

    def fd_count(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))

    def rss_kb(self):
        with open("/proc/%d/status" % self.process.pid) as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


class Reader:
    """Reads answers, one after the other, from a socket."""

    def __init__(self, sock):
        self.sock = sock
        self.file = sock.makefile("rb", 1 << 20)

    def head(self):
        line = self.file.readline()
        if not line:
            return None, {}
        fields = {}
        while True:
            field = self.file.readline()
            if field in (b"\r\n", b""):
                break
            name, value = field.decode().rstrip("\r\n").split(": ", 1)
            fields[name.lower()] = value
        return int(line.split()[1]), fields

    def chunked(self):
        body = b""
        while True:
            size = int(self.file.readline(), 16)
            body += self.file.read(size)
            self.file.readline()
            if size == 0:
                return body

    def answer(self, head_only=False):
        status, fields = self.head()
        if status is None:
            return None, {}, b""
        if head_only or status in (204, 304) or status == 100:
            return status, fields, b""
        if fields.get("transfer-encoding") == "chunked":
            return status, fields, self.chunked()
        if "content-length" not in fields:
            return status, fields, self.file.read()
        return status, fields, self.file.read(int(fields["content-length"]))


def request(target, method="GET", fields="", body=b"", version="HTTP/1.1"):
    if isinstance(target, str):
        target = target.encode("latin-1")
    length = "Content-Length: %d\r\n" % len(body) if body else ""
    head = "Host: x\r\n%s%s\r\n" % (length, fields)
    return method.encode() + b" " + target + b" " + version.encode() + b"\r\n" + head.encode() + body


class ServerCase(unittest.TestCase):
    """A server for each test; at its end nothing may be left over."""

    idle_timeout_s = 0

    def setUp(self):
        self.server = Server(self.idle_timeout_s)
        self.fds_at_start = self.server.fd_count()
        self.addCleanup(self.finish)

    def finish(self):
        if self.server.process.returncode is not None:
            return
        counts = self.counts()
        self.assertEqual(counts["handled"], counts["completed"])
        self.assertEqual(counts["sources"], 0)
        self.wait_for_fds(self.fds_at_start)
        code, _, errors = self.server.stop()
        self.assertEqual((code, errors), (0, b""))

    def wait_for_fds(self, count):
        """A closed connection is noticed in the turn of the loop before the next answer."""
        end = time.monotonic() + WAIT_S
        while self.server.fd_count() > count and time.monotonic() < end:
            self.once("/small")
        self.assertLessEqual(self.server.fd_count(), count)

    def once(self, target, **more):
        with self.server.connect() as sock:
            sock.sendall(request(target, **more))
            return Reader(sock).answer(more.get("method") == "HEAD")

    def raw(self, data):
        with self.server.connect() as sock:
            sock.sendall(data)
            return Reader(sock).answer()

    def counts(self):
        text = self.once("/counts")[2].decode()
        return {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", text)}

    def wait_for_aborts(self, count):
        end = time.monotonic() + WAIT_S
        while self.counts()["aborted"] < count and time.monotonic() < end:
            pass
        counts = self.counts()
        self.assertEqual(counts["aborted"], count)
        return counts


def run_tests():
    """The tests of the program that was started; its first argument may be another fixture."""
    if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
        Server.fixture = sys.argv.pop(1)
    Server.fixture = os.path.abspath(Server.fixture)
    unittest.main()
