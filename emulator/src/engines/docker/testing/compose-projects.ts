import { service } from "./live-engine";

/** A project that the engine and `docker compose up` both run. */
export interface ComparedProject {
  readonly services: Readonly<Record<string, object>>;
  /** Further top-level keys. */
  readonly more?: object;
  /** Whether dollar signs are variables for Compose. By default, they belong to the scripts. */
  readonly hasVariables?: true;
  /** Whether lines of several containers come in any order. */
  readonly isUnordered?: true;
  /** Whether Compose goes on after a failure. By default, the first failure ends it, as in the engine. */
  readonly goesOn?: true;
  /**
   * Present if the engine ends the project differently than `docker compose up`, as
   * `docs/contributing/emulator-docker.md` states. `status` and `returnCode`: the end in the engine. `up`: the exit
   * code of `docker compose up`.
   */
  readonly differs?: { readonly status: string; readonly returnCode: number | null; readonly up: number };
  /** Whether the output of the engine also differs from that of Compose. */
  readonly hasOtherOutput?: true;
}

const FOREVER = "while :; do sleep 0.1; done";
const one = (script: string, more: object = {}): ComparedProject => ({ services: { app: service(script, more) } });
const variable = (inside: string): string => `\${${inside}}`;
/** A service that prints a line when it is stopped. */
const stopped = (signal: string, more: object = {}) =>
  service(`trap 'echo got ${signal}; exit 0' ${signal}; echo ready; touch /tmp/ready; ${FOREVER}`, more);
/** A service that waits for the service `first`. */
const after = (condition: string, script: string, more: object = {}) =>
  service(script, { depends_on: { first: { condition, ...more } } });
const healthcheck = (test: string, retries = 20) => ({ test: ["CMD-SHELL", test], interval: "0.2s", retries });

const CODES: Readonly<Record<string, ComparedProject>> = {
  "exit code 0": one("echo done"),
  "exit code 3": one("echo failing; exit 3"),
  "exit code 255": one("exit 255"),
  "a program that does not exist, in a shell": one("no-such-program"),
  "a child that SIGKILL ends": one("sh -c 'kill -KILL $$'"),
  "a child that SIGTERM ends": one("sh -c 'kill -TERM $$'; exit $?"),
  "a process under an init that SIGSEGV ends": one("kill -SEGV $$", { init: true }),
  "two services of which one fails later": {
    services: { good: service("echo good"), bad: service("sleep 1; echo bad >&2; exit 7") },
  },
  "a failure stops the other service": {
    services: { other: stopped("TERM"), bad: service("sleep 1.5; exit 4") },
  },
  "a failure stops a service with its own stop signal": {
    services: { other: stopped("USR1", { stop_signal: "SIGUSR1" }), bad: service("sleep 1.5; exit 5") },
  },
  "a restart policy that gives up": {
    ...one("echo attempt; sleep 1; exit 6", { restart: "on-failure:2" }),
    goesOn: true,
    differs: { status: "failed", returnCode: 6, up: 0 },
    // Compose may print the line `attempt` fewer times than the container has started.
    hasOtherOutput: true,
  },
};

const OUTPUT: Readonly<Record<string, ComparedProject>> = {
  "both streams": one("echo out; echo err >&2; echo out again"),
  "no newline at the end of both streams": one("printf 'no end'; printf 'no end either' >&2"),
  "no output": one("true"),
  "empty lines and spaces": one("printf '\\n\\n  two spaces  \\n\\n'"),
  "bytes that are no UTF-8": one("printf 'a\\377\\376b\\nc\\303\\n'"),
  "all single bytes": one('i=1; while [ $i -lt 256 ]; do printf "\\\\$(printf %o $i)"; i=$((i+1)); done'),
  "letters of many scripts": one("echo 'größe שלום 你好 🚀 e\u0301'"),
  "carriage returns of a progress bar": one("printf '10%%\\r20%%\\r100%%\\ndone\\r\\n'"),
  "escape sequences and tabs": one("printf '\\033[31mred\\033[0m\\tafter a tab\\n'"),
  "a line of 60 kB": one("head -c 60000 /dev/zero | tr '\\0' x; echo end"),
  "20 000 lines": one("seq 1 20000; echo last"),
  "a terminal": one("echo out; echo err >&2; test -t 1 && echo terminal", { tty: true }),
};

const ORDER: Readonly<Record<string, ComparedProject>> = {
  service_started: { services: { first: service("sleep 0.5"), second: after("service_started", "echo second") } },
  service_completed_successfully: {
    services: { first: service("sleep 1; echo first"), second: after("service_completed_successfully", "echo second") },
  },
  service_healthy: {
    services: {
      first: service("sleep 1; touch /tmp/ready; sleep 2", { healthcheck: healthcheck("test -f /tmp/ready") }),
      second: after("service_healthy", "echo second"),
    },
  },
  "a dependency that fails": {
    services: { first: service("echo first; exit 9"), second: after("service_completed_successfully", "echo second") },
    differs: { status: "failed", returnCode: 9, up: 1 },
  },
  "a dependency that becomes unhealthy": {
    services: {
      first: service(FOREVER, { healthcheck: healthcheck("false", 1) }),
      second: after("service_healthy", "echo second"),
    },
    differs: { status: "failed", returnCode: null, up: 1 },
  },
  "a dependency that is not required": {
    services: {
      first: service("echo first", { profiles: ["other"] }),
      second: after("service_started", "echo second", { required: false }),
    },
  },
  "an unhealthy service on which no service depends": one("sleep 1; echo done", {
    healthcheck: healthcheck("false", 1),
  }),
  "two replicas": { ...one("echo replica", { scale: 2 }), isUnordered: true },
  "two replicas of which each fails": { ...one("exit 8", { deploy: { replicas: 2 } }), isUnordered: true },
  profiles: { services: { app: service("echo app"), debug: service("echo debug", { profiles: ["debug"] }) } },
  "a service with scale 0": { services: { app: service("echo app"), none: service("echo none", { scale: 0 }) } },
};

const KEYS: Readonly<Record<string, ComparedProject>> = {
  "entrypoint and command as lists": one("", { entrypoint: ["echo", "a b"], command: ["c", "'d'"] }),
  "entrypoint and command as texts": one("", { entrypoint: "echo 'a b'", command: 'c "d e" f' }),
  "an empty command": one("", { entrypoint: ["echo", "only"], command: [] }),
  "environment as a mapping": one("env | grep ^V | sort", {
    environment: { V1: "a b", V2: 1, V3: true, V4: "", V5: null, V6: "'q'", V7: 1.5 },
  }),
  "environment as a list": one("env | grep ^V | sort", { environment: ["V1=a=b", "V2=", "V3"] }),
  "variables of the text": {
    services: {
      app: service("", {
        command: ["echo", ...["V", "V:-default", "V-other", "V:+no"].map(variable), "$$kept"],
      }),
    },
    hasVariables: true,
  },
  "a volume of two services": {
    services: {
      first: service("echo shared > /data/file", { volumes: ["data:/data"] }),
      second: {
        ...after("service_completed_successfully", "cat /data/file; touch /data/new 2>&1"),
        volumes: ["data:/data:ro"],
      },
    },
    more: { volumes: { data: {} } },
  },
  tmpfs: one("echo x > /scratch/file && cat /scratch/file; grep -c ' /scratch tmpfs ' /proc/mounts", {
    tmpfs: "/scratch",
  }),
  configs: {
    ...one("cat /settings /etc/other; stat -c %a /settings", {
      configs: [
        { source: "settings", target: "/settings", mode: 0o440 },
        { source: "other", target: "/etc/other" },
      ],
    }),
    more: { configs: { settings: { content: "a: 1\nb: größe\n" }, other: { content: "no end" } } },
  },
  "networks with aliases": {
    services: {
      server: service("echo page > index.html; timeout 4 httpd -f -p 8080; true", {
        networks: { back: { aliases: ["www"] } },
        working_dir: "/tmp",
      }),
      client: service("sleep 1; wget -qO- http://www:8080/", { networks: ["back"] }),
    },
    more: { networks: { back: {} } },
  },
  "no network": one("ls /sys/class/net", { network_mode: "none" }),
  "working_dir and user": one("pwd; id -u; id -g; touch /file || echo refused", {
    working_dir: "/new/folder",
    user: "1234:5678",
  }),
  init: one("cat /proc/1/comm; sleep 0 & wait; echo done", { init: true }),
  read_only: one("touch /file || echo refused; touch /tmp/file && echo written", { read_only: true, tmpfs: ["/tmp"] }),
  "hostname, extra_hosts and labels": one("hostname; grep extra /etc/hosts", {
    hostname: "named",
    extra_hosts: ["extra:192.0.2.1"],
    labels: { a: "b" },
  }),
  "ulimits, shm_size and sysctls": one(
    "ulimit -n; df -k /dev/shm | tail -1 | awk '{print $2}'; cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
    {
      ulimits: { nofile: 1234 },
      shm_size: "8m",
      sysctls: { "net.ipv4.ip_unprivileged_port_start": 1000 },
    },
  ),
  "extends, anchors and extensions": {
    services: { base: service("echo base"), app: { extends: "base", command: ["echo", "app"] } },
    more: { "x-anything": { a: 1 } },
  },
  "a file for the environment": {
    ...one("echo $V", { env_file: "values.env" }),
    differs: { status: "failed", returnCode: null, up: 0 },
    hasOtherOutput: true,
  },
  "a secret of the shell": {
    ...one("cat /run/secrets/token", { secrets: ["token"] }),
    more: { secrets: { token: { environment: "TOKEN" } } },
    differs: { status: "failed", returnCode: null, up: 1 },
  },
  "a program that is not in the image": {
    ...one("", { command: ["/no/such/program"] }),
    differs: { status: "failed", returnCode: null, up: 1 },
  },
  "an image that does not exist": {
    ...one("true", { image: "localhost:1/none:none", pull_policy: "never" }),
    differs: { status: "failed", returnCode: null, up: 1 },
  },
};

/** All projects. The keys are the titles of the tests. */
export const COMPARED_PROJECTS: Readonly<Record<string, ComparedProject>> = { ...CODES, ...OUTPUT, ...ORDER, ...KEYS };
