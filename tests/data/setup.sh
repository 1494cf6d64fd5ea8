# What every check here needs; to be sourced. Python and the build folder come from make.
python=${PYTHON:-python3}
folder=${srcdir:-.}/tests/data
dump="tests/data/dump {type} {seed} {size} {as_of} {options}"

# Without Python the check is skipped.
test "$python" != : || exit 77

# Under sanitizers the generator is slow to start: a smaller sample then.
sanitized=
! grep -q __asan_init tests/data/dump || sanitized=yes
