#!/bin/sh
# Runs the plugin with the Node program in the same folder. The plugin replaces this process, so signals reach the
# plugin, and the engine is its parent. PATH may be empty, so only the shell's own commands are called. The exception is
# `readlink`.
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  target=$(command -p readlink "$self") || exit
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
exec "${self%/*}/node" "${self%/*}/pulumi-resource-lyceum.cjs" "$@"
