"""The built program as a server under test, and clients of it; for the tests of this folder.

Standard library only. Nothing sleeps: the server's clock is frozen and moved through the admin
API. Every wait is bounded by WAIT_S, which is a failure when it is reached.
"""

import http.client
import itertools
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True

WAIT_S = 120
NOW = "2026-08-07T10:00:00Z"
API = "/api/connector/v1/exports/"
TYPES = ("OrderItem", "Payment", "Reservation", "Customer", "Company", "Bill",
         "AvailabilityAdjustment", "AvailabilityBlock", "ResourceBlock", "LedgerEntry")
CHAIN_TYPES = ("Customer", "Company")
NOBODY = "00000000-0000-4000-8000-000000000000"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
POSTING = {"LedgerEntryFilters": {"Posting": {"Start": "2026-07-01", "End": "2026-07-31"}}}

# The public sample credentials (contract/protocol.json, demo_environment).
DEMO = (
    ("E0D439EE522F44368DC78E1BFB03710C-D24FB11DBE31D4621C4817E028D9E1D",
     "C66EF7B239D24632943D115EDE9CB810-EA00F8FD8294692C940F6B5A8F9453D",
     "4D6C7ABE0E6A4681B0AFB16900AE5D86-DF50CBC89E1D4FF5859DDF021649ED5"),
    ("E916C341431C4D28A866AD200152DBD3-A046EB5583FFBE94DE1172237763712",
     "CC150C355D6A4048A220AD20015483AB-B6D09C0C84B09538077CB8FFBB907B4",
     "1AEFA58C55E74D65BDC7AD2001564C12-66633E0B736F523379B9E5966165A55"),
    ("2CC71B0660F345019882AD200155B4FE-4A1FC9080A4DD2A404734003674F77E",
     "5F56B9903A834F199E28AD20015E58CA-5C6A1A00550634911534AD6A098E8B7",
     "682C235379B64D909941AD2001577525-BFC60A026081F1350FAA99CAB9F7510"),
    ("07AB1F14B55C49B8BDD6AD200158423B-273A4497AFF5E20566D7199DB3DC2BA",
     "39E301DD5A1C4A569087AD20015F60DD-50DC28896E9090CCA0995C9BBD90351",
     "BFD4298010F54B069F3DAD20015D53EA-D5561FADFBA4EFC8EA4C179C6BC461F"),
)
DEMO_NET_SEED_ERA = "7059D2C25BF64EA681ACAB3A00B859CC-D91BFF2B1E3047A3E0DEC1D57BE1382"
DEMO_ENTERPRISE = "851df8c8-90f2-4c4a-8e01-a4fc46b25178"
DEMO_CHAIN = "8ddea57b-6a5c-4eec-8c4c-24467dce118e"


def clean_environment(**more):
    """The environment without settings of the program under test."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("EXPORTS_MOCK_")}
    return {**kept, **more}


class Answer:
    """What a server answered."""

    def __init__(self, status, fields, body):
        self.status = status
        self.fields = {name.lower(): value for name, value in fields}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return "%d %r %r" % (self.status, self.fields, self.body[:500])


class Reader:
    """Reads answers, one after the other, from a socket."""

    def __init__(self, sock):
        self.file = sock.makefile("rb", 1 << 16)

    def head(self):
        line = self.file.readline()
        if not line:
            raise EOFError("the server closed the connection")
        fields = []
        for field in iter(self.file.readline, b"\r\n"):
            if not field:
                raise EOFError("the server closed the connection in a header")
            name, _, value = field.decode("latin-1").rstrip("\r\n").partition(": ")
            fields.append((name, value))
        return Answer(int(line.split()[1]), fields, b"")

    def chunked(self):
        body = b""
        while True:
            size = int(self.file.readline(), 16)
            body += self.file.read(size)
            self.file.readline()
            if size == 0:
                return body

    def answer(self, head_only=False):
        answer = self.head()
        if head_only or answer.status in (100, 204, 304):
            return answer
        if answer.fields.get("transfer-encoding") == "chunked":
            answer.body = self.chunked()
        elif "content-length" in answer.fields:
            answer.body = self.file.read(int(answer.fields["content-length"]))
        else:
            answer.body = self.file.read()
        return answer


def raw_request(target, method="GET", fields="", body=b"", version="HTTP/1.1", host="localhost"):
    """The bytes of a request; fields are whole lines."""
    length = "Content-Length: %d\r\n" % len(body) if body or method == "POST" else ""
    head = "%s %s %s\r\nHost: %s\r\n%s%s\r\n" % (method, target, version, host, length, fields)
    return head.encode("latin-1") + body


class Server:
    """The program, started as a server with a frozen clock and nothing to log."""

    program = os.environ.get("TESTED_PROGRAM", "./exports-mock")
    tls = False  # whether servers speak https, with a certificate that clients check

    def __init__(self, *options, now=NOW, log="off", limit="off", environment=None, fds=(),
                 tls=None):
        self.tls = self.tls if tls is None else tls
        self.folder = tempfile.TemporaryDirectory() if self.tls else None
        if self.tls:
            self.ca_file = os.path.join(self.folder.name, "ready.ca.pem")
            options += ("--ready-file", self.ca_file[:-len(".ca.pem")])
            if "--tls-cert" not in options:
                options += ("--tls-self-signed",)
        command = [self.program, "--port", "0", "--speed", "0"]
        for name, value in (("--now", now), ("--log", log), ("--rate-limit", limit)):
            command += [name, value] if value else []
        self.stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command + [str(option) for option in options],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=self.stderr, pass_fds=fds,
                                        env=clean_environment(**(environment or {})))
        self.connection = None
        self.first_line = self.process.stdout.readline().decode()
        match = re.fullmatch(r"exports-mock (\S+) listening on (https?)://(\S+):(\d+)\n",
                             self.first_line)
        if not match:
            self.process.wait(WAIT_S)
            raise AssertionError("no server: %r, %r" % (self.first_line, self.errors()))
        self.version = match.group(1)
        self.port = int(match.group(4))
        self.url = "%s://127.0.0.1:%d" % (match.group(2), self.port)
        if self.tls:
            self.context = ssl.create_default_context(cafile=self.ca_file)

    def errors(self):
        """What it wrote to stderr so far."""
        self.stderr.seek(0)
        return self.stderr.read()

    def stop(self, with_signal=signal.SIGTERM):
        """Ends it; gives exit code and stderr."""
        if self.connection:
            self.connection.close()
            self.connection = None
        self.process.send_signal(with_signal)
        try:
            self.process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        errors = self.errors()
        self.rest_of_stdout = self.process.stdout.read()
        self.process.stdout.close()
        self.stderr.close()
        if self.folder:
            self.folder.cleanup()
        return self.process.returncode, errors

    def connect(self, receive_buffer=None):
        """A socket to it; over TLS if that is spoken."""
        sock = self.connect_plainly(receive_buffer)
        return self.context.wrap_socket(sock, server_hostname="127.0.0.1") if self.tls else sock

    def connect_plainly(self, receive_buffer=None):
        """A bare socket to it."""
        sock = socket.socket()
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(WAIT_S)
        sock.connect(("127.0.0.1", self.port))
        return sock

    def raw(self, data, head_only=False):
        """Sends bytes on a connection of their own and reads one answer."""
        with self.connect() as sock:
            sock.sendall(data)
            return Reader(sock).answer(head_only)

    def request(self, method, target, body=None, fields=None):
        """Asks over a connection that is kept."""
        if self.connection is None:
            self.connection = self.http_connection()
        # No Accept-Encoding and no Host of its own making when fields have them.
        try:
            self.connection.putrequest(method, target, skip_accept_encoding=True,
                                       skip_host="Host" in (fields or {}))
            if body is not None:
                self.connection.putheader("Content-Length", str(len(body)))
            for name, value in (fields or {}).items():
                self.connection.putheader(name, value)
            self.connection.endheaders(body)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        except Exception:
            self.connection.close()
            self.connection = None
            raise

    def http_connection(self):
        """A connection of http.client; over TLS if that is spoken."""
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=WAIT_S,
                                               context=self.context)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)

    def get(self, url, **fields):
        """Asks for a link of this server, with header fields (If_Range=...)."""
        return self.request("GET", self.target(url), None, named(fields))

    def head(self, url, **fields):
        return self.request("HEAD", self.target(url), None, named(fields))

    def target(self, url):
        """The target of an absolute URL that leads here."""
        if not url.startswith(self.url + "/"):
            raise AssertionError("%s does not begin with %s" % (url, self.url))
        return url[len(self.url):]

    def post(self, target, value):
        """Sends a value as JSON; bytes go as they are."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.request("POST", target, body, {"Content-Type": "application/json"})

    def admin(self, method, path, value=None, access_token=None, **fields):
        """Asks the admin API."""
        target = "/__admin" + path
        if access_token is not None:
            target += "?accessToken=" + quote(access_token)
        body = None if value is None else json.dumps(value).encode()
        if body is not None:
            fields.setdefault("Content_Type", "application/json")
        return self.request(method, target, body, named(fields))

    def advance(self, access_token=None, **how):
        """Moves the clock: by="10m", to="2026-…" or until="next-event"."""
        answer = self.admin("POST", "/clock/advance", how, access_token)
        if answer.status != 200:
            raise AssertionError(answer)
        return answer.json

    def now(self, access_token=None):
        answer = self.admin("GET", "/clock", None, access_token)
        if answer.status != 200:
            raise AssertionError(answer)
        return answer.json["now"]

    def fd_count(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))


def wait_for(condition):
    """Asks until it is so; what a server notices by itself comes soon, but not with an answer."""
    end = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not become so within %d s" % WAIT_S)


def instant(text):
    """An instant as the admin API writes it, always with milliseconds, so that they sort."""
    return text if "." in text else text.replace("Z", ".000Z")


def named(fields):
    return {name.replace("_", "-"): value for name, value in fields.items()}


def quote(text):
    return "".join(c if c.isalnum() or c in "-._~" else "%%%02X" % ord(c) for c in text)


class Tenant:
    """A pair of tokens at a server; new ones that nobody else uses, unless given."""

    numbers = itertools.count(1)

    def __init__(self, server, client_token=None, access_token=None):
        number = next(Tenant.numbers)
        self.server = server
        self.client_token = client_token or "client-%d" % number
        self.access_token = access_token or "access-%d" % number

    def body(self, **properties):
        """A request's body; a property that is LEFT_OUT is not in it."""
        whole = {"ClientToken": self.client_token, "AccessToken": self.access_token,
                 "Client": "Integration tests 1.0", **properties}
        return {name: value for name, value in whole.items() if value is not LEFT_OUT}

    def call(self, operation, **properties):
        return self.server.post(API + operation, self.body(**properties))

    def try_add(self, entity_type="Reservation", **properties):
        if entity_type == "LedgerEntry":
            properties.setdefault("Filters", POSTING)
        return self.call("add", EntityType=entity_type, **properties)

    def add(self, entity_type="Reservation", **properties):
        """A new export, as add shows it."""
        answer = self.try_add(entity_type, **properties)
        if answer.status != 200 or list(answer.json) != ["Export"]:
            raise AssertionError(answer)
        return answer.json["Export"]

    def get_all(self, *ids):
        answer = self.call("getAll", ExportIds=list(ids))
        if answer.status != 200 or list(answer.json) != ["Exports"]:
            raise AssertionError(answer)
        return answer.json["Exports"]

    def get(self, export):
        """An export, by itself or its id, as it is now."""
        exports = self.get_all(export if isinstance(export, str) else export["Id"])
        if len(exports) != 1:
            raise AssertionError(exports)
        return exports[0]

    def status(self, export):
        return self.get(export)["Status"]

    def advance(self, **how):
        """Moves the clock of this tenant alone."""
        return self.server.advance(self.access_token, **how)

    def force(self, export, status):
        answer = self.server.admin("PUT", "/exports/%s/state" % export["Id"], {"Status": status})
        if not 200 <= answer.status < 300:
            raise AssertionError(answer)

    def finished(self, entity_type="Reservation", **properties):
        """An export that has just become Success under the default lifecycle."""
        export = self.add(entity_type, **properties)
        self.advance(by="7s")
        export = self.get(export)
        if export["Status"] != "Success":
            raise AssertionError(export)
        return export


LEFT_OUT = object()


class ServerCase(unittest.TestCase):
    """One server for a class; every test has tenants and clocks of its own."""

    options = ()
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, **cls.settings)

    @classmethod
    def tearDownClass(cls):
        code, errors = cls.server.stop()
        if (code, errors) != (0, b""):
            raise AssertionError("the server ended with %d and said %r" % (code, errors))

    def setUp(self):
        self.tenant = Tenant(self.server)

    def tearDown(self):
        self.assertIsNone(self.server.process.poll(), self.server.errors())
        self.assertEqual(self.server.errors(), b"")

    def start(self, *options, **settings):
        """A further server, which must end soundly after the test."""
        server = Server(*options, **settings)
        self.addCleanup(self.assert_stops, server)
        return server

    def assert_stops(self, server):
        if server.process.returncode is None:
            self.assertEqual(server.stop(), (0, b""))

    def assert_error(self, answer, status, message, field=None):
        """An answer in the API's error shape; its Details name the field."""
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.fields["content-type"].split(";")[0], "application/json")
        body = answer.json
        self.assertEqual(list(body), ["Message", "RequestId", "Details"], answer)
        self.assertEqual(body["Message"], message, answer)
        self.assertRegex(body["RequestId"], UUID)
        self.assertEqual(body["RequestId"], answer.fields["request-id"])
        self.assertTrue(body["Details"], answer)
        if field:
            self.assertIn(field, body["Details"])


class LooseCase(unittest.TestCase):
    """Tests that start servers of their own."""

    start = ServerCase.start
    assert_stops = ServerCase.assert_stops
    assert_error = ServerCase.assert_error


class FolderCase(unittest.TestCase):
    """Tests of the program's commands; each has a folder of its own."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="exports-mock-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, text=None):
        """A file of this test's folder, with a text in it."""
        path = os.path.join(self.folder, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return path

    def run_program(self, *words, stdin=b"", **environment):
        """Runs the program to its end."""
        return subprocess.run([Server.program, *words], input=stdin, capture_output=True,
                              timeout=WAIT_S, env=clean_environment(**environment))


def main():
    """Runs the tests of the calling script: SCRIPT [PROGRAM] [unittest's arguments]."""
    if len(sys.argv) > 1 and os.path.isfile(sys.argv[1]):
        Server.program = sys.argv.pop(1)
    Server.program = os.path.abspath(Server.program)
    unittest.main()
