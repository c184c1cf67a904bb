#!/bin/sh
# A morning: fetch, build, check, hand the site over, tell the hub.
#
# A source that does not answer and a document that cannot be read cost only themselves.
# If anything is wrong with the site, nothing is published. Ends with 1 if somebody
# should look at what was said.
set -u
cd "$(dirname "$0")" || exit 1
status=0
if ! git config user.email > /dev/null 2>&1; then
    export GIT_AUTHOR_NAME=digest GIT_AUTHOR_EMAIL=digest@noreply.invalid
    export GIT_COMMITTER_NAME=digest GIT_COMMITTER_EMAIL=digest@noreply.invalid
fi

digest fetch || status=1
keep() { # commits what is new in seeds/, where that is in version control
    git rev-parse --git-dir > /dev/null 2>&1 || return 0
    git add seeds && { git diff --cached --quiet -- seeds || git commit --quiet --message "$1" -- seeds; }
}
keep "Fetch the papers of $(date -u +%F)" || status=1

# 1 also means that a record was refused: whether there is a site of today is checked below
digest build --wait --times || echo 'digest build: see above what could not be read' >&2
digest publish<< publish >> || exit 1
keep "Remember the papers of $(date -u +%F)" || status=1

if grep -q '^ *hub: ' mkdocs.yml; then
    digest ping || status=1
fi
exit "$status"
