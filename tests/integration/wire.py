"""Clients that look at every byte of a connection and at how it ends; for tests of what goes wrong.

They wait for what the server has to do, and never for time to pass.
"""

import json
import select
import ssl

from harness import API, Answer, Tenant, WAIT_S, quote, raw_request


class Wire:
    """A connection with one request on its way."""

    def __init__(self, server, request):
        self.sock = server.connect()
        self.sock.sendall(request)
        self.data = b""
        self.end = None  # "close" or "reset" once the server has ended it

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def receive(self):
        """Takes what comes next; False once the connection has ended."""
        try:
            part = self.sock.recv(1 << 16)
        except ConnectionResetError:
            self.end = "reset"
            return False
        self.data += part
        if not part:
            self.end = "reset" if self.is_broken() else "close"
        return bool(part)

    def is_broken(self):
        """The connection is, and not only ended: ssl shows both as an end."""
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll(0))

    @property
    def body(self):
        """What has come behind the head so far."""
        return self.data.partition(b"\r\n\r\n")[2]

    def head(self):
        """Status and header fields, as soon as they are there; without body."""
        while b"\r\n\r\n" not in self.data:
            if not self.receive():
                raise AssertionError("no head but %r, then %s" % (self.data, self.end))
        lines = self.data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        fields = [line.partition(": ")[::2] for line in lines[1:]]
        return Answer(int(lines[0].split()[1]), fields, b"")

    def take(self, count):
        """Waits until so many bytes of the body are there, or more."""
        while len(self.body) < count:
            if not self.receive():
                raise AssertionError("%d bytes, then %s" % (len(self.body), self.end))

    def answer(self):
        """The whole answer."""
        answer = self.head()
        length = int(answer.fields["content-length"])
        self.take(length)
        if len(self.body) != length:
            raise AssertionError("%d bytes instead of %d" % (len(self.body), length))
        answer.body = self.body
        return answer

    def ended(self):
        """How the server ends the connection; "not at all" once a whole answer is there."""
        while self.receive():
            length = self.head().fields.get("content-length") if b"\r\n\r\n" in self.data else None
            if length is not None and len(self.body) >= int(length):
                return "not at all"
        return self.end

    def is_silent(self):
        """Nothing more has come, and the connection is open."""
        self.sock.setblocking(False)
        try:
            self.sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        finally:
            self.sock.settimeout(WAIT_S)
        return False


class Player(Tenant):
    """A tenant that runs under a scenario, and whose connections are seen from outside."""

    def __init__(self, server, scenario=None, **tokens):
        super().__init__(server, **tokens)
        if scenario:
            self.access_token += "+" + scenario

    def put_scenario(self, scenario):
        return self.server.admin("PUT", "/scenario", scenario, self.access_token)

    def scenario(self):
        return self.server.admin("GET", "/scenario", None, self.access_token).json

    def send(self, operation, **properties):
        """A call on a connection of its own, whose answer is still to come."""
        body = json.dumps(self.body(**properties)).encode()
        return Wire(self.server, raw_request(API + operation, "POST",
                                             "Content-Type: application/json\r\n", body))

    def fetch(self, file, fields=""):
        """A download on a connection of its own; fields are whole lines."""
        return Wire(self.server, raw_request(self.server.target(file["Url"]), fields=fields))

    def journal(self):
        answer = self.server.request("GET", "/__admin/requests?limit=1000&accessToken="
                                     + quote(self.access_token))
        if answer.status != 200:
            raise AssertionError(answer)
        return answer.json["requests"]

    def arrived(self, count):
        """Waits until the server has taken so many requests of this tenant."""
        while len(self.journal()) < count:
            pass

    def entry_over(self):
        """The last request, as soon as the server is done with it."""
        entry = self.journal()[-1]
        while entry["end"] == "running":
            entry = self.journal()[-1]
        return entry

    def rows(self, export, file=None):
        """What the file, or the whole export, should have been: no fault touches this."""
        query = "?file=%d" % file if file else ""
        answer = self.server.request("GET", "/__admin/exports/%s/rows%s" % (export["Id"], query))
        if answer.status != 200:
            raise AssertionError(answer)
        return answer.body

    def download(self, file, **fields):
        return self.server.get(file["Url"], **fields)
