#!/bin/sh
# The same commands for any other pipeline: ./pipeline.sh preview|apply|drift|destroy STACK
# Needs PULUMI_BACKEND_URL and PULUMI_CONFIG_PASSPHRASE, and LYCEUM_API_KEY for all but preview.
set -eu
operation=$1
stack=$2
mkdir -p reports
npm ci
# Not npx, and with exec: a signal then reaches the command, which saves the ids of its runs.
exec node_modules/.bin/pulumi-lyceum ci "$operation" --cwd infra --stack "$stack" --summary "reports/$operation.md"
