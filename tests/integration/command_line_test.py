#!/usr/bin/env python3
"""Starting and stopping, options and their environment variables, the log.

Source: interface, section 3.
"""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile

from harness import (API, DEMO, LooseCase, NOBODY, NOW, Server, Tenant, WAIT_S, clean_environment,
                     main, quote)

VALUES = {
    "port": ("x", "-1", "65536", "", "80a", "1.5", "99999999999999999999"),
    "bind": ("x", "256.0.0.1", "", "1.2.3"),
    "now": ("x", "", "2026-02-30T00:00:00Z", "yesterday", "2026-08-07T10:00:00Zx"),
    "speed": ("x", "", "-1", "nan", "inf", "1x", "1e99"),
    "pending": ("x", "", "-1s", "5", "5 pols", "0 polls", "1.5 polls", "99999999999999d", "5 s x"),
    "processing": ("x", "", "-1s", "s"),
    "expires": ("x", "", "-1d", "2 polls"),
    "link-validity": ("x", "", "-1m", "2 polls"),
    "storage": ("x", "", "Azure", "azure,s3"),
    "api-date": ("x", "", "2026-13-01", "20260807", "2020-01-01"),
    "rate-limit": ("x", "", "3", "3/", "/10s", "-1/10s", "3/x", "3/0s", "1.5/10s"),
    "max-exports": ("x", "", "-1", "0", "1.5"),
    "seed": ("x", "", "1.5"),
    "size": ("x", "", "Small"),
    "rows": ("x", "", "Reservation", "Reservation=", "Reservation=x", "Reservation=-1", "Nobody=5"),
    "max-file-size": ("x", "", "-1", "0", "1.5"),
    "log": ("x", "", "TEXT"),
    "public-url": ("x", "", "ftp://x", "http://", "http://x y", "http://x?y", "http://x#y"),
    "fixtures": ("/nowhere/at/all",),
    "tokens": ("/nowhere/at/all",),
    "ready-file": ("/nowhere/at/all/ready",),
}


class StartTest(LooseCase):
    def run_program(self, *arguments, **environment):
        return subprocess.run([Server.program, *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=WAIT_S,
                              env=clean_environment(**environment))

    def assert_refused(self, run, *words, codes=(2,)):
        self.assertIn(run.returncode, codes, run)
        self.assertEqual(run.stdout, b"")
        lines = run.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("exports-mock: "), lines)
        for word in words:
            self.assertIn(word, lines[0])

    def test_first_line(self):
        server = self.start()
        self.assertRegex(server.first_line, r"^exports-mock \d+\.\d+\.\d+\S* listening on "
                                            r"http://127\.0\.0\.1:\d+\n$")
        self.assertEqual(server.stop(), (0, b""))
        self.assertEqual(server.rest_of_stdout, b"")

    def test_serve_is_the_default_command(self):
        process = subprocess.Popen([Server.program, "serve", "--port", "0", "--log", "off"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=clean_environment())
        self.assertRegex(process.stdout.readline(), rb" listening on http://127\.0\.0\.1:\d+\n")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.communicate(timeout=WAIT_S), (b"", b""))
        self.assertEqual(process.returncode, 0)

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = self.start()
            Tenant(server).add()
            self.assertEqual(server.stop(number), (0, b""))

    def test_bad_values(self):
        for name, values in VALUES.items():
            for value in values:
                with self.subTest(name, value=value):
                    codes = (1, 2) if value.startswith("/nowhere") else (2,)
                    self.assert_refused(self.run_program("--port", "0", "--" + name, value),
                                        "--" + name, codes=codes)
                    self.assert_refused(self.run_program("--port=0", "--%s=%s" % (name, value)),
                                        "--" + name, codes=codes)

    def test_bad_values_of_the_environment(self):
        for name, values in VALUES.items():
            variable = "EXPORTS_MOCK_" + name.upper().replace("-", "_")
            value = values[0]
            with self.subTest(variable, value=value):
                codes = (1, 2) if value.startswith("/nowhere") else (2,)
                arguments = [] if name == "port" else ["--port", "0"]
                self.assert_refused(self.run_program(*arguments, **{variable: value}), codes=codes)
                if codes == (2,):
                    self.assert_refused(self.run_program(*arguments, **{variable: value}), variable)

    def test_values_that_are_found_wrong_at_the_start(self):
        """They are named as they were given, too; a name that is none is a wrong command line."""
        nowhere = "/nonexistent/of-a-test"
        for option, value, code in (("scenario", "hapy", 2), ("scenario", nowhere, 1),
                                    ("fixtures", nowhere, 1), ("tokens", nowhere, 1)):
            variable = "EXPORTS_MOCK_" + option.upper()
            self.assert_refused(self.run_program("--%s=%s" % (option, value)),
                                "--" + option, codes=(code,))
            self.assert_refused(self.run_program(**{variable: value}), variable, codes=(code,))
            self.assert_refused(self.run_program("run", "--%s=%s" % (option, value), "--", "true"),
                                "--" + option, codes=(1,))

    def test_bad_options(self):
        for arguments, word in ((["--bogus"], "--bogus"), (["--bogus=1"], "--bogus"),
                                (["bogus"], "bogus"), (["serve", "bogus"], "bogus"),
                                (["-x"], "-x"), (["--port"], "--port"), (["--strict=x"], "--strict"),
                                (["--port", "0", "--pendin", "2s"], "--pending"),
                                (["--"], None), ([""], None)):
            with self.subTest(arguments=arguments):
                if arguments == ["--"]:
                    continue
                self.assert_refused(self.run_program(*arguments), *([word] if word else []))

    def test_flag_beats_environment_beats_default(self):
        environment = {"EXPORTS_MOCK_API_DATE": "2024-08-21", "EXPORTS_MOCK_PENDING": "1h",
                       "EXPORTS_MOCK_STORAGE": "s3"}
        tenant = Tenant(self.start("--pending", "1s", environment=environment))
        export = tenant.add()
        self.assertEqual(list(export), ["Id", "Status", "EntityType", "Files", "ExpiresUtc"])
        tenant.advance(by="1s")
        self.assertEqual(tenant.status(export), "Processing")
        tenant.advance(by="5s")
        self.assertIn("X-Amz-Signature", tenant.get(export)["Files"][0]["Url"])

    def test_switches_of_the_environment(self):
        for value, status in (("1", 404), ("true", 404), ("0", 200), ("false", 200)):
            server = self.start(environment={"EXPORTS_MOCK_STRICT": value})
            answer = server.post("/exports/getAll", Tenant(server).body(ExportIds=[NOBODY]))
            self.assertEqual(answer.status, status, value)
        self.assert_refused(self.run_program("--port", "0", EXPORTS_MOCK_STRICT="perhaps"),
                            "EXPORTS_MOCK_STRICT")

    def test_help_and_version(self):
        for arguments in (["--help"], ["-h"], ["serve", "--help"], ["generate", "--help"]):
            run = self.run_program(*arguments)
            self.assertEqual((run.returncode, run.stderr), (0, b""))
            self.assertIn(b"--", run.stdout)
        text = self.run_program("--help").stdout.decode()
        for name in VALUES:
            self.assertIn("--" + name, text)
        run = self.run_program("--version")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        self.assertRegex(run.stdout, rb"^exports-mock \d+\.\d+\.\d+")

    def test_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            self.assert_refused(self.run_program("--port", port), port, codes=(1,))

    def test_ready_file(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(os.rmdir, folder)
        path = os.path.join(folder, "ready")
        server = self.start("--ready-file", path)
        with open(path) as file:
            self.assertEqual(file.read().strip(), server.url)
        self.assertEqual(server.admin("GET", "/health").status, 200)
        server.stop()
        if os.path.exists(path):
            os.unlink(path)

    def test_others_may_reach_it_only_with_an_admin_token(self):
        for address in ("0.0.0.0", "::"):
            self.assert_refused(self.run_program("--port", "0", "--bind", address), "--admin-token")
            self.assert_refused(self.run_program("--port", "0", EXPORTS_MOCK_BIND=address),
                                "admin-token")

    def test_bound_to_everything(self):
        for token in ("none", "secret"):
            process = subprocess.Popen([Server.program, "--port", "0", "--bind", "0.0.0.0",
                                        "--admin-token", token, "--log", "off"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env=clean_environment())
            self.assertRegex(process.stdout.readline(), rb" listening on http://\S+:\d+\n")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.communicate(timeout=WAIT_S), (b"", b""))
            self.assertEqual(process.returncode, 0)

    def test_stdout_that_nobody_reads(self):
        with open(os.devnull, "w") as nothing:
            process = subprocess.Popen([Server.program, "--port", "0"], stdout=nothing,
                                       stderr=subprocess.PIPE, env=clean_environment())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=WAIT_S)
        self.assertIn(process.returncode, (0, -signal.SIGTERM))

    def test_time_starts_where_it_is_told(self):
        server = self.start(now="2031-02-03T04:05:06.789Z")
        self.assertTrue(server.now().startswith("2031-02-03T04:05:06"))
        tenant = Tenant(server)
        export = tenant.add()
        server.advance(by="7s")
        self.assertEqual(tenant.get(export)["ExpiresUtc"][:16], "2031-02-10T04:05")

    def test_default_now_is_the_real_time(self):
        server = self.start(now=None)
        first = server.now()
        self.assertGreater(first, "2025-")
        self.assertEqual(server.now(), first)


class LogTest(LooseCase):
    SECRETS = ("client-secret-1", "access-secret-2", "wrong-secret-3", "admin-secret-4")

    def traffic(self, server):
        """Makes requests of every kind; gives how many, and what must not be logged."""
        tenant = Tenant(server, self.SECRETS[0], self.SECRETS[1])
        bearer = {"Authorization": "Bearer " + self.SECRETS[3]}
        count = 0

        def admin(method, target, value=None, fields=bearer):
            nonlocal count
            count += 1
            body = None if value is None else json.dumps(value).encode()
            return server.request(method, "/__admin" + target, body, fields)

        export = tenant.add()
        query = "?accessToken=" + quote(tenant.access_token)
        self.assertEqual(admin("POST", "/clock/advance" + query, {"by": "7s"}).status, 200)
        export = tenant.get(export)
        url = export["Files"][0]["Url"]
        secret = re.search(r"[?&]sig=([^&]+)", url).group(1)
        server.get(url)
        server.head(url)
        server.get(url[:-5])
        server.get(url, Authorization="Bearer " + self.SECRETS[2])
        tenant.call("getAll", AccessToken=self.SECRETS[2], ExportIds=[])
        server.post(API + "add", b'{"AccessToken": "' + self.SECRETS[2].encode())
        server.request("GET", "/nowhere?AccessToken=" + self.SECRETS[2] + "&token=" +
                       self.SECRETS[2])
        server.request("GET", "/line%0Abreak")
        server.request("GET", "/orders/" + tenant.access_token)
        tenant.call("add", EntityType=tenant.client_token)
        admin("GET", "/clock", fields={"Authorization": "Bearer " + self.SECRETS[2]})
        admin("GET", "/exports" + query)
        admin("GET", "/exports?x=y&accessToken=%s&z" % self.SECRETS[2])
        admin("GET", "/health", fields={})
        return count + 12, self.SECRETS + (secret, secret[:20])

    def logged(self, log, *options):
        server = Server("--admin-token", self.SECRETS[3], *options, log=log)
        count, secrets = self.traffic(server)
        code, errors = server.stop()
        self.assertEqual(code, 0)
        text = errors.decode()
        for secret in secrets:
            self.assertNotIn(secret, text)
        return text.splitlines(), count

    def test_text(self):
        lines, count = self.logged("text")
        self.assertEqual(len(lines), count, lines)
        self.assertTrue(any("exports/add" in line and "200" in line for line in lines))
        self.assertTrue(any("exports/getAll" in line for line in lines))

    def test_text_is_the_default(self):
        lines, count = self.logged(None)
        self.assertEqual(len(lines), count, lines)

    def test_json(self):
        lines, count = self.logged("json")
        self.assertEqual(len(lines), count, lines)
        entries = [json.loads(line) for line in lines]
        self.assertEqual(len({tuple(entry) for entry in entries[:2]}), 1)
        self.assertTrue(any(200 in entry.values() for entry in entries))

    def test_off(self):
        self.assertEqual(self.logged("off")[0], [])

    def test_quiet_and_verbose(self):
        self.logged("text", "-v")
        self.assertEqual(self.logged("text", "-q")[0], [])

    def test_hostile_requests_are_one_line_each(self):
        server = Server(log="text")
        for data in (b"GET /a%0a%0dINJECTED HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /\x1b[31mred HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /caf\xe9\xff HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"X" * 300 + b" / HTTP/1.1\r\nHost: x\r\n\r\n"):
            server.raw(data)
        code, errors = server.stop()
        self.assertEqual(code, 0)
        self.assertLessEqual(len(errors.splitlines()), 5)
        self.assertTrue(all(32 <= byte < 127 or byte == 10 for byte in errors), errors)

    def test_demo_tokens_are_secrets_too(self):
        server = Server(log="text")
        tenant = Tenant(server, DEMO[0][0], DEMO[0][1])
        tenant.add()
        server.advance(tenant.access_token, by="7s")
        code, errors = server.stop()
        self.assertEqual(code, 0)
        for token in DEMO[0]:
            self.assertNotIn(token.encode(), errors)


if __name__ == "__main__":
    main()
