#!/usr/bin/env python3
"""Suites that look closely at answers and how they end, once more with servers that speak https."""

import unittest

from harness import Server, main

SUITES = ("events_test", "faults_test", "files_test", "lifecycle_test", "scenarios_test")


def load_tests(loader, *_):
    return unittest.TestSuite(loader.loadTestsFromName(name) for name in SUITES)


if __name__ == "__main__":
    Server.tls = True
    main()
