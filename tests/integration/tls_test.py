#!/usr/bin/env python3
"""https: certificates from files and made at the start, whole lives of exports, broken answers,
hostile handshakes, and the other commands. Source: interface, section 3.

Clients check the certificate everywhere.
"""

import json
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import unittest
import warnings

from harness import (API, LooseCase, Reader, Server, ServerCase, Tenant, WAIT_S,
                     clean_environment, main, raw_request, wait_for)
from wire import Player, Wire

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "../../examples/python/collect.py")
CERTIFICATES = tempfile.TemporaryDirectory(prefix="exports-mock-tls-")
HAS_OPENSSL = shutil.which("openssl") is not None
needs_openssl = unittest.skipUnless(HAS_OPENSSL, "openssl is needed to make certificates")


def setUpModule():
    if HAS_OPENSSL:
        subprocess.run([os.path.join(HERE, "make-certificates"), CERTIFICATES.name], check=True,
                       capture_output=True, timeout=WAIT_S)
        with open(fixture("text"), "w", encoding="utf-8") as file:
            file.write("no PEM\n")


def tearDownModule():
    CERTIFICATES.cleanup()


def fixture(name):
    return os.path.join(CERTIFICATES.name, name)


def pair(certificate, key):
    return "--tls-cert", fixture(certificate), "--tls-key", fixture(key)


def run_program(*words, stdin=b"", **environment):
    return subprocess.run([Server.program, *words], input=stdin, capture_output=True,
                          timeout=WAIT_S, env=clean_environment(**environment))


class TlsCase(ServerCase):
    settings = {"tls": True}
    options = ("--size", "tiny", "--max-file-size", "64KB")


class LifeTest(TlsCase):
    def test_a_whole_life_and_downloads(self):
        export = self.tenant.finished()
        self.assertGreater(len(export["Files"]), 1)
        for file in export["Files"]:
            self.assertEqual(file["Url"].split("/")[0:3:2],
                             ["https:", "127.0.0.1:%d" % self.server.port])
            whole = self.server.get(file["Url"])
            self.assertEqual(whole.status, 200)
            for line in whole.body.splitlines():
                json.loads(line)
            head = self.server.head(file["Url"])
            self.assertEqual(head.fields["content-length"], str(len(whole.body)))
            part = self.server.get(file["Url"], Range="bytes=100-30000")
            self.assertEqual((part.status, part.body), (206, whole.body[100:30001]))
            packed = self.server.get(file["Url"], Accept_Encoding="gzip")
            self.assertEqual(packed.fields["content-encoding"], "gzip")

    def test_links_follow_the_host(self):
        sock = self.server.connect()
        body = json.dumps(self.tenant.body(ExportIds=[self.tenant.finished()["Id"]])).encode()
        with sock:
            sock.sendall(raw_request(API + "getAll", "POST", "Content-Type: application/json\r\n",
                                     body, host="mock.example:99"))
            url = Reader(sock).answer().json["Exports"][0]["Files"][0]["Url"]
        self.assertEqual(url.split("/exports/")[0], "https://mock.example:99")

    def test_the_first_line_and_the_ready_file_say_https(self):
        self.assertIn(" listening on https://127.0.0.1:", self.server.first_line)
        with open(self.server.ca_file[:-len(".ca.pem")], encoding="utf-8") as file:
            self.assertEqual(file.read(), self.server.url + "\n")

    def test_names_that_are_certified(self):
        for name in ("localhost", "127.0.0.1", "::1"):
            with self.server.context.wrap_socket(self.server.connect_plainly(),
                                                 server_hostname=name):
                pass
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.server.context.wrap_socket(self.server.connect_plainly(),
                                            server_hostname="mock.example")

    def test_further_names(self):
        server = self.start("--public-url", "https://mock.example:9/base", "--bind", "127.0.0.2",
                            tls=True)
        for name in ("mock.example", "127.0.0.2"):
            sock = socket.create_connection(("127.0.0.2", server.port), WAIT_S)
            with server.context.wrap_socket(sock, server_hostname=name):
                pass

    def test_nobody_else_trusts_it(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(self.server.connect_plainly(),
                                                     server_hostname="localhost")

    def test_the_authority_is_shown(self):
        with open(self.server.ca_file, encoding="utf-8") as file:
            authority = file.read()
        answer = self.server.admin("GET", "/certificate")
        self.assertEqual((answer.status, answer.body.decode()), (200, authority))
        self.assertNotIn("PRIVATE", authority)
        plain = self.start()
        answer = plain.admin("GET", "/certificate")
        self.assertEqual(answer.status, 404)
        self.assertIn("--tls-self-signed", answer.json["Details"])

    def test_the_authority_needs_no_token(self):
        server = self.start("--admin-token", "T", tls=True)
        self.assertEqual(server.admin("GET", "/certificate").status, 200)
        self.assertEqual(server.admin("GET", "/clock").status, 401)

    def test_the_console_and_its_stream(self):
        for path, kind in (("/", "text/html"), ("/app.js", "javascript")):
            answer = self.server.admin("GET", path)
            self.assertEqual(answer.status, 200)
            self.assertIn(kind, answer.fields["content-type"])
        with self.server.connect() as sock:
            sock.sendall(raw_request("/__admin/events"))
            reader = Reader(sock)
            self.assertEqual(reader.head().fields["content-type"].split(";")[0],
                             "text/event-stream")
            export = self.tenant.add()
            while export["Id"].encode() not in reader.file.readline():
                pass

    def test_foreign_sites_are_kept_out(self):
        own = "https://localhost:%d" % self.server.port
        for origin, status in ((own, 200), ("https://evil.example", 403)):
            self.assertEqual(self.server.admin("GET", "/clock", Origin=origin).status, status)
        self.assertEqual(self.server.admin("GET", "/clock", Host="evil.example").status, 403)

    def test_requests_in_one_record(self):
        """More than one request is in what TLS has decrypted when the first is answered."""
        with self.server.connect() as sock:
            sock.sendall(raw_request("/__admin/health") * 50)
            reader = Reader(sock)
            for _ in range(50):
                self.assertEqual(reader.answer().status, 200)

    def test_a_request_behind_a_late_one_in_the_same_record(self):
        player = Player(self.server)
        player.put_scenario({"faults": [{"on": "getAll", "delay": "100ms"}]})
        body = json.dumps(player.body(ExportIds=[player.add()["Id"]])).encode()
        with self.server.connect() as sock:
            sock.sendall(raw_request(API + "getAll", "POST", "Content-Type: application/json\r\n",
                                     body) + raw_request("/__admin/health"))
            reader = Reader(sock)
            self.assertIn("Exports", reader.answer().json)
            self.assertEqual(reader.answer().json["status"], "healthy")

    def test_a_large_body(self):
        with self.server.connect() as sock:
            sock.sendall(raw_request(API + "add", "POST", "Content-Type: application/json\r\n",
                                     b" " * (1 << 20) + b"{}"))
            self.assertEqual(Reader(sock).answer().status, 413)

    def test_versions(self):
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"),
                              (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            context = ssl.create_default_context(cafile=self.server.ca_file)
            context.minimum_version = context.maximum_version = version
            with context.wrap_socket(self.server.connect_plainly(),
                                     server_hostname="localhost") as sock:
                self.assertEqual(sock.version(), name)
                sock.sendall(raw_request("/__admin/health"))
                self.assertEqual(Reader(sock).answer().status, 200)


class FixtureFilesTest(LooseCase):
    def test_real_files_are_encrypted_too(self):
        """Over http they go out by sendfile."""
        with tempfile.TemporaryDirectory() as folder:
            rows = b"".join(b'{"Id":"%036d","Filler":"%s"}\n' % (i, b"x" * 900)
                            for i in range(3000))
            with open(os.path.join(folder, "Bill.jsonl"), "wb") as file:
                file.write(rows)
            server = self.start("--fixtures", folder, tls=True)
            url = Tenant(server).finished("Bill")["Files"][0]["Url"]
            self.assertEqual(server.get(url).body, rows)
            self.assertEqual(server.get(url, Range="bytes=5-2500000").body, rows[5:2500001])


class TroubleTest(TlsCase):
    """Answers that are late, slow or broken off. TLS tells an end of its own (close_notify)."""

    def player(self, on="download", **fault):
        player = Player(self.server)
        self.assertEqual(player.put_scenario({"faults": [{"on": on, **fault}]}).status, 200)
        return player

    def download(self, player):
        return player.fetch(player.finished()["Files"][0])

    def test_a_close_is_told_in_order(self):
        player = self.player(cut={"afterBytes": 1000, "how": "close"})
        with self.download(player) as wire:
            wire.sock.suppress_ragged_eofs = False  # only close_notify is an end then
            self.assertEqual((wire.ended(), len(wire.body)), ("close", 1000))

    def test_a_reset_comes_behind_all_bytes(self):
        player = self.player(cut={"afterBytes": 50000, "how": "reset"})
        with self.download(player) as wire:
            self.assertEqual((wire.ended(), len(wire.body)), ("reset", 50000))

    def test_a_stall(self):
        player = self.player(cut={"afterBytes": 20000, "how": "stall"})
        with self.download(player) as wire:
            wire.take(20000)
            self.assertTrue(wire.is_silent())
            self.assertEqual(len(wire.body), 20000)

    def test_cuts_before_an_answer(self):
        for how, end in (("close", "close"), ("reset", "reset")):
            player = self.player("getAll", cut={"how": how})
            with player.send("getAll", ExportIds=[]) as wire:
                self.assertEqual((wire.ended(), wire.data), (end, b""))

    def test_late_and_slow(self):
        player = self.player(delay="50ms", throttle="1MB/s")
        export = player.finished()
        whole = [self.server.admin("GET", "/exports/%s/rows" % export["Id"]).body]
        got = b"".join(self.server.get(file["Url"]).body for file in export["Files"])
        self.assertEqual([got], whole)

    def test_clients_that_go_are_noticed(self):
        player = self.player(cut={"afterBytes": 1000, "how": "stall"})
        before = self.server.fd_count()
        for _ in range(20):
            with self.download(player) as wire:
                wire.take(1000)
        wait_for(lambda: self.server.fd_count() <= before + 1)


class HostileTest(TlsCase):
    def hello(self):
        """The first flight of a client."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = self.server.context.wrap_bio(incoming, outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            client.do_handshake()
        return outgoing.read()

    def end_of(self, data, then_end=False):
        """What comes back for these bytes until the connection ends."""
        with self.server.connect_plainly() as sock:
            got = b""
            try:
                sock.sendall(data)
                if then_end:
                    sock.shutdown(socket.SHUT_WR)
                for part in iter(lambda: sock.recv(1 << 16), b""):
                    got += part
            except (ConnectionError, OSError) as error:
                self.assertNotIsInstance(error, TimeoutError)
            return got

    def assert_serves(self):
        with self.server.connect() as sock:
            sock.sendall(raw_request("/__admin/health"))
            self.assertEqual(Reader(sock).answer().status, 200)

    def test_bytes_that_are_no_tls(self):
        for data in (b"\0" * 100, b"\x80\x2e\x01\x03\x01" + b"\0" * 50, b"\xff" * 70000,
                     b"\x16\x03\x01\xff\xff" + b"a" * 70000,      # a record larger than allowed
                     b"\x16\x03\x01\x00\x05\x01\xff\xff\xff\x00",  # a message larger than allowed
                     b"\x15\x03\x03\x00\x02\x02\x28", b"\x17\x03\x03\x00\x10" + b"x" * 16,
                     b"\x14\x03\x03\x00\x01\x01", b"get / http/1.1\r\n\r\n"):
            self.assertNotIn(b"HTTP", self.end_of(data, True))
        self.assert_serves()

    def test_a_hello_cut_anywhere(self):
        hello = self.hello()
        for length in [*range(1, 60), *range(60, len(hello), 37)]:
            self.end_of(hello[:length], True)
        self.assert_serves()

    def test_a_hello_in_single_bytes_and_one_that_is_damaged(self):
        hello = self.hello()
        for place in range(5, len(hello), 11):
            self.end_of(hello[:place] + bytes([hello[place] ^ 0x41]) + hello[place + 1:], True)
        context = self.server.context
        with self.server.connect_plainly() as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            client = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
            while True:
                try:
                    client.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    for byte in outgoing.read():
                        sock.sendall(bytes([byte]))
                    incoming.write(sock.recv(1 << 16))
            client.write(raw_request("/__admin/health"))
            sock.sendall(outgoing.read())
            incoming.write(sock.recv(1 << 16))
            self.assertIn(b"200 OK", client.read(1 << 16))

    def test_clients_that_say_nothing_hold_nobody_up(self):
        silent = [self.server.connect_plainly() for _ in range(200)]
        half = [self.server.connect_plainly() for _ in range(200)]
        hello = self.hello()
        for sock in half:
            sock.sendall(hello[:100])
        self.assert_serves()
        before = self.server.fd_count()
        for sock in silent + half:
            sock.close()
        wait_for(lambda: self.server.fd_count() <= before - 400)

    def test_they_go_with_a_reset(self):
        linger = struct.pack("ii", 1, 0)
        for _ in range(50):
            with self.server.connect_plainly() as sock:
                sock.sendall(self.hello())
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.assert_serves()

    def test_old_versions_are_refused(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.server.ca_file)
        context.set_ciphers("ALL:@SECLEVEL=0")
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.subTest(version), self.server.connect_plainly() as sock, \
                    warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = version
                with self.assertRaises((ssl.SSLError, OSError)):
                    context.wrap_socket(sock, server_hostname="localhost")
        self.assert_serves()

    def test_renegotiation_is_not_done(self):
        context = ssl.create_default_context(cafile=self.server.ca_file)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        with context.wrap_socket(self.server.connect_plainly(), server_hostname="localhost") as sock:
            sock.sendall(raw_request("/__admin/health"))
            self.assertEqual(Reader(sock).answer().status, 200)
            # A ClientHello within the connection's own records cannot be had from ssl; one that is
            # not encrypted is what is left.
            with socket.socket(fileno=os.dup(sock.fileno())) as bare:
                bare.sendall(self.hello())
            with self.assertRaises((ssl.SSLError, OSError)):
                if not sock.recv(1):
                    raise OSError("it ended")
        self.assert_serves()

    def test_http_is_told_of_https(self):
        got = self.end_of(raw_request("/__admin/health")).decode()
        self.assertRegex(got, "^HTTP/1.1 400 ")
        self.assertIn("https://", json.loads(got.partition("\r\n\r\n")[2])["Details"])
        request = self.tenant.body(EntityType="Bill", Filler="x" * 100000)
        data = raw_request(API + "add", "POST", body=json.dumps(request).encode())
        self.assertIn(b"HTTP/1.1 400 ", self.end_of(data))
        self.assertIn(b"HTTP/1.1 400 ", self.end_of(b"G"))
        self.assert_serves()


class PlainLogTest(LooseCase):
    def test_http_is_logged_with_the_way_out(self):
        server = Server(tls=True, log="text")
        with server.connect_plainly() as sock:
            sock.sendall(raw_request("/secret?token=T"))
            self.assertEqual(Reader(sock).answer().status, 400)
        code, errors = server.stop()
        self.assertEqual(code, 0)
        self.assertIn(b"write https:// in the base URL", errors)
        self.assertNotIn(b"secret", errors)


@needs_openssl
class FilesTest(LooseCase):
    """--tls-cert and --tls-key."""

    def test_a_chain_that_ends_in_its_authority(self):
        server = self.start(*pair("chain.pem", "server.key"), tls=True)
        with open(fixture("authority.pem"), encoding="utf-8") as file:
            self.assertEqual(server.admin("GET", "/certificate").body.decode().split(),
                             file.read().split())
        self.assertTrue(Tenant(server).finished()["Files"][0]["Url"].startswith("https://"))

    def test_rsa(self):
        server = self.start(*pair("rsa.pem", "rsa.key"), tls=True)
        self.assertEqual(server.request("GET", "/__admin/health").status, 200)

    def test_by_environment(self):
        server = Server(environment={"EXPORTS_MOCK_TLS_SELF_SIGNED": "1"})
        self.assertEqual(server.stop(), (0, b""))
        self.assertTrue(server.url.startswith("https://"))
        ended = run_program("--port", "0", EXPORTS_MOCK_TLS_CERT=fixture("chain.pem"))
        self.assertEqual(ended.returncode, 2)
        self.assertIn(b"--tls-key", ended.stderr)

    def refused(self, code, *options):
        """The one line that the program ends with."""
        ended = run_program("--port", "0", *options)
        self.assertEqual((ended.returncode, ended.stdout), (code, b""), ended)
        self.assertEqual(ended.stderr.count(b"\n"), 1, ended.stderr)
        return ended.stderr.decode()

    def test_options_that_do_not_go_together(self):
        certificate, key = pair("chain.pem", "server.key")[:2], pair("chain.pem", "server.key")[2:]
        self.assertIn("--tls-key FILE", self.refused(2, *certificate))
        self.assertIn("--tls-cert FILE", self.refused(2, *key))
        self.assertIn("--tls-self-signed", self.refused(2, "--tls-self-signed", *certificate, *key))
        self.assertIn("--tls-self-signed", self.refused(2, "--tls-self-signed", *key))

    def test_files_that_cannot_be_used(self):
        for certificate, key, option, advice in (
                ("none.pem", "server.key", "--tls-cert: ", "No such file"),
                ("chain.pem", "none.key", "--tls-key: ", "No such file"),
                (".", "server.key", "--tls-cert: ", "Is a directory"),
                ("text", "server.key", "--tls-cert: ", "openssl x509 -inform DER"),
                ("server.key", "chain.pem", "--tls-cert: ", "a key and no certificate"),
                ("chain.pem", "text", "--tls-key: ", "openssl pkey -inform DER"),
                ("chain.pem", "chain.pem", "--tls-key: ", "a certificate and no key"),
                ("chain.pem", "encrypted.key", "--tls-key: ", "openssl pkey -in "),
                ("chain.pem", "rsa.key", "--tls-key: ", "does not belong"),
                ("reversed.pem", "server.key", "--tls-cert: ", "put it first")):
            with self.subTest(certificate=certificate, key=key):
                line = self.refused(1, *pair(certificate, key))
                self.assertIn(option, line)
                self.assertIn(advice, line)

    def test_pem_that_is_damaged(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, option in (("chain.pem", "--tls-cert"), ("server.key", "--tls-key")):
                with open(fixture(name), encoding="utf-8") as file:
                    lines = file.readlines()
                path = os.path.join(folder, name)
                with open(path, "w", encoding="utf-8") as file:
                    file.writelines(lines[:1] + lines[2:])
                options = dict(zip(pair("chain.pem", "server.key")[::2],
                                   pair("chain.pem", "server.key")[1::2]))
                options[option] = path
                line = self.refused(1, *(word for item in options.items() for word in item))
                self.assertIn(option + ": ", line)
                self.assertIn("cannot be read", line)

    def test_one_that_expired(self):
        server = Server(*pair("expired.pem", "server.key"))
        try:
            with self.assertRaises(ssl.SSLCertVerificationError):
                ssl.create_default_context(cafile=fixture("authority.pem")).wrap_socket(
                    server.connect_plainly(), server_hostname="localhost")
        finally:
            code, errors = server.stop()
        self.assertEqual(code, 0)
        self.assertRegex(errors.decode(), r"^exports-mock: --tls-cert: warning: .* expired on "
                                          r"2021-01-01; clients will refuse it\n$")


class CommandsTest(unittest.TestCase):
    """Commands with clients that know nothing of how they come to trust the server."""

    def test_a_story_over_https_is_told_again_over_https(self):
        with tempfile.TemporaryDirectory() as folder:
            bundle = os.path.join(folder, "story.json")
            script = "import os; print(os.environ['EXPORTS_MOCK_URL'].split(':')[0])"
            for words in (("--tls-self-signed", "--bundle", bundle, "--", sys.executable, "-c",
                           script), ("--from", bundle)):
                ended = run_program("run", *words)
                self.assertEqual((ended.returncode, ended.stdout), (0, b"https\n"), ended)

    @needs_openssl
    def test_a_certificate_that_expired_is_told_of_once(self):
        for words in (["run"], ["certify", "--only", "happy,fails,instant"]):
            ended = run_program(*words, *pair("expired.pem", "server.key"), "--", "true")
            told = re.findall(rb"^exports-mock: --tls-cert: warning: .* expired on 2021-01-01; "
                              rb"clients will refuse it$", ended.stderr, re.M)
            self.assertEqual(len(told), 1, ended)

    def test_run_and_certify_with_the_example(self):
        own = [pair("chain.pem", "server.key")] if HAS_OPENSSL else []
        for options in [("--tls-self-signed",), *own]:
            ended = run_program("run", *options, "--speed", "300", "--size", "tiny", "--",
                                sys.executable, EXAMPLE, "Bill", POLL_SECONDS="1")
            self.assertEqual(ended.returncode, 0, ended)
            self.assertIn(b"once and whole", ended.stderr)
        ended = run_program("certify", "--tls-self-signed", "--size", "tiny", "--only",
                            "happy,download-truncated,download-reset", "--",
                            sys.executable, EXAMPLE, "Bill", POLL_SECONDS="1")
        self.assertEqual(ended.returncode, 0, ended)

    def test_what_a_client_is_told(self):
        script = ("import os; names = ('EXPORTS_MOCK_CA_FILE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE',"
                  "'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS');"
                  "print(os.environ['EXPORTS_MOCK_URL'][:6], *map(os.environ.get, names))")
        words = ("--fail-on", "never", "--", sys.executable, "-c", script)
        ended = run_program("run", *words, SSL_CERT_FILE="/s.pem")
        self.assertEqual(ended.stdout.split()[:3], [b"http:/", b"None", b"/s.pem"])
        ended = run_program("run", "--tls-self-signed", *words)
        url, *paths = ended.stdout.decode().split()
        self.assertEqual((url, len(set(paths))), ("https:", 5))
        self.assertFalse(any(map(os.path.exists, paths)))

    @needs_openssl
    def test_a_client_trusts_nobody_less(self):
        script = ("import os; print(*(open(os.environ[name]).read() for name in"
                  "('EXPORTS_MOCK_CA_FILE', 'SSL_CERT_FILE')), sep='#')")
        ended = run_program("run", "--tls-self-signed", "--fail-on", "never", "--", sys.executable,
                            "-c", script, SSL_CERT_FILE=fixture("rsa.pem"))
        own, _, bundle = ended.stdout.decode().rstrip("\n").partition("#")
        with open(fixture("rsa.pem"), encoding="utf-8") as file:
            self.assertEqual(bundle.split(), (own + file.read()).split())

    def test_verify(self):
        server = Server("--size", "tiny", tls=True)
        try:
            export = Tenant(server).finished()
            with tempfile.TemporaryDirectory() as folder:
                for number, file in enumerate(export["Files"]):
                    with open(os.path.join(folder, "%d.jsonl" % number), "wb") as rows:
                        rows.write(server.get(file["Url"]).body)
                words = ("verify", "--url", server.url, "--export", export["Id"], folder)
                for ended in (run_program(*words, "--ca-file", server.ca_file),
                              run_program(*words, EXPORTS_MOCK_CA_FILE=server.ca_file)):
                    self.assertEqual((ended.returncode, ended.stderr), (0, b""), ended)
                ended = run_program(*words)
                self.assertEqual(ended.returncode, 1)
                self.assertIn(b"; name the PEM file of whom to trust with --ca-file", ended.stderr)
                ended = run_program(*words, "--ca-file", os.path.join(folder, "none.pem"))
                self.assertEqual(ended.returncode, 1)
                self.assertIn(b"none.pem: No such file or directory\n", ended.stderr)
        finally:
            self.assertEqual(server.stop(), (0, b""))


if __name__ == "__main__":
    main()
