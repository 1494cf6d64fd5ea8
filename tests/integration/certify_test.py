#!/usr/bin/env python3
"""exports-mock certify: a client under many scenarios. Source: interface, section 3."""

import json
import os
import pty
import signal
import subprocess
import sys
import xml.etree.ElementTree

from harness import FolderCase, Server, WAIT_S, clean_environment, main

# A client that notices failed exports and short files; "trusting" writes what it gets and is happy.
CLIENT = r"""
import json, os, sys, urllib.request
url, out = os.environ["EXPORTS_MOCK_URL"], os.environ["EXPORTS_MOCK_OUT"]

def post(path, body):
    request = urllib.request.Request(url + path, json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

def call(operation, **properties):
    return post("/api/connector/v1/exports/" + operation,
                {"ClientToken": os.environ["EXPORTS_MOCK_CLIENT_TOKEN"],
                 "AccessToken": os.environ["EXPORTS_MOCK_ACCESS_TOKEN"],
                 "Client": "Test 1.0", **properties})

export = call("add", EntityType="Reservation")["Export"]
while export["Status"] in ("Pending", "Processing"):
    post("/__admin/clock/advance", {"by": "5m"})
    export = call("getAll", ExportIds=[export["Id"]])["Exports"][0]
if export["Status"] != "Success" and "trusting" not in sys.argv:
    sys.exit(3)
for number, file in enumerate(export["Files"] or []):
    rows = urllib.request.urlopen(file["Url"]).read()
    if "trusting" in sys.argv:
        rows = rows[:len(rows) // 2]
    with open(os.path.join(out, "rows-%d.jsonl" % number), "wb") as target:
        target.write(rows)
print("said")
"""


class CertifyCase(FolderCase):
    def certify(self, *options, command=None, faults=(), jobs=1):
        command = command or (sys.executable, "-c", CLIENT, *faults)
        return self.run_program("certify", "--jobs", str(jobs), *options, "--", *command)

    def cells(self, *options, **how):
        """The cells of the JSON result, by scenario."""
        run = self.certify("--format", "json", *options, **how)
        result = json.loads(run.stdout)
        self.assertEqual(run.returncode, int(result["verdict"] != "passed"), run)
        return {cell["scenario"]: cell for cell in result["cells"]}


class VerdictTest(CertifyCase):
    def test_a_sound_client_passes(self):
        cells = self.cells("--only", "happy,fails")
        self.assertEqual(list(cells), ["happy", "fails"])
        happy, fails = cells["happy"], cells["fails"]
        self.assertEqual((happy["verdict"], happy["expect"], happy["exit"]),
                         ("passed", "success", {"how": "exited", "code": 0}), happy)
        self.assertGreater(happy["rows"]["expected"], 0)
        self.assertEqual(happy["rows"]["collected"], happy["rows"]["expected"])
        self.assertEqual(happy["reasons"], [])
        self.assertEqual((fails["verdict"], fails["expect"], fails["exit"]),
                         ("passed", "failure", {"how": "exited", "code": 3}), fails)
        self.assertIsNone(fails["rows"])

    def test_a_trusting_client_fails(self):
        cells = self.cells("--only", "happy,fails", faults=("trusting",))
        happy, fails = cells["happy"], cells["fails"]
        self.assertEqual(happy["verdict"], "failed")
        self.assertGreater(happy["rows"]["missing"], 0)
        self.assertRegex(happy["reasons"][-1], r"^rows: \d+ missing, ")
        self.assertEqual(fails["verdict"], "failed")
        self.assertRegex(fails["reasons"][0], "^exit: exit code 0; a sound client notices here ")

    def test_rows_of_a_client_that_fails_are_not_held_against_it(self):
        script = ("import os, sys; open(os.environ['EXPORTS_MOCK_OUT'] + '/x.jsonl', 'w')"
                  ".write('{}\\n'); sys.exit(int(sys.argv[1]))")
        for code, verdict in ((1, "passed"), (0, "failed")):
            cells = self.cells("--only", "fails",
                               command=(sys.executable, "-c", script, str(code)))
            self.assertEqual(cells["fails"]["verdict"], verdict, cells)
            self.assertEqual(cells["fails"]["rows"]["foreign"], 1)

    def test_who_gives_up_and_says_so_need_not_have_fetched_the_rest(self):
        stops = CLIENT.replace('in enumerate(export["Files"] or [])',
                               'in list(enumerate(export["Files"]))[:1]')
        self.assertNotEqual(stops, CLIENT)
        for name, code, verdict in (("corrupt-row", 1, "passed"), ("wrong-size", 1, "passed"),
                                    ("happy", 1, "failed"), ("wrong-size", 0, "failed")):
            cells = self.cells("--only", name, command=(
                sys.executable, "-c", stops + "sys.exit(%d)\n" % code))
            cell = cells[name]
            self.assertEqual((cell["verdict"], cell["exit"]["code"]), (verdict, code), cell)
            self.assertEqual(cell["conduct"]["rules"], ["missed-file"], cell)
            self.assertEqual("conduct: missed-file (error)" in cell["reasons"], code == 0, cell)

    def test_who_collects_nothing_does_not_pass_by_doing_nothing(self):
        reason = "rows: nothing was collected, for CMD added no export; yet it ends with 0"
        cells = self.cells("--only", "happy,fails,empty", command=("true",))
        self.assertEqual(cells["happy"]["reasons"], [reason])
        self.assertEqual(cells["empty"]["reasons"], [reason])
        self.assertNotIn(reason, cells["fails"]["reasons"])
        cells = self.cells("--only", "happy", "--fail-on", "never", command=("true",))
        self.assertEqual(cells["happy"]["verdict"], "passed")
        touched = "import os; open(os.environ['EXPORTS_MOCK_OUT'] + '/x.jsonl', 'w')"
        cells = self.cells("--only", "happy", command=(sys.executable, "-c", touched))
        self.assertEqual(cells["happy"]["reasons"], [reason])

    def test_who_keeps_rows_elsewhere_is_judged_by_what_it_fetched(self):
        elsewhere = CLIENT.replace('"rows-%d.jsonl" % number', '"rows-%d.txt" % number')
        cells = self.cells("--only", "happy,empty,many-files",
                           command=(sys.executable, "-c", elsewhere))
        for name, cell in cells.items():
            self.assertEqual(cell["reasons"], [], name)
            self.assertIsNone(cell["rows"])
        lazy = elsewhere.replace('in enumerate(export["Files"] or [])', 'in []')
        cells = self.cells("--only", "happy,empty", command=(sys.executable, "-c", lazy))
        self.assertEqual(cells["happy"]["reasons"],
                         ["rows: of 1 of 1 exports not every file was fetched to its end; yet it "
                          "ends with 0"])
        partial = elsewhere.replace(".read()\n    if", ".read(1000)\n    if")
        self.assertNotEqual(partial, elsewhere)
        # One file, longer than what the system takes off the server's hands ahead of the client.
        cells = self.cells("--only", "happy", "--size", "medium", "--max-file-size", "1GB",
                           command=(sys.executable, "-c", partial))
        self.assertEqual(cells["happy"]["verdict"], "failed")

    def test_an_export_that_is_left_behind(self):
        reason = ("rows: 1 of 2 exports failed or had not ended, and CMD did not add one of that "
                  "type again; yet it ends with 0")
        hasty = CLIENT + "call('add', EntityType='Bill')\n"
        cells = self.cells("--only", "happy", "--speed", "0",
                           command=(sys.executable, "-c", hasty))
        self.assertEqual(cells["happy"]["reasons"], [reason])
        again = CLIENT.replace('call("add", EntityType="Reservation")["Export"]\n',
                               'call("add", EntityType="Reservation")["Export"]\n'
                               'post("/__admin/clock/advance", {"by": "1h"})\n'
                               'export = call("add", EntityType="Reservation")["Export"]\n')
        self.assertNotEqual(again, CLIENT)
        cells = self.cells("--only", "fails-once", command=(sys.executable, "-c", again))
        self.assertEqual(cells["fails-once"]["reasons"], [])

    def test_a_page_that_a_fault_sends_is_no_file(self):
        elsewhere = CLIENT.replace('"rows-%d.jsonl" % number', '"rows-%d.txt" % number')
        page = self.path("page.json", json.dumps({"faults": [
            {"on": "download", "match": {"file": 2}, "respond": {"status": 200, "body": "<p>"}}]}))
        cells = self.cells("--only", page, command=(sys.executable, "-c", elsewhere))
        self.assertIn("incomplete-download", cells[page]["conduct"]["rules"])
        self.assertEqual(cells[page]["reasons"][-1],
                         "rows: of 1 of 1 exports not every file was fetched to its end; yet it "
                         "ends with 0")

    def test_signals_and_time_outs_never_pass(self):
        either = self.path("either.json", '{"expect": "either"}')
        cells = self.cells("--only", "happy,fails," + either,
                           command=("sh", "-c", "kill -SEGV $$"))
        for cell in cells.values():
            self.assertEqual(cell["verdict"], "failed")
            self.assertEqual(cell["exit"], {"how": "signaled", "code": 139})
            self.assertIn("signal 11 (SEGV)", cell["reasons"][0])
        cells = self.cells("--only", "fails," + either, "--timeout", "100ms",
                           command=("sleep", "infinity"))
        for cell in cells.values():
            self.assertEqual(cell["verdict"], "failed")
            self.assertEqual(cell["exit"], {"how": "timed-out", "code": 124})
            self.assertIn("time-out after 100ms", cell["reasons"][0])

    def test_conduct_is_judged_at_the_level_asked_for(self):
        client = CLIENT.replace('"by": "5m"', '"by": "1s"')
        for fail_on, verdict in (("error", "passed"), ("warning", "failed"), ("never", "passed")):
            cell = self.cells("--only", "happy", "--speed", "0", "--fail-on", fail_on,
                              command=(sys.executable, "-c", client))["happy"]
            self.assertEqual(cell["verdict"], verdict, cell)
            self.assertIn("polled-too-fast", cell["conduct"]["rules"])
            self.assertGreater(cell["conduct"]["warnings"], 0)
        cell = self.cells("--only", "happy", "--speed", "0", "--fail-on", "warning",
                          command=(sys.executable, "-c", client))["happy"]
        self.assertRegex(cell["reasons"][0], r"^conduct: .*polled-too-fast \(warning\)")

    def test_each_scenario_has_a_server_in_its_first_state(self):
        # The first export of every tenant fails, again and again.
        cells = self.cells("--only", "fails-once,happy", "--scenario",
                           self.path("again.json", '{"exports": [{"match": {"nth": 1}, "lifecycle":'
                                                   ' {"outcome": "Failed"}}]}'))
        self.assertEqual([cell["exit"]["code"] for cell in cells.values()], [3, 0, 3])


class SelectionTest(CertifyCase):
    def names(self, *options):
        return list(self.cells(*options, command=("true",)))

    def test_all_built_in_ones_are_the_default(self):
        built_in = subprocess.run([Server.program, "scenarios"], capture_output=True, check=True,
                                  env=clean_environment()).stdout.decode().splitlines()
        self.assertEqual(self.names(), [line.split()[0] for line in built_in])

    def test_only_skip_and_files(self):
        own = self.path("own.jsonc", '{"name": "mine" /* own */}')
        self.assertEqual(self.names("--only", "happy,slow", "--only", own), ["happy", "slow", own])
        self.assertEqual(self.names("--only", "happy,happy,slow", "--skip", "slow"), ["happy"])
        self.assertEqual(self.names("--only", "happy", "--scenario", own), ["happy", own])
        self.assertEqual(self.names("--only", "happy," + own, "--skip", "mine,fails"), ["happy"])
        self.assertEqual(self.names("--scenario", own)[-1], own)

    def test_mistakes(self):
        for options, code, part in (
                (("--only", "hapy"), 1, b'did you mean "happy"'),
                (("--skip", "hapy"), 1, b'did you mean "happy"'),
                (("--only", "happy", "--skip", "happy"), 1, b"no scenario is left"),
                (("--only", "happy,,slow"), 2, b"--only"),
                (("--only", self.path("bad.json", '{"nonsense": 1}')), 1, b"nonsense"),
                (("--format", "xml"), 2, b"--format"),
                (("--report", self.path("no/folder.json")), 1, b"--report")):
            run = self.certify(*options, command=("true",))
            self.assertEqual((run.returncode, run.stdout), (code, b""), run)
            self.assertEqual(run.stderr.count(b"\n"), 1)
            self.assertIn(part, run.stderr)


class OutputTest(CertifyCase):
    def test_matrix(self):
        run = self.certify("--only", "happy,fails", faults=("trusting",))
        self.assertEqual(run.returncode, 1)
        lines = run.stdout.decode().splitlines()
        self.assertEqual(lines[0].split(), ["scenario", "expects", "exit", "conduct", "rows",
                                            "verdict", "seconds"])
        self.assertRegex(lines[1], r"^happy +success +0 .*\d+/\d+  FAILED +\d+\.\d\d$")
        self.assertRegex(lines[2], r"^fails +failure +0 +.* FAILED +\d+\.\d\d$")
        self.assertRegex(lines[-1], r"^0 of 2 passed, 2 failed, in \d+\.\d\d s$")
        self.assertNotIn(b"\033", run.stdout)

    def on_a_terminal(self, **environment):
        """What a terminal shows of the matrix."""
        main_fd, sub_fd = pty.openpty()
        self.addCleanup(os.close, main_fd)
        try:
            subprocess.run([Server.program, "certify", "-q", "--only", "instant", "--fail-on",
                            "never", "--", "true"],
                           stdin=subprocess.DEVNULL, stdout=sub_fd, stderr=subprocess.DEVNULL,
                           timeout=WAIT_S, env=clean_environment(**environment), check=True)
        finally:
            os.close(sub_fd)
        return os.read(main_fd, 1 << 16)

    def test_colour_is_for_terminals_that_take_it(self):
        self.assertIn(b"\033[32mpassed\033[0m", self.on_a_terminal(TERM="xterm", NO_COLOR=""))
        self.assertNotIn(b"\033", self.on_a_terminal(TERM="xterm", NO_COLOR="1"))
        self.assertNotIn(b"\033", self.on_a_terminal(TERM="dumb", NO_COLOR=""))

    def test_summary_of_what_passes(self):
        run = self.certify("--only", "happy,fails")
        self.assertEqual(run.returncode, 0)
        self.assertRegex(run.stdout.decode().splitlines()[-1],
                         r"^2 of 2 passed, in \d+\.\d\d s$")
        self.assertEqual(len(run.stdout.splitlines()), 5)

    def test_what_the_client_writes_goes_to_stderr(self):
        command = ("sh", "-c", "echo out; echo err >&2")
        run = self.certify("--only", "happy,instant", "--format", "json", command=command)
        json.loads(run.stdout)
        self.assertEqual(run.stderr, b"[1/2] happy\nout\nerr\n[2/2] instant\nout\nerr\n")
        self.assertEqual(self.certify("-q", "--only", "happy", command=command).stderr, b"")

    def test_the_client_has_no_input(self):
        run = self.certify("--only", "happy", "--fail-on", "never", command=("cat",))
        self.assertEqual(run.returncode, 0, run)

    def test_junit_and_report_files(self):
        report = self.path("report.json")
        run = self.certify("--only", "happy,fails", "--format", "junit", "--report", report,
                           command=("sh", "-c", "exit 1 # <&>"))
        self.assertEqual(run.returncode, 1)
        suite = xml.etree.ElementTree.fromstring(run.stdout).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures")), ("2", "1"))
        happy, fails = suite.findall("testcase")
        self.assertEqual((happy.get("name"), fails.get("name")), ("happy", "fails"))
        self.assertIsNone(fails.find("failure"))
        self.assertTrue(happy.find("failure").get("message").startswith("exit: exit code 1; "))
        self.assertIn("exports-mock run --scenario happy ", happy.find("failure").text)
        self.assertIn("'exit 1 # <&>'", happy.find("failure").text)
        with open(report, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["passed"], 1)

    def test_the_command_reproduces_a_failure(self):
        run = self.certify("--only", "fails", "--seed", "7", "--rows", "Reservation=5,Bill=2",
                           "--strict", "--format", "json", faults=("trusting",))
        command = json.loads(run.stdout)["cells"][0]["command"]
        self.assertRegex(command, r"^exports-mock run --scenario fails --strict --now \S+ "
                                  r"--speed 300 --seed 7 --rows Reservation=5,Bill=2 "
                                  r"--timeout 60s -- ")
        folder = self.path("bin")
        os.mkdir(folder)
        os.symlink(Server.program, os.path.join(folder, "exports-mock"))
        again = subprocess.run(["sh", "-c", command], capture_output=True, timeout=WAIT_S,
                               env=clean_environment(PATH=folder + ":" + os.environ["PATH"]),
                               stdin=subprocess.DEVNULL, check=False)
        self.assertEqual((again.returncode, again.stdout), (0, b"said\n"), again)

    def test_a_command_that_cannot_be_started_ends_it(self):
        run = self.certify("--only", "happy,fails", command=("no-such-program",))
        self.assertEqual((run.returncode, run.stdout), (1, b""))
        self.assertEqual(run.stderr, b'[1/2] happy\nexports-mock: cannot start "no-such-program": '
                                     b'there is no such program\n')

    def test_scenarios_are_run_side_by_side(self):
        os.mkfifo(self.path("meet"))
        meet = 'mkdir "$0" 2>/dev/null && exec cat "$1" || echo hello >"$1"'
        run = self.certify("--only", "happy,instant", "--fail-on", "never", jobs=2,
                           command=("sh", "-c", meet, self.path("first"), self.path("meet")))
        self.assertEqual(run.returncode, 0, run)
        self.assertEqual(run.stderr.count(b"hello\n"), 1)
        self.assertRegex(run.stderr, rb"\[1/2\] (happy|instant)\n(hello\n)?\[2/2\] ")
        self.assertLess(run.stdout.index(b"\nhappy "), run.stdout.index(b"\ninstant "))

    def test_a_signal_reaches_all_that_is_at_work(self):
        os.mkfifo(self.path("ready"))
        process = subprocess.Popen(
            [Server.program, "certify", "--only", "happy,instant,slow", "--", "sh", "-c",
             'echo ready >"$0"; exec sleep 1000', self.path("ready")],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=clean_environment(), start_new_session=True)
        self.addCleanup(process.kill)
        lines = 0
        while lines < 3:
            with open(self.path("ready"), encoding="ascii") as ready:
                lines += len(ready.readlines())
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)
        self.assertIn(b"0 of 3 passed, 3 not run, in ", output)

    def test_a_signal_breaks_it_off(self):
        process = subprocess.Popen(
            [Server.program, "certify", "--jobs", "1", "--fail-on", "never", "--only",
             "happy,fails,slow", "--", "sh", "-c",
             'test -e "$0" || { : >"$0"; exit 0; }; echo ready >&2; exec sleep 1000',
             self.path("mark")],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=clean_environment(), start_new_session=True)
        self.addCleanup(process.kill)
        while process.stderr.readline() != b"ready\n":
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 128 + signal.SIGTERM)
        self.assertIn(b"1 of 3 passed, 2 not run, in ", output)


if __name__ == "__main__":
    main()
