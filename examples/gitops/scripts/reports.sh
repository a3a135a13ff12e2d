#!/bin/sh
# Writes a page about the runs of each project that has the stack: reports/FOLDER.html. One that cannot be written is named.
set -eu
stack=$1
root=$(pwd)
mkdir -p reports
git ls-files -- "*Pulumi.$stack.yaml" | while IFS= read -r file; do
  folder=$(dirname "$file")
  name=$(printf '%s' "$folder" | sed 's|^\.$|runs|; s|/|-|g')
  (cd "$folder" && "$root/node_modules/.bin/pulumi-lyceum" report --stack "$stack" --output "$root/reports/$name.html") ||
    echo "There is no report of $folder." >&2
done
