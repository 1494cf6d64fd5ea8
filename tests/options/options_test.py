#!/usr/bin/env python3
"""Black-box test of the command line: what is wrong is refused with one line, and the texts made
from the option table are what they should be.

    options_test.py [PATH_TO_PROGRAM]      default: ./exports-mock
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "exports-mock")
PRINT = os.path.join(os.path.dirname(PROGRAM), "options-print")
WAIT_S = 60


def clean(environment):
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("EXPORTS_MOCK_")}
    return {**kept, **environment}


def run(*arguments, program=PROGRAM, **environment):
    return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=WAIT_S, env=clean(environment), check=False)


class RefusalTest(unittest.TestCase):
    def assert_refused(self, words, *arguments, **environment):
        done = run(*arguments, **environment)
        lines = done.stderr.decode().splitlines()
        self.assertEqual((done.returncode, done.stdout), (2, b""), done)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("exports-mock: "), lines)
        self.assertIn(words, lines[0])
        return lines[0]

    def test_each_family(self):
        for words, *arguments in (
                ("did you mean --storage?", "--storag", "s3"),
                ("\"exports-mock serve --help\" lists the known ones", "--frobnicate"),
                ("did you mean \"generate\"?", "generat"),
                ("the commands are serve, run, certify, generate, verify, scenarios", "frobnicate"),
                ("unexpected argument \"8080\"", "serve", "8080"),
                ("\"generate\" must come first", "-v", "generate"),
                ("--port needs a value", "--port"),
                ("--strict takes no value", "--strict=1"),
                ("--out is an option of \"exports-mock generate\"", "--out", "x"),
                ("--port is an option of \"exports-mock serve\"", "generate", "--port", "1"),
                ("--port: \"x\" is not a whole number", "--port", "x"),
                ("--admin-token", "--bind", "0.0.0.0", "--port", "0"),
                ("is not list, show or check", "scenarios", "frobnicate"),
                ("go together", "generate", "--posting-start", "2026-07-01")):
            with self.subTest(arguments=arguments):
                self.assert_refused(words, *arguments)

    def test_the_environment_is_named(self):
        self.assert_refused("EXPORTS_MOCK_SPEED: \"fast\"", EXPORTS_MOCK_SPEED="fast")
        self.assert_refused("EXPORTS_MOCK_QUIET: \"x\"", EXPORTS_MOCK_QUIET="x")
        self.assert_refused("EXPORTS_MOCK_SIZE: \"big\"", "generate", EXPORTS_MOCK_SIZE="big")

    def test_nothing_breaks_the_line_or_the_terminal(self):
        for value in ("a\nb", "\x1b[31m", "\udcff\udcfe", "x y" * 10000, "%s%n", "\r"):
            for arguments in (["--port", value], ["--" + value], [value], ["--rows", value + "=1"],
                              ["--public-url", "http://a/" + value + "?"]):
                with self.subTest(arguments=[word[:20] for word in arguments]):
                    line = self.assert_refused("", *arguments)
                    self.assertNotRegex(line, "[\x00-\x1f\x7f]")
                    self.assertLess(len(line), 400)

    def test_a_secret_is_not_repeated(self):
        line = self.assert_refused("--admin-token", "--admin-token", "hush hush")
        self.assertNotIn("hush", line)


class TextTest(unittest.TestCase):
    def assert_text(self, *arguments, program=PROGRAM):
        done = run(*arguments, program=program)
        self.assertEqual((done.returncode, done.stderr), (0, b""), done)
        return done.stdout.decode()

    def test_help(self):
        for arguments in (["--help"], ["-h"], ["serve", "-h"]):
            text = self.assert_text(*arguments)
            self.assertTrue(text.startswith("exports-mock: "))
            self.assertIn("--ready-file FILE", text)
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
        text = self.assert_text("generate", "--help")
        self.assertIn("--entity-type TYPE|all", text)
        self.assertNotIn("--ready-file FILE", text)

    def test_version(self):
        for arguments in (["--version"], ["-V"], ["generate", "--version"]):
            self.assertRegex(self.assert_text(*arguments), r"\Aexports-mock \d+\.\d+\.\d+\S*\n\Z")

    def test_bad_variables_do_not_hide_the_help(self):
        self.assertEqual(run("--help", EXPORTS_MOCK_PORT="x").returncode, 0)

    def test_texts_for_the_build(self):
        for name, beginning in (("man", ".TH "), ("bash", "# bash completion"),
                                ("zsh", "#compdef "), ("fish", "# fish completion"),
                                ("readme", "| ")):
            self.assertTrue(self.assert_text(name, program=PRINT).startswith(beginning), name)
        for arguments in ([], ["nothing"], ["man", "bash"]):
            self.assertEqual(run(*arguments, program=PRINT).returncode, 2)


class ScenariosTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def assert_printed(self, *arguments):
        done = run("scenarios", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, b""), done)
        return done.stdout.decode()

    def assert_fails(self, message, *arguments):
        done = run("scenarios", *arguments)
        self.assertEqual((done.returncode, done.stdout), (1, b""), done)
        self.assertEqual(done.stderr.decode(), "exports-mock: " + message + "\n")

    def path(self, text):
        path = os.path.join(self.folder.name, "mine.jsonc")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_all_are_listed(self):
        text = self.assert_printed()
        self.assertEqual(text, self.assert_printed("list"))
        lines = text.splitlines()
        self.assertGreaterEqual(len(lines), 28)
        self.assertEqual([line.split()[0] for line in lines],
                         sorted(line.split()[0] for line in lines))
        columns = {len(line) - len(line.split(None, 1)[1]) for line in lines}
        self.assertEqual(len(columns), 1, "not aligned")
        self.assertTrue(any(line.startswith("happy ") and line.endswith("options say")
                            for line in lines), text)

    def test_each_can_be_shown_and_is_a_file_that_can_be_read(self):
        for line in self.assert_printed("list").splitlines():
            name = line.split()[0]
            path = self.path(self.assert_printed("show", name))
            self.assertEqual(self.assert_printed("check", path), path + ": OK\n")

    def test_the_examples_of_the_docs_can_be_read(self):
        docs = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/scenarios.md")
        with open(docs, encoding="utf-8") as file:
            examples = re.findall(r"^```jsonc\n(.*?)^```", file.read(), re.MULTILINE | re.DOTALL)
        self.assertEqual(len(examples), 1)
        path = self.path(examples[0])
        self.assertEqual(self.assert_printed("check", path), path + ": OK\n")

    def test_mistakes_are_told_on_one_line(self):
        self.assert_fails("there is no scenario \"hapy\"; did you mean \"happy\"?", "show", "hapy")
        path = self.path("{\n  // mine\n  \"faults\": [{\"on\": \"add\", \"dealy\": \"1s\"}]\n}\n")
        self.assert_fails(path + ": faults[0].dealy: is not known here: did you mean \"delay\"?",
                          "check", path)
        self.assert_fails("cannot read /nowhere/x: No such file or directory", "check",
                          "/nowhere/x")


class CompletionTest(unittest.TestCase):
    """What bash offers for a command line."""

    def offers(self, *words):
        script = subprocess.run([PRINT, "bash"], capture_output=True, check=True).stdout.decode()
        script += ("compopt() { :; }\nCOMP_WORDS=(exports-mock \"$@\")\nCOMP_CWORD=$#\n"
                   "_exports_mock\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n")
        done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True,
                              check=True, stdin=subprocess.DEVNULL)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split()

    def test_completion(self):
        for words, offered in (
                (["ge"], ["generate"]),
                (["--stor"], ["--storage"]),
                (["--storage", ""], ["azure", "s3", "gcs", "plain"]),
                (["--storage", "=", "g"], ["gcs"]),
                (["--log", "="], ["text", "json", "off"]),
                (["generate", "--entity-type", "Led"], ["LedgerEntry"]),
                (["--rows", "Bi"], ["Bill="]),
                (["--hazards", "un"], ["unicode", "unknown-properties", "unknown-enum-values"]),
                (["generate", "--stor"], []),
                (["generate", "--po"], ["--posting-start", "--posting-end"]),
                (["scenarios", "ch"], ["check"]),
                (["scenarios", "show", "corr"], ["corrupt-row"]),
                (["--scenario", "corr"], ["corrupt-row"]),
                (["serve", "--port", ""], [])):
            with self.subTest(words=words):
                self.assertEqual(self.offers(*words), offered)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
