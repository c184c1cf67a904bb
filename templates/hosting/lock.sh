#!/bin/sh
# Makes requirements.txt, the lock: every package by its version and its hashes, as
# requirements.in asks for it. Does nothing if the lock is of this requirements.in.
#
# To upgrade one package, change requirements.in; to upgrade all, remove requirements.txt.
# Then run this, and commit both files. pip and Dependabot read them.
set -eu
cd "$(dirname "$0")"

sum=$(python3 -c 'import hashlib; print(hashlib.sha256(open("requirements.in", "rb").read()).hexdigest())')
if grep -qsx "# requirements.in: $sum" requirements.txt; then
    exit 0
fi
echo 'requirements.txt is not of this requirements.in: making it' >&2
command -v uv > /dev/null || python3 -m pip install --quiet uv==<< uv >>
# what the old lock has and requirements.in still allows is kept
if [ -f requirements.txt ]; then cp requirements.txt requirements.new; fi
uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes \
    --output-file requirements.new requirements.in > /dev/null
echo "# requirements.in: $sum" >> requirements.new
mv requirements.new requirements.txt
