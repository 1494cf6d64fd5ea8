# Every suite is named here; `make check` runs them all.
EXTRA_DIST += tests/fuzz/corpus tests/microhttpd.py tests/run-python

# Tests of extension .py run with the Python of configure and are skipped without one.
TEST_EXTENSIONS = .test .py
PY_LOG_COMPILER = $(srcdir)/tests/run-python
# A limit is against tests that hang; on a busy machine Check's 4 s are none for one that works.
AM_TESTS_ENVIRONMENT = PYTHON='$(PYTHON)'; export PYTHON; \
	CK_DEFAULT_TIMEOUT=$${CK_DEFAULT_TIMEOUT:-120}; export CK_DEFAULT_TIMEOUT;

UNIT_LIBS = $(CHECK_LIBS) $(CJSON_LIBS) $(NETTLE_LIBS) $(ZLIB_LIBS) $(UUID_LIBS) -lm

include tests/unit/base/tests.mk
include tests/unit/core/tests.mk
include tests/unit/json/tests.mk
include tests/unit/contract/tests.mk
include tests/unit/scenarios/tests.mk
include tests/unit/state/tests.mk
include tests/unit/http/tests.mk
include tests/unit/data/tests.mk
include tests/unit/content/tests.mk
include tests/unit/server/tests.mk
include tests/contract/tests.mk
include tests/data/tests.mk
include tests/unit/api/tests.mk
include tests/unit/options/tests.mk
include tests/unit/verify/tests.mk
include tests/unit/admin/tests.mk
include tests/unit/app/tests.mk
include tests/unit/trial/tests.mk
include tests/fuzz/tests.mk
include tests/server/tests.mk
include tests/options/tests.mk
include tests/guards/tests.mk
include tests/integration/tests.mk
include tests/browser/tests.mk
include tests/openapi/tests.mk
include tests/generate/tests.mk
include tests/bench/tests.mk
