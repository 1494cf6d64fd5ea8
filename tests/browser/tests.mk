# The console in Chromium; skipped, with the reason, where that cannot be had.
TESTS += tests/browser/console.test
EXTRA_DIST += tests/browser/console.test tests/browser/console_test.mjs tests/browser/harness.mjs \
	tests/browser/package.json tests/browser/screenshots.mjs scripts/screenshots
