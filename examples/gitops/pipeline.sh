#!/bin/sh
# The same commands for any other pipeline: ./pipeline.sh preview|apply|drift STACK, for all projects that have the stack,
# and ./pipeline.sh destroy STACK FOLDER, for the project in this folder.
# Needs PULUMI_BACKEND_URL and PULUMI_CONFIG_PASSPHRASE, and LYCEUM_API_KEY for all but preview.
set -eu
operation=$1
stack=$2
if [ "$operation" = destroy ]; then
  set -- --cwd "$3"
else
  set -- --all
fi
mkdir -p reports
npm ci
# Not npx, and with exec: a signal then reaches the command, which saves the ids of its runs.
exec node_modules/.bin/pulumi-lyceum ci "$operation" "$@" --stack "$stack" --install --summary "reports/$operation.md"
