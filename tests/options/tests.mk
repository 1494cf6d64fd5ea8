TESTS += tests/options/options_test.py
EXTRA_DIST += tests/options/options_test.py
