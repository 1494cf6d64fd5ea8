# The whole program as its users meet it; every file is a suite of its own.
integration_tests = \
	tests/integration/admin_test.py \
	tests/integration/bad_input_test.py \
	tests/integration/bundle_test.py \
	tests/integration/certify_test.py \
	tests/integration/client_test.py \
	tests/integration/command_line_test.py \
	tests/integration/conduct_test.py \
	tests/integration/data_test.py \
	tests/integration/examples_test.py \
	tests/integration/faults_test.py \
	tests/integration/events_test.py \
	tests/integration/files_test.py \
	tests/integration/http_test.py \
	tests/integration/journal_test.py \
	tests/integration/lifecycle_test.py \
	tests/integration/link_test.py \
	tests/integration/metrics_test.py \
	tests/integration/model_test.py \
	tests/integration/rate_limit_test.py \
	tests/integration/readme_test.py \
	tests/integration/request_test.py \
	tests/integration/revision_test.py \
	tests/integration/run_test.py \
	tests/integration/same_story_test.py \
	tests/integration/scenario_choice_test.py \
	tests/integration/scenarios_test.py \
	tests/integration/scope_test.py \
	tests/integration/state_test.py \
	tests/integration/tls_again_test.py \
	tests/integration/tls_test.py \
	tests/integration/verify_test.py
TESTS += $(integration_tests)
EXTRA_DIST += $(integration_tests) tests/integration/harness.py tests/integration/wire.py README.md \
	tests/integration/make-certificates
