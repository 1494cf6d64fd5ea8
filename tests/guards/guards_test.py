#!/usr/bin/env python3
"""Proves that every guard of scripts/ finds what it looks for, names file and line, and is quiet
about what is right."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"
MAKEFILE = "".join("include src/%s/layer.mk\n" % layer
                   for layer in ("base", "core", "json", "server", "app"))
HEADER = "/*\n * thing: a thing.\n */\n#ifndef BASE_THING_H\n#define BASE_THING_H\n\n%s\n#endif\n"


def formatter_decides():
    """Whether scripts/check-format checks here: only version 14 does."""
    try:
        version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True,
                                 check=True).stdout
    except FileNotFoundError:
        return False
    return " version 14." in version


class GuardCase(unittest.TestCase):
    """A small tree to spoil."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        self.write("Makefile.am", MAKEFILE)
        self.write("src/base/thing.h", HEADER % "/* Counts. */\nint thing_count(void);\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run_guard(self, name, *arguments, **environment):
        return subprocess.run([str(SCRIPTS / name), *(arguments or [str(self.root)])],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, **environment}, check=False)

    def assert_quiet(self, name):
        run = self.run_guard(name)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "", ""))

    def assert_finds(self, name, *places):
        """Each place: "FILE:LINE: words"; there must be no other."""
        run = self.run_guard(name)
        self.assertEqual((run.returncode, run.stderr), (1, ""), run)
        lines = run.stdout.splitlines()
        self.assertEqual(len(lines), len(places), lines)
        for line, place in zip(lines, places):
            self.assertTrue(line.startswith(place), "%s: %s" % (line, place))


class LayersTest(GuardCase):
    guard = "check-layers"

    def test_downwards_is_right(self):
        self.write("src/json/a.c", '#include <cJSON.h>\n#include <stdio.h>\n'
                                   '#include "base/thing.h"\n')
        self.write("src/server/a.c", "#include <microhttpd.h>\n#include <time.h>\n")
        self.write("src/main.c", '#include <time.h>\n#include "base/thing.h"\n')
        self.assert_quiet(self.guard)

    def test_upwards(self):
        self.write("src/core/core.h", "")
        self.write("src/base/a.c", '/* "core/core.h" */\n# include "core/core.h"\n')
        self.assert_finds(self.guard, "src/base/a.c:2: base/ must not include core/")

    def test_paths(self):
        self.write("src/base/a.c", '#include "thing.h"\n')
        self.assert_finds(self.guard, "src/base/a.c:1: there is no src/thing.h")

    def test_a_layer_that_is_not_listed(self):
        self.write("src/extra/a.c", "")
        self.assert_finds(self.guard, "src/extra/a.c:1: src/extra/ is no layer")

    def test_libraries_have_their_layer(self):
        self.write("src/app/a.c", "#include <microhttpd.h>\n")
        self.write("src/base/a.c", "#include <cJSON.h>\n#include <nettle/hmac.h>\n")
        self.write("src/json/a.c", "\n#include <time.h>\n#include <pthread.h>\n")
        self.assert_finds(self.guard, "src/app/a.c:1: <microhttpd.h> belongs to server",
                          "src/base/a.c:1: <cJSON.h> belongs to json",
                          "src/base/a.c:2: <nettle/hmac.h> belongs to",
                          "src/json/a.c:2: <time.h> belongs to app and server",
                          "src/json/a.c:3: <pthread.h> belongs to no layer")

    def test_the_core_only_computes(self):
        self.write("src/core/a.c", "#include <stdio.h>\n#include <string.h>\n")
        self.assert_finds(self.guard, "src/core/a.c:1: core/ computes only")

    def test_an_empty_list_of_layers(self):
        self.write("Makefile.am", "")
        self.assertIn("Makefile.am:1: has no line", self.run_guard(self.guard).stdout)


class BannedTest(GuardCase):
    guard = "check-banned"

    def test_names_in_comments_texts_and_members_are_right(self):
        self.write("src/base/a.c", '/* strcpy(a, b) */\nchar *t = "gets(x)"; // rand()\n'
                                   "int a = s->time(0) + my_atoi(t) + s.system(1);\n"
                                   "typedef enum status reader(int);\n")
        self.write("src/base/memory.c", "void *p = malloc(1);\n")
        self.write("src/server/a.c", "clock_gettime(CLOCK_MONOTONIC, &now);\n")
        self.write("tests/a.c", "char *p = strdup(x);\n")
        self.assert_quiet(self.guard)

    def test_calls(self):
        for number, call in enumerate((
                "strcpy(a, b)", "sprintf (a, b)", "gets(a)", "atoi(a)", "strtol(a, 0, 0)",
                "strtok(a, b)", "rand()", "alloca(5)", "malloc(5)", "strdup(a)", "time(NULL)",
                "gmtime_r(a, b)", "usleep(5)", "system(a)", "setlocale(0, a)", "getenv(a)",
                "exit(1)", "abort()")):
            with self.subTest(call):
                self.write("src/core/a.c", "\n" * number + "x = %s;\n" % call)
                name = call.split("(")[0].strip()
                self.assert_finds(self.guard,
                                  "src/core/a.c:%d: %s() is banned here: " % (number + 1, name))

    def test_tests_are_held_to_it_too(self):
        self.write("tests/unit/a.c", "strcat(a, b);\nsleep(1);\n")
        self.assert_finds(self.guard, "tests/unit/a.c:1: strcat()", "tests/unit/a.c:2: sleep()")

    def test_constructs(self):
        self.write("src/core/a.c", "typedef struct { int a; } thing;\nchar d[] = __DATE__;\n"
                                   "/* TO" "DO: later */\n")
        self.assert_finds(self.guard, "src/core/a.c:1: \"typedef struct {\" is banned",
                          "src/core/a.c:2: \"__DATE__\" is banned", "src/core/a.c:3: TO" "DO:")


class HeadersTest(GuardCase):
    guard = "check-headers"

    def header(self, body):
        self.write("src/base/thing.h", HEADER % body)

    def test_comments_above_behind_within_and_on_a_block(self):
        self.header("/* A thing. */\nstruct thing {\n    int a;\n};\n\nenum kind { /* of things */\n"
                    "    KIND_A\n};\n\nstruct other;\n\n/* New and gone. */\n"
                    "struct thing *thing_new(void);\nvoid thing_free(struct thing *thing);\n\n"
                    "int thing_count(void); /* at least 0 */\n\n/* Zero. */\n"
                    "static inline int thing_zero(void)\n{\n    return 0;\n}\n\n"
                    "#define THING(a) \\\n    ((a) + \\\n     1)\n\n/* Visits. */\n"
                    "typedef void thing_visit(\n    struct thing *thing);\n")
        self.assert_quiet(self.guard)

    def test_prototypes(self):
        self.header("/* Counts. */\nint thing_count(void);\n\nint thing_add(int a,\n"
                    "              int b);\n\nstatic inline int thing_zero(void)\n{\n"
                    "    return 0;\n}\n")
        self.assert_finds(self.guard, "src/base/thing.h:10: thing_add() has no comment",
                          "src/base/thing.h:13: thing_zero() has no comment")

    def test_types(self):
        self.header("struct thing {\n    int a;\n};\n\nenum kind { KIND_A };\n\n"
                    "typedef void thing_visit(int a);\n\nextern const int thing_limit;\n")
        self.assert_finds(self.guard, "src/base/thing.h:7: struct thing has no comment",
                          "src/base/thing.h:11: enum kind has no comment",
                          "src/base/thing.h:13: thing_visit has no comment",
                          "src/base/thing.h:15: thing_limit has no comment")

    def test_the_file_itself(self):
        self.write("src/base/thing.h", "#ifndef THING_H\n#define THING_H\n#endif\n")
        self.assert_finds(self.guard, "src/base/thing.h:1: must begin with a comment",
                          "src/base/thing.h:1: the include guard must be BASE_THING_H")
        self.write("src/base/thing.h", "/* thing: x. */\n#ifndef BASE_THING_H\n"
                                       "#define BASE_THING\n#endif\n")
        self.assert_finds(self.guard, "src/base/thing.h:3: the include guard must be defined as")


class ContentTest(GuardCase):
    guard = "check-content"

    def test_what_belongs_to_one_machine(self):
        self.write("a.py", "x\ny = '/ho" "me/me/x'\n")
        self.write("b.md", "see https://py" "pi.org/p\n")
        self.write("c.txt", "-----BEGIN RSA PRIVATE " "KEY-----\n")
        self.write("d.c", "int a; \n")
        self.assert_finds(self.guard, "a.py:2: /ho" "me/m is a path of one machine",
                          "b.md:1: py" "pi.org is the host", "c.txt:1: -----BEGIN",
                          "d.c:1: has blanks at its end")

    def test_paths_that_only_look_so(self):
        self.write("a.py", "'/exports/wo" "rk/x', 'http://a/ho" "me/x', '../ro" "ot/x'\n")
        self.assert_quiet(self.guard)

    def test_size(self):
        self.write("a.bin", b"\0" * 2000001)
        self.assert_finds(self.guard, "a.bin:1: is bigger than 2000000 bytes")

    def test_build_folders_are_not_looked_at(self):
        self.write("build/x.c", "/ho" "me/me\n")
        self.write("other/config.status", "")
        self.write("other/x.c", "/ho" "me/me\n")
        self.assert_quiet(self.guard)

    def test_only_tracked_files_of_a_repository_count(self):
        git = ["git", "-C", str(self.root), "-c", "init.defaultBranch=main"]
        if not shutil.which("git"):
            self.skipTest("git is not installed")
        subprocess.run([*git, "init", "-q"], check=True)
        self.write("a.py", "'/ho" "me/me'\n")
        self.write("b.py", "'/ho" "me/me'\n")
        subprocess.run([*git, "add", "b.py"], check=True)
        self.assert_finds(self.guard, "b.py:1: ")


@unittest.skipUnless(formatter_decides(), "clang-format 14 is not installed")
class FormatTest(GuardCase):
    guard = "check-format"

    def setUp(self):
        super().setUp()
        shutil.copy(SCRIPTS.parent / ".clang-format", self.root)
        self.write("tests/a.c", "int b;\n")

    def test_format(self):
        self.assert_quiet(self.guard)
        self.write("src/base/a.c", "int  a ;\n")
        run = self.run_guard(self.guard)
        self.assertEqual(run.returncode, 1)
        self.assertIn("src/base/a.c:1:", run.stdout)
        self.assertIn("run: clang-format -i", run.stdout)


class ReadmeTest(GuardCase):
    BEGIN = "<!-- options: made by `options-print readme`, checked by scripts/check-readme -->"
    END = "<!-- end of options -->"

    def setUp(self):
        super().setUp()
        self.write("print", "#!/bin/sh\necho '| a |'\n")
        (self.root / "print").chmod(0o755)

    def check(self, readme, *arguments):
        if readme is not None:
            self.write("README.md", readme)
        return subprocess.run([str(SCRIPTS / "check-readme"), *arguments], capture_output=True,
                              text=True, check=False,
                              env={**os.environ, "README": str(self.root / "README.md"),
                                   "OPTIONS_PRINT": str(self.root / "print")})

    def test_a_table_that_is_right(self):
        readme = "x\n%s\n| a |\n%s\ny\n" % (self.BEGIN, self.END)
        self.assertEqual(self.check(readme).returncode, 0)

    def test_a_table_that_is_not(self):
        run = self.check("x\n%s\n| b |\n%s\ny\n" % (self.BEGIN, self.END))
        self.assertEqual(run.returncode, 1)
        self.assertIn("README.md:3: is not what the option table says; run scripts/check-readme "
                      "--write", run.stdout)

    def test_writing_it(self):
        run = self.check("x\n%s\nold\n%s\ny\n" % (self.BEGIN, self.END), "--write")
        self.assertEqual(run.returncode, 0)
        self.assertEqual((self.root / "README.md").read_text(),
                         "x\n%s\n| a |\n%s\ny\n" % (self.BEGIN, self.END))
        self.assertEqual(self.check(None).returncode, 0)

    def test_markers_that_are_missing_or_doubled(self):
        for readme in ("x\n", self.BEGIN + "\n", "%s\n%s\n%s\n" % (self.BEGIN, self.END, self.END)):
            run = self.check(readme)
            self.assertEqual(run.returncode, 1)
            self.assertIn("README.md:1: must have one line", run.stdout)


class ScenariosTest(GuardCase):
    guard = "check-scenarios"
    begin = "<!-- scenarios: checked against src/scenarios/builtin/ by scripts/check-scenarios -->\n"
    head = "| Scenario | What | Expect | Bug |\n| --- | --- | --- | --- |\n"

    def setUp(self):
        super().setUp()
        for name, expect in (("calm", "success"), ("calm-not", "failure")):
            self.write("src/scenarios/builtin/%s.jsonc" % name,
                       '{\n  "name": "%s",\n  "expect": "%s",\n  "data": {}\n}\n' % (name, expect))

    def docs(self, *rows):
        self.write("docs/scenarios.md", "# Scenarios\n" + self.begin + self.head + "".join(
            "| `%s` | it rains | %s | no umbrella |\n" % row for row in rows)
            + "<!-- end of scenarios -->\n")

    def test_the_same_is_right(self):
        self.docs(("calm", "success"), ("calm-not", "failure"))
        self.assert_quiet(self.guard)

    def test_what_is_only_on_one_side(self):
        self.docs(("calm", "success"), ("storm", "failure"))
        self.assert_finds(self.guard, "docs/scenarios.md:6: there is no src/scenarios/builtin/storm",
                          "docs/scenarios.md:1: must have one row for calm-not")

    def test_another_expectation_and_order(self):
        self.docs(("calm-not", "success"), ("calm", "success"))
        self.assert_finds(self.guard, "docs/scenarios.md:5: calm-not expects failure, not success",
                          "docs/scenarios.md:5: rows must stand in the order")

    def test_rows_that_are_none(self):
        self.docs(("calm", "success"), ("calm-not", "failure or so"))
        self.assert_finds(self.guard, "docs/scenarios.md:6: is no row",
                          "docs/scenarios.md:1: must have one row for calm-not")

    def test_markers(self):
        self.write("docs/scenarios.md", "nothing\n")
        self.assert_finds(self.guard, "docs/scenarios.md:1: must have one line",
                          "docs/scenarios.md:1: must have one row for calm",
                          "docs/scenarios.md:1: must have one row for calm-not")


if __name__ == "__main__":
    unittest.main()
