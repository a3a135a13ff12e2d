#!/bin/sh
# Runs the plugin with the Node next to it, in this process: signals reach the plugin, and the engine stays its parent.
# PATH may be empty, so nothing is called that is not part of the shell, but to follow a symbolic link.
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  target=$(command -p readlink "$self") || exit
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
exec "${self%/*}/node" "${self%/*}/pulumi-resource-lyceum.cjs" "$@"
