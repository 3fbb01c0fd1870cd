#!/usr/bin/env bash
# Brings the checked out commit into another repository as a subtree, and pushes its branch.
#
#   TARGET  address of the repository, BRANCH its branch, PREFIX the folder of the subtree
#   TOKEN   a token that may push there; it reaches git through the environment only
#
# Ends with 0 when the branch has the commit, also when it had it before. A conflict means that somebody changed the
# folder over there: nothing is pushed, and the files are named.
set -euo pipefail

: "${TARGET:?address of the repository}" "${BRANCH:?its branch}" "${PREFIX:?folder of the subtree}"
attempts="${ATTEMPTS:-3}"

source_dir="$(git rev-parse --show-toplevel)"
commit="$(git rev-parse HEAD)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The token is answered to git when it asks, and stands in no argument, address or file.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=credential.helper GIT_TERMINAL_PROMPT=0
# shellcheck disable=SC2016 # git's own shell is to expand it
export GIT_CONFIG_VALUE_0='!printf "username=x-access-token\npassword=%s\n" "$TOKEN" #'
export GIT_AUTHOR_NAME="${GIT_AUTHOR_NAME:-github-actions[bot]}"
export GIT_AUTHOR_EMAIL="${GIT_AUTHOR_EMAIL:-41898282+github-actions[bot]@users.noreply.github.com}"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

bring() {
  rm -rf "$work/target"
  git clone --quiet --single-branch --branch "$BRANCH" "$TARGET" "$work/target"
  cd "$work/target"
  if ! git subtree pull -q --squash --prefix "$PREFIX" "$source_dir" HEAD \
    --message "Update $PREFIX to transparent-singularity ${commit:0:12}"; then
    local conflicts
    conflicts="$(git diff --name-only --diff-filter=U)"
    if [ -n "$conflicts" ]; then
      printf '::error::%s was changed in the other repository, and the change collides with this commit: %s\n' \
        "$PREFIX" "$(tr '\n' ' ' <<<"$conflicts")"
      printf 'Bring the change here first, or take it back there. Nothing was pushed.\n'
    fi
    exit 1
  fi
}

for ((attempt = 1; attempt <= attempts; attempt++)); do
  cd "$work"
  (bring)
  cd target
  if [ "$(git rev-parse HEAD)" = "$(git rev-parse "origin/$BRANCH")" ]; then
    printf '%s has commit %s already.\n' "$BRANCH" "${commit:0:12}"
    exit 0
  fi
  if git push --quiet origin "HEAD:refs/heads/$BRANCH"; then
    printf 'Pushed %s: %s is at %s.\n' "$BRANCH" "$PREFIX" "${commit:0:12}"
    exit 0
  fi
  # Somebody else pushed meanwhile; never by force.
  git fetch --quiet origin "$BRANCH"
  if [ "$(git rev-parse "origin/$BRANCH")" = "$(git rev-parse HEAD^1)" ]; then
    printf '::error::%s has not moved, and the push was refused all the same.\n' "$BRANCH"
    exit 1
  fi
  printf '%s has moved; attempt %s of %s.\n' "$BRANCH" "$attempt" "$attempts"
done
printf '::error::%s moved %s times while this was pushed.\n' "$BRANCH" "$attempts"
exit 1
