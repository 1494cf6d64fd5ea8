# The checkers prove themselves, then look at what the generator makes. dump is how they ask it.
check_PROGRAMS += tests/data/dump
tests_data_dump_SOURCES = tests/data/dump.c
tests_data_dump_LDADD = libdata.a libcontract.a libbase.a $(UUID_LIBS) -lm

data_checks = tests/data/checkers.test tests/data/generated.test tests/data/hazards.test \
	tests/data/schemas.test tests/data/windows.test
TESTS += $(data_checks)
EXTRA_DIST += $(data_checks) tests/data/setup.sh schemas scripts/make-schemas
# By name: a folder would bring along what was built in the build folder's one.
EXTRA_DIST += \
	tests/data/check_generated.py tests/data/check_hazards.py \
	tests/data/check_rows.py \
	tests/data/check_windows.py \
	tests/data/contract.py \
	tests/data/dataset.py \
	tests/data/jsonl.py \
	tests/data/mutations.py \
	tests/data/rule_account.py \
	tests/data/rule_bill.py \
	tests/data/rule_form.py \
	tests/data/rule_item.py \
	tests/data/rule_ledger.py \
	tests/data/rule_payment.py \
	tests/data/rule_refs.py \
	tests/data/rule_stay.py \
	tests/data/sample.py \
	tests/data/sample_base.py \
	tests/data/sample_stays.py \
	tests/data/schema.py \
	tests/data/test_checker.py \
	tests/data/test_windows.py \
	tests/data/variety.py
