#!/bin/sh
# Puts a summary on the pull request: into the workflow's own comment that begins with the same line, else into a new one.
# Needs GH_TOKEN, GITHUB_REPOSITORY and PULL_REQUEST.
set -eu
MARKER=$(head -n 1 "$1")
export MARKER
comments="repos/$GITHUB_REPOSITORY/issues"
id=$(gh api --paginate "$comments/$PULL_REQUEST/comments" --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARKER))) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "$comments/comments/$id" --field body=@"$1" --silent
else
  gh api --method POST "$comments/$PULL_REQUEST/comments" --field body=@"$1" --silent
fi
