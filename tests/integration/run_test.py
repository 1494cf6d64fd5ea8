#!/usr/bin/env python3
"""exports-mock run: a client against a server of its own. Source: interface, section 3."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import xml.etree.ElementTree

from harness import DEMO, FolderCase, Server, WAIT_S, clean_environment, main

# A client that adds, polls and downloads one export; what it does wrong is chosen by its arguments.
CLIENT = r"""
import json, os, sys, urllib.error, urllib.request
url, out = os.environ["EXPORTS_MOCK_URL"], os.environ["EXPORTS_MOCK_OUT"]

def call(operation, **properties):
    body = {"ClientToken": os.environ["EXPORTS_MOCK_CLIENT_TOKEN"],
            "AccessToken": os.environ["EXPORTS_MOCK_ACCESS_TOKEN"],
            "Client": "Test 1.0", **properties}
    request = urllib.request.Request(url + "/api/connector/v1/exports/" + operation,
                                     json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

def advance(by):
    request = urllib.request.Request(url + "/__admin/clock/advance",
                                     json.dumps({"by": by}).encode(), method="POST")
    urllib.request.urlopen(request).read()

faults = sys.argv[1:]
export = call("add", EntityType="Reservation")["Export"]
while export["Status"] in ("Pending", "Processing"):
    advance("1s" if "hasty" in faults else "5m")
    export = call("getAll", ExportIds=[export["Id"]])["Exports"][0]
if export["Status"] != "Success":
    sys.exit("the export is " + export["Status"])
for number, file in enumerate(export["Files"]):
    request = urllib.request.Request(file["Url"])
    if "leaky" in faults:
        request.add_header("Authorization", "Bearer secret")
    try:
        rows = urllib.request.urlopen(request).read()
    except urllib.error.HTTPError:
        rows = b""
    if "careless" in faults:
        rows = rows[:len(rows) // 2]
    with open(os.path.join(out, "rows-%d.jsonl" % number), "wb") as target:
        target.write(rows)
print("collected")
"""


NOTHING = b"Rows: CMD sent no request to the API\n"


class RunCase(FolderCase):
    def run_python(self, script, *options, arguments=(), **more):
        """run with a script of Python as the client."""
        return self.run_program("run", *options, "--", sys.executable, "-c", script, *arguments,
                                **more)

    def run_client(self, *options, faults=(), **more):
        return self.run_python(CLIENT, "--speed", "0", *options, arguments=faults, **more)


class CommandTest(RunCase):
    def test_output_and_input_are_the_commands_own(self):
        noise = bytes(range(256)) * 300
        script = ("import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(data);"
                  "sys.stderr.buffer.write(data[::-1])")
        run = self.run_python(script, stdin=noise)
        self.assertEqual(run.returncode, 0)
        self.assertEqual(run.stdout, noise)
        self.assertEqual(run.stderr, noise[::-1] + NOTHING + b"Conduct: nothing to object to\n")

    def test_environment(self):
        script = ("import json, os; print(json.dumps([dict(os.environ),"
                  "os.listdir(os.environ['EXPORTS_MOCK_OUT'])]))")
        run = self.run_python(script, EXPORTS_MOCK_URL="http://other", SOME="thing")
        environment, files = json.loads(run.stdout)
        self.assertRegex(environment["EXPORTS_MOCK_URL"], r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual(environment["EXPORTS_MOCK_CLIENT_TOKEN"], DEMO[0][0])
        self.assertEqual(environment["EXPORTS_MOCK_ACCESS_TOKEN"], DEMO[0][1])
        self.assertEqual(environment["SOME"], "thing")
        self.assertEqual(files, [])
        self.assertFalse(os.path.exists(environment["EXPORTS_MOCK_OUT"]))

    def test_the_folder_goes_with_all_that_is_in_it(self):
        script = ("import os, tempfile; out = os.environ['EXPORTS_MOCK_OUT'];"
                  "os.makedirs(out + '/a/b'); open(out + '/a/b/c', 'w').close();"
                  "os.symlink(os.environ['KEPT'], out + '/link'); os.chmod(out + '/a/b', 0);"
                  "print(out)")
        kept = self.path("kept", "x")
        run = self.run_python(script, KEPT=self.folder)
        self.assertEqual(run.returncode, 0, run)
        self.assertFalse(os.path.exists(run.stdout.decode().strip()))
        self.assertTrue(os.path.exists(kept))

    def test_tokens_of_a_file_are_handed_on(self):
        tokens = self.path("tokens.json", '[{"ClientToken": "c1", "AccessToken": "a1"},'
                                          ' {"ClientToken": "c2", "AccessToken": "a2"}]')
        run = self.run_program("run", "--tokens", tokens, "--", "sh", "-c",
                               "echo $EXPORTS_MOCK_CLIENT_TOKEN $EXPORTS_MOCK_ACCESS_TOKEN")
        self.assertEqual(run.stdout, b"c1 a1\n")

    def test_descriptors_signals_and_limits_are_as_usual(self):
        script = ("import os, resource, signal\n"
                  "for fd in range(3, 1000):\n"
                  "    try: os.fstat(fd)\n"
                  "    except OSError: continue\n"
                  "    print('open', fd)\n"
                  "print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())))\n"
                  "print(open('/proc/self/status').read().split('SigIgn:')[1].split()[0])\n"
                  "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])")
        plain = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
        self.assertEqual(self.run_python(script).stdout, plain.stdout)

    def test_exit_codes_are_kept(self):
        for code in (0, 1, 3, 255):
            run = self.run_program("run", "--", "sh", "-c", "exit %d" % code)
            self.assertEqual(run.returncode, code)
        self.assertEqual(self.run_program("run", "--", "sh", "-c", "kill -9 $$").returncode, 137)

    def test_commands_that_cannot_be_started(self):
        run = self.run_program("run", "--", "no-such-program", "x")
        self.assertEqual((run.returncode, run.stdout, run.stderr),
                         (127, b"", b'exports-mock: cannot start "no-such-program": there is no '
                                    b'such program\n'))
        run = self.run_program("run", "--", self.folder)
        self.assertEqual((run.returncode, run.stdout), (126, b""))
        self.assertRegex(run.stderr, rb'^exports-mock: cannot start "/.*": Permission denied\n$')

    def test_usage(self):
        for words, part in ((("run",), b"write exports-mock run"),
                            (("run", "true"), b"behind two dashes"),
                            (("run", "--fail-on", "x", "--", "true"), b"--fail-on"),
                            (("run", "--report", "x.html", "--", "true"), b".json, .xml or .txt"),
                            (("run", "--timeout", "0", "--", "true"), b"--timeout")):
            run = self.run_program(*words)
            self.assertEqual((run.returncode, run.stdout), (2, b""), run)
            self.assertIn(part, run.stderr)
            self.assertEqual(run.stderr.count(b"\n"), 1)

    def test_what_cannot_be_set_up_is_told_before_the_command_runs(self):
        for options in (("--report", self.path("no/such/folder.json")),
                        ("--scenario", "nonsense"), ("--tokens", "/nowhere")):
            run = self.run_program("run", *options, "--", "echo", "ran")
            self.assertEqual((run.returncode, run.stdout), (1, b""), run)
            self.assertEqual(run.stderr.count(b"\n"), 1)
        run = self.run_program("run", "--", "echo", "ran", TMPDIR=self.path("none"))
        self.assertEqual((run.returncode, run.stdout), (1, b""), run)

    def test_requests_are_logged_when_asked_for(self):
        script = ("import os, urllib.request as u;"
                  "u.urlopen(os.environ['EXPORTS_MOCK_URL'] + '/__admin/health')")
        self.assertEqual(self.run_python(script).stderr,
                         NOTHING + b"Conduct: nothing to object to\n")
        for options in (("-v",), ("--log", "text")):
            self.assertIn(b" GET /__admin/health 200 ", self.run_python(script, *options).stderr)


class SignalTest(RunCase):
    """A client that says when it is ready and then waits for ever."""

    TRAP = ("import signal, sys\n"
            "def told(number, frame):\n"
            "    print('got', number, flush=True)\n"
            "    sys.exit(7)\n"
            "for number in (%s): signal.signal(number, told)\n"
            "print('ready', flush=True)\n"
            "while True: signal.pause()\n")

    def start(self, *command, options=()):
        process = subprocess.Popen([Server.program, "run", *options, "--", *command],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=clean_environment(),
                                   start_new_session=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process

    def start_trap(self, *numbers, options=()):
        script = self.TRAP % ", ".join("%d" % number for number in numbers + (numbers[0],))
        process = self.start(sys.executable, "-c", script, options=options)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def test_signals_are_passed_on(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT,
                       signal.SIGUSR1):
            process = self.start_trap(number)
            process.send_signal(number)
            self.assertEqual(process.communicate(timeout=WAIT_S)[0], b"got %d\n" % number)
            self.assertEqual(process.returncode, 7)

    def test_a_command_that_a_signal_ends(self):
        process = self.start("sh", "-c", "echo ready; exec sleep 1000")
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.terminate()
        process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)

    def test_signals_reach_what_the_command_started(self):
        process = self.start("sh", "-c", "sleep 1000 & echo ready; wait; echo over")
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.terminate()
        # The pipe has no writer left: sleep is gone, too.
        self.assertEqual(process.communicate(timeout=WAIT_S)[0], b"")
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)

    def test_time_out(self):
        run = self.run_program("run", "--timeout", "200ms", "--", "sleep", "infinity")
        self.assertEqual((run.returncode, run.stdout), (124, b""))
        self.assertEqual(run.stderr, b"exports-mock: CMD was ended after 200ms, as --timeout "
                                     b"says\n" + NOTHING + b"Conduct: nothing to object to\n")

    def test_time_out_of_a_command_that_will_not_end(self):
        process = self.start("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1000; done",
                             options=("--timeout", "100ms"))
        output, errors = process.communicate(timeout=WAIT_S)
        self.assertEqual((process.returncode, output), (124, b"ready\n"))
        self.assertIn(b"was ended after 100ms", errors)

    def test_a_process_that_is_left_behind_holds_nothing_up(self):
        script = ("import os, socket, sys\n"
                  "sock = socket.create_connection(('127.0.0.1', int(os.environ['EXPORTS_MOCK_URL']"
                  ".rsplit(':')[-1])))\n"
                  "read, write = os.pipe()\n"
                  "if os.fork() == 0:\n"
                  "    os.close(1); os.close(2); os.write(write, b'x')\n"
                  "    sock.recv(1)\n"  # ends when the server does
                  "    os._exit(0)\n"
                  "os.read(read, 1)\n")
        run = self.run_python(script)
        self.assertEqual((run.returncode, run.stdout), (0, b""), run)

    def test_as_process_1(self):
        """In a namespace of its own, where orphans come to process 1."""
        words = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"]
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no namespaces here")
        run = subprocess.run([*words, Server.program, "run", "--", "sh", "-c",
                              "(sh -c 'sleep 0; kill -TERM 1' &) ; trap 'exit 9' TERM;"
                              "echo ready; while :; do sleep 1000 & wait; done"],
                             capture_output=True, timeout=WAIT_S, env=clean_environment(),
                             check=False)
        self.assertEqual((run.returncode, run.stdout), (9, b"ready\n"), run)


class TerminalTest(RunCase):
    """With a controlling terminal the client is one of its job."""

    SCRIPT = ("import signal, sys\n"
              "count = 0\n"
              "def told(number, frame):\n"
              "    global count\n"
              "    count += 1\n"
              "    print('told', flush=True)\n"
              "signal.signal(signal.SIGINT, told)\n"
              "print('ready', flush=True)\n"
              "print('read', input(), count, flush=True)\n"
              "sys.exit(count + 10)\n")

    def read_until(self, terminal, word):
        """Waits until the terminal has shown a word."""
        while word not in self.shown:
            ready, _, _ = select.select([terminal], [], [], WAIT_S)
            self.assertTrue(ready, self.shown)
            self.shown += os.read(terminal, 4096)

    def test_keys_and_input_reach_the_command_once(self):
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(Server.program, [Server.program, "run", "--", sys.executable, "-c",
                                       self.SCRIPT], clean_environment())
        self.addCleanup(os.close, terminal)
        self.shown = b""
        self.read_until(terminal, b"ready")
        os.write(terminal, b"\x03")  # Ctrl-C
        self.read_until(terminal, b"told")
        os.write(terminal, b"a line\n")
        self.read_until(terminal, b"read a line 1")
        self.read_until(terminal, b"Conduct:")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 11)


class JudgementTest(RunCase):
    def test_a_sound_client(self):
        run = self.run_client("--fail-on", "info")
        self.assertEqual((run.returncode, run.stdout), (0, b"collected\n"), run)
        self.assertRegex(run.stderr, rb"^Rows: all [1-9]\d* are there, once and whole\n"
                                     rb"Conduct: nothing to object to\n$")

    def test_a_client_that_asks_for_nothing(self):
        run = self.run_python("")
        self.assertEqual((run.returncode, run.stderr),
                         (0, NOTHING + b"Conduct: nothing to object to\n"), run)
        self.assertEqual(self.run_python("", "-q").stderr, b"")

    def test_levels_of_findings(self):
        for fault, level in (("leaky", "error"), ("hasty", "warning")):
            for fail_on in ("error", "warning", "info", "never"):
                run = self.run_client("--fail-on", fail_on, faults=(fault,))
                levels = ("error", "warning", "info", "never")
                fails = levels.index(level) <= levels.index(fail_on) and fail_on != "never"
                self.assertEqual(run.returncode, int(fails), (fault, fail_on, run))
                self.assertIn(b"\n" + level.encode(), run.stderr)
        self.assertEqual(self.run_client("--fail-on", "error", faults=("hasty",)).returncode, 0)

    def test_quiet_tells_what_fails_and_nothing_else(self):
        self.assertEqual(self.run_client("-q", faults=("hasty",)).stderr, b"")
        self.assertIn(b"polled-too-fast",
                      self.run_client("-q", "--fail-on", "warning", faults=("hasty",)).stderr)

    def test_rows_that_are_missing(self):
        run = self.run_client(faults=("careless",))
        self.assertEqual(run.returncode, 1, run)
        self.assertRegex(run.stderr, rb"(?m)^missing: \d+ rows of the export not collected$")
        self.assertEqual(self.run_client("--fail-on", "never", faults=("careless",)).returncode, 0)

    def test_the_commands_own_failure_comes_first(self):
        script = CLIENT + "sys.exit(5)\n"
        run = self.run_python(script, "--speed", "0", arguments=("careless",))
        self.assertEqual(run.returncode, 5, run)

    def test_scenarios(self):
        run = self.run_client("--scenario", "fails")
        self.assertEqual((run.returncode, run.stdout), (1, b""), run)
        self.assertIn(b"the export is Failed", run.stderr)

    def test_report_files(self):
        for ending in ("json", "xml", "txt"):
            path = self.path("report." + ending)
            run = self.run_client("--report", path, faults=("hasty",))
            self.assertEqual(run.returncode, 0, run)
            with open(path, "rb") as file:
                text = file.read()
            if ending == "json":
                json.loads(text)
                self.assertIn(b'"polled-too-fast"', text)
            elif ending == "xml":
                cases = xml.etree.ElementTree.fromstring(text).iter("testcase")
                failed = [case.get("name") for case in cases if case.find("failure") is not None]
                self.assertEqual(failed, ["polled-too-fast"])
            else:
                self.assertEqual(text, run.stderr[run.stderr.index(b"Conduct: "):])

    def test_files_are_left_alone_when_there_is_nothing_to_tell(self):
        kept, new = self.path("kept.json", "kept"), self.path("new.json")
        for words in (("run", "--report", kept, "--bundle", new), ("run", "--bundle", kept),
                      ("certify", "--only", "happy", "--report", new),
                      ("run", "--report", new, "--tokens", "/nowhere"),
                      ("run", "--report", new, "--bundle", self.path("no/folder.json"))):
            run = self.run_program(*words, "--", "no-such-program")
            self.assertNotEqual(run.returncode, 0)
            self.assertFalse(os.path.exists(new), words)
            with open(kept, encoding="utf-8") as file:
                self.assertEqual(file.read(), "kept")

    def test_a_client_that_adds_nothing_is_told_so(self):
        script = ("import os, urllib.error, urllib.request as u\n"
                  "try: u.urlopen(os.environ['EXPORTS_MOCK_URL'] + '/nothing')\n"
                  "except urllib.error.HTTPError: pass\n")
        self.assertIn(b"Rows: CMD added no export\n", self.run_python(script).stderr)
        self.assertIn(b"Rows: no export that CMD added became Success\n",
                      self.run_client("--scenario", "fails").stderr)

    def test_a_longer_report_is_replaced(self):
        path = self.path("report.json", "x" * 100000)
        self.assertEqual(self.run_program("run", "--report", path, "--", "true").returncode, 0)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["findings"], [])

    def test_a_report_that_cannot_be_written(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        full = self.path("full.json")
        os.symlink("/dev/full", full)
        for code, wanted in ((0, 1), (4, 4)):
            run = self.run_program("run", "--report", full, "--", "sh", "-c", "exit %d" % code)
            self.assertEqual(run.returncode, wanted, run)
            self.assertIn(b"--report: cannot write", run.stderr)


if __name__ == "__main__":
    main()
