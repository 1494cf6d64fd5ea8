# The OpenAPI document: its examples, and what others think of it (skipped where they cannot be had).
openapi_tests = tests/openapi/examples_test.py tests/openapi/openapi.test
TESTS += $(openapi_tests)
EXTRA_DIST += $(openapi_tests) tests/openapi/openapi_test.mjs tests/openapi/package.json

clean-local: clean-modules
clean-modules:
	-rm -rf tests/browser/modules tests/openapi/modules
.PHONY: clean-modules
