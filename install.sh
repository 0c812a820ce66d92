#!/bin/sh
# Make .venv from a working Python and install the locked requirements into it. Does nothing when
# that has been done before. Usage: ./install.sh requirements.txt
set -eu
cd "$(dirname "$0")"
wanted=$1

# pip must neither search a local folder of wheels nor install elsewhere than into .venv.
unset PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV PYTHONHOME PYTHONPATH 2>/dev/null || true

works() {
    "$1" -c 'import ensurepip, sqlite3, ssl, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
}

# A name on PATH may be a shim that only says that its Python is missing, so each one is tried.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        works "$PYTHON" && echo "$PYTHON"
        return
    fi
    old_ifs=$IFS
    IFS=:
    for name in python3.13 python3.12 python3.11 python3 python; do
        for folder in $PATH; do
            if [ -x "$folder/$name" ] && works "$folder/$name"; then
                echo "$folder/$name"
                return
            fi
        done
    done
    IFS=$old_ifs
}

stamp() {
    echo ".venv/installed-$1-$(cksum <"$1" | tr ' ' '-')"
}

if ! works .venv/bin/python; then
    python=$(find_python || true)
    if [ -z "$python" ]; then
        echo "Python 3.11, 3.12 or 3.13 (with venv and SQLite) was not found${PYTHON:+ at $PYTHON}; install one, or name it: make run PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version) ($python)"
    rm -rf .venv
    "$python" -m venv .venv
fi

done=$(stamp "$wanted")
if [ ! -e "$done" ]; then
    echo "Installing $wanted (half a minute)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "$wanted"
    rm -f .venv/installed-"$wanted"-*
    touch "$done"
    # The development lock holds everything that the runtime lock holds.
    if [ "$wanted" = requirements-dev.txt ]; then
        rm -f .venv/installed-requirements.txt-*
        touch "$(stamp requirements.txt)"
    fi
fi
