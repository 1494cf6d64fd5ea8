"""What the guards of this folder share: they look at the sources, print FILE:LINE: what to do for
every fault, and end with 1 when there is any."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def root_folder():
    """The tree to look at: the argument, or the one this script belongs to."""
    if len(sys.argv) > 2:
        sys.exit("usage: %s [TREE]" % Path(sys.argv[0]).name)
    return Path(sys.argv[1] if len(sys.argv) == 2 else Path(__file__).parent.parent)


def sources(root, folders, endings=(".c", ".h")):
    """The paths of source files below root, relative to it."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and path.is_file():
                yield path.relative_to(root)


def without(text, comments=True, texts=True):
    """The C text with comments or the inside of texts as blanks; lines and columns stay."""
    def blank(match):
        token = match.group()
        is_comment = token.startswith(("/*", "//"))
        if (is_comment and not comments) or (not is_comment and not texts):
            return token
        inside = re.sub(r"[^\n]", " ", token)
        return inside if is_comment else token[0] + inside[1:-1] + token[-1]
    return TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


class Faults:
    """Collects what is wrong, and ends the program accordingly."""

    def __init__(self):
        self.count = 0

    def add(self, path, line, advice):
        self.count += 1
        print("%s:%d: %s" % (path, line, advice))

    def end(self):
        sys.exit(1 if self.count else 0)


def tracked_files(root):
    """The files of the repository, relative to root; without git, all that were not made."""
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True)
        if listed.returncode == 0:
            paths = [Path(name) for name in listed.stdout.decode().split("\0") if name]
            return [path for path in paths if (root / path).is_file()]
    return sorted(distributed_files(root))


# What configure and make leave in a source folder, or bring along in a tarball.
MADE = {"build-aux", "autom4te.cache", ".deps", "__pycache__", "aclocal.m4", "configure",
        "configure~", "config.h.in", "config.h.in~", "Makefile.in", ".git"}


def distributed_files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders
                      if name not in MADE and not name.startswith(("build", "_"))
                      and not (Path(folder) / name / "config.status").exists()]
        for name in names:
            if name not in MADE:
                yield (Path(folder) / name).relative_to(root)
