# `.ci/run` sources this file. `start_docker` starts a Docker daemon if no daemon answers. The daemon is stopped when
# the script ends. This needs root. The program `dockerd` is started directly, because a CI machine may have no service
# manager.

start_docker() {
  local dir pid
  if docker version >/dev/null 2>&1; then
    echo "A Docker daemon is running already."
    return
  fi
  dir=$(mktemp -d)
  # The daemon gets its own folder for pid files. In the usual folder, a file of a killed daemon may prevent the start.
  setsid dockerd --pidfile "$dir/dockerd.pid" --exec-root "$dir/exec" >"$dir/log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064 # the pid is expanded now, not at the end
  trap "stop_docker $pid" EXIT
  for _ in $(seq 60); do
    if docker version >/dev/null 2>&1; then
      echo "Docker daemon $(docker version --format '{{.Server.Version}}') started."
      return
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 1
  done
  echo "The Docker daemon does not start:" >&2
  tail -n 20 "$dir/log" >&2
  return 1
}

stop_docker() {
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 30); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 1
  done
  echo "The Docker daemon that this run started (pid $1) has not stopped after 30 s." >&2
}
