# `generate`, and the samples it makes.
generate_tests = tests/generate/fixtures.test tests/generate/generate_test.py
TESTS += $(generate_tests)
EXTRA_DIST += $(generate_tests) fixtures scripts/make-fixtures
