# Shared by scripts/run, scripts/test and .ci/run: installs what is missing and builds. To be
# sourced with $root set to the top folder. Everything it has to say goes to stderr.
# shellcheck shell=sh disable=SC2154

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "$(basename "$0"): $*"
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

is_ubuntu() {
    grep -qs '^ID=ubuntu' /etc/os-release
}

has_uthash() {
    [ -f /usr/include/uthash.h ] || printf '#include <uthash.h>\n' | cc -E - >/dev/null 2>&1
}

has_libc_headers() {
    [ -f /usr/include/stdio.h ] || printf '#include <stdio.h>\n' | cc -E - >/dev/null 2>&1
}

# Prints the Debian package of every need that is not met; arguments: "build", "test", "ci".
missing_packages() {
    for need in "$@"; do
        case $need in
        build)
            has cc || echo gcc
            has_libc_headers || echo libc6-dev
            has make || echo make
            has pkg-config || echo pkg-config
            if [ ! -f "$root/configure" ]; then
                has autoconf || echo autoconf
                has automake || echo automake
            fi
            has_uthash || echo uthash-dev
            missing_libraries libmicrohttpd libmicrohttpd-dev libcjson libcjson-dev uuid uuid-dev \
                nettle nettle-dev gnutls libgnutls28-dev zlib zlib1g-dev libcurl libcurl4-gnutls-dev
            ;;
        test)
            has openssl || echo openssl
            has python3 || echo python3
            [ -f /usr/share/zoneinfo/Europe/Budapest ] || echo tzdata
            missing_libraries check check
            ;;
        ci)
            has chromium || is_ubuntu || echo chromium # Ubuntu has no package of it
            has clang-format || echo clang-format
            has cppcheck || echo cppcheck
            has man || echo man-db
            has node || echo nodejs
            has npm || echo npm
            has shellcheck || echo shellcheck
            has valgrind || echo valgrind
            ;;
        esac
    done
}

# Arguments: pairs of a pkg-config module and its Debian package.
missing_libraries() {
    while [ $# -gt 1 ]; do
        pkg-config --exists "$1" 2>/dev/null || echo "$2"
        shift 2
    done
}

# Runs apt-get as root; its output is shown only when it fails.
apt_get() {
    if [ "$(id -u)" = 0 ]; then
        set -- env DEBIAN_FRONTEND=noninteractive apt-get "$@"
    else
        set -- sudo env DEBIAN_FRONTEND=noninteractive apt-get "$@"
    fi
    if ! apt_output=$("$@" </dev/null 2>&1); then
        say "$apt_output"
        return 1
    fi
}

# Installs what the needs lack, if anything.
install_missing() {
    packages=$(missing_packages "$@" | sort -u | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    if ! has apt-get; then
        die "please install these (names of Debian packages): $packages"
    fi
    if [ "$(id -u)" != 0 ] && ! has sudo; then
        die "neither root nor sudo: please let somebody run: apt-get install $packages"
    fi
    say "installing $packages"
    apt_get update -qq || die "the list of packages cannot be updated"
    # shellcheck disable=SC2086
    apt_get install -qq -y --no-install-recommends $packages || die "cannot install $packages"
}

# What a build folder was configured for: another value means that it must be done anew.
configuration_of() {
    printf '%s\n' "$way" "$*" "check $(pkg-config --modversion check 2>/dev/null || echo none)"
    cd "$root" && find configure.ac Makefile.am src tests -name '*.[am][ckm]' -exec cksum {} +
}

# make and configure take no path with blanks or quotes; a link in a folder of our own hides it.
# Makefiles keep that path, so a build folder uses the same one again unless somebody else has it.
# Argument: the build folder. Sets $way, the path to use, and $way_folder, to be removed when it is
# not empty.
find_way() {
    way=$root
    way_folder=
    case $root in
    *[!A-Za-z0-9/._+,:@~-]*)
        way_folder=$(cat "$root/$1/way" 2>/dev/null || true)
        if [ -z "$way_folder" ] || ! mkdir -m 700 "$way_folder" 2>/dev/null; then
            way_folder=$(mktemp -d /tmp/exports-mock.XXXXXX)
            printf '%s\n' "$way_folder" >"$root/$1/way"
        fi
        way=$way_folder/source
        ln -s "$root" "$way"
        ;;
    esac
}

leave_way() {
    [ -z "$way_folder" ] || rm -rf "$way_folder"
}

configure_folder() {
    folder=$1
    shift
    wanted=$(configuration_of "$@")
    if [ -f "$root/$folder/Makefile" ] &&
        [ "$(cat "$root/$folder/configured-for" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    if ! has autoreconf && [ -f "$root/configure" ]; then
        # A copy of a tarball may look outdated, because copying gave its files new times.
        set -- "$@" --disable-maintainer-mode
    elif [ ! -f "$root/configure" ] ||
        [ -n "$(find "$root/configure.ac" -newer "$root/configure")" ]; then
        (cd "$way" && autoreconf -i) >"$root/$folder/configure-output" 2>&1 || {
            cat "$root/$folder/configure-output" >&2
            return 1
        }
    fi
    (cd "$way/$folder" && ../configure -q "$@") >>"$root/$folder/configure-output" 2>&1 || {
        cat "$root/$folder/configure-output" >&2
        return 1
    }
    printf '%s\n' "$wanted" >"$root/$folder/configured-for"
}

# build FOLDER TARGETS -- CONFIGURE_ARGUMENTS: makes the targets in $root/FOLDER. Only one process
# at a time does.
build() {
    folder=$1
    targets=
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        targets="$targets $1"
        shift
    done
    [ $# -eq 0 ] || shift
    mkdir -p "$root/$folder"
    find_way "$folder"
    trap leave_way EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    {
        if has flock; then
            flock 9
        fi
        configure_folder "$folder" "$@" 9>&- || die "cannot configure the build in $root/$folder"
        # shellcheck disable=SC2086
        (cd "$way/$folder" && make -s V=1 -j"$(nproc 2>/dev/null || echo 2)" $targets) 9>&- >&2 ||
            return 1
    } 9>"$root/$folder/lock"
    leave_way
    trap - EXIT INT TERM HUP
}

# Prints "PASSED FAILED SKIPPED" of the tests of a build folder.
count_results() {
    find "$root/$1" -name '*.trs' -exec sed -n 's/^:test-result: \([A-Z]*\).*/\1/p' {} + | awk '
        $1 == "PASS" || $1 == "XFAIL" { passed++ }
        $1 == "SKIP" { skipped++ }
        $1 == "FAIL" || $1 == "ERROR" || $1 == "XPASS" { failed++ }
        END { print passed + 0, failed + 0, skipped + 0 }'
}

# Prints why tests of a build folder were skipped, a line each: the one before automake's own.
show_skipped() {
    find "$root/$1" -name '*.trs' -exec grep -l '^:test-result: SKIP' {} + | sort |
        while IFS= read -r results; do
            tail -n 2 "${results%.trs}.log" | head -n 1
        done
}

# Prints how many single checks ran in the tests of a build folder, from what the frameworks say.
count_checks() {
    find "$root/$1" -name '*.trs' | sed 's/trs$/log/' | tr '\n' '\0' | xargs -0 cat | awk '
        /Checks: [0-9]+, Failures: / { sub(/.*Checks: /, ""); checks += $1 }
        /^Ran [0-9]+ tests? in / { checks += $2 }
        END { print checks + 0 }'
}
