# Guards hold the sources to rules that a compiler does not know, and their own test to the guards.
guards = \
	scripts/check-banned \
	scripts/check-content \
	scripts/check-format \
	scripts/check-headers \
	scripts/check-layers \
	scripts/check-readme \
	scripts/check-scenarios
TESTS += $(guards) tests/guards/guards_test.py
EXTRA_DIST += $(guards) scripts/guard.py tests/guards/guards_test.py
