# Sourced by .ci/run. Starts a Docker daemon if none answers, and stops the one it started at the end of the script.
# Needs root; the daemon is started by hand because a CI machine may have no service manager.

start_docker() {
  local log pid
  if docker version >/dev/null 2>&1; then
    echo "A Docker daemon is running already."
    return
  fi
  log=$(mktemp)
  # A pid file of its own: one left by a daemon that was killed would keep this one from starting.
  setsid dockerd --pidfile "$log.pid" >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064 # the pid of now
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
  tail -n 20 "$log" >&2
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
