# Every suite is named here; `make check` runs them all.
EXTRA_DIST += tests/data tests/fuzz/corpus tests/server/harness.py tests/server/server_test.py

UNIT_LIBS = $(CHECK_LIBS) $(CJSON_LIBS) $(NETTLE_LIBS) $(ZLIB_LIBS) $(UUID_LIBS) -lm

include tests/unit/base/tests.mk
include tests/unit/core/tests.mk
include tests/unit/http/tests.mk
include tests/data/tests.mk
include tests/unit/api/tests.mk
include tests/fuzz/tests.mk
