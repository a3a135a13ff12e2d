// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import type { JudgeCode, JudgeOptions } from "..";

/** A service `web` with these settings, each on a line from line 4. */
export const web = (...settings: string[]) =>
  `services:\n  web:\n    image: nginx\n${settings.map((line) => `    ${line}\n`).join("")}`;

/** What is expected of one code. */
export interface Fixture {
  readonly fails: string;
  /** Every mark of `fails`. */
  readonly marks: readonly string[];
  readonly passes: string;
  readonly options?: JudgeOptions;
}

/** Two services, `a` in line 2 and `b` in line 3. */
const two = (first: string, second: string, rest = "") =>
  `services:\n  a: {image: i, ${first}}\n  b: {image: i, ${second}}\n${rest}`;

/** For each code of the judge a text that fails, with the exact places, and the nearest one that does not. */
export const fixtures: Partial<Record<JudgeCode, Fixture>> = {
  LYC2001: { fails: "", marks: ["LYC2005"], passes: web() },
  LYC2104: {
    fails: web("ports: 80", "dns: [1]"),
    marks: ["LYC2104@4:12 services.web.ports", "LYC2104@5:11 services.web.dns[0]"],
    passes: web("ports: [80]", "dns: ['1']"),
  },
  LYC2105: { fails: web("imgae: x"), marks: ["LYC2105@4:5 services.web.imgae"], passes: web("x-imgae: x") },
  LYC2106: {
    fails: web("volumes: [{target: /a, type: volume}, {target: /b}]"),
    marks: ["LYC2106@4:43 services.web.volumes[1]"],
    passes: web("volumes: [{target: /a, type: volume}]"),
  },
  LYC2107: { fails: web("cgroup: hosts"), marks: ["LYC2107@4:13 services.web.cgroup"], passes: web("cgroup: private") },
  LYC2108: {
    fails: "services:\n  web/1: {image: i}\n",
    marks: ['LYC2108@2:3 services["web/1"]'],
    passes: "services:\n  web.1: {image: i}\n",
  },
  LYC2109: {
    fails: web("container_name: '?'"),
    marks: ["LYC2109@4:21 services.web.container_name"],
    passes: web("container_name: aa"),
  },
  LYC2110: {
    fails: web("oom_score_adj: 1001"),
    marks: ["LYC2110@4:20 services.web.oom_score_adj"],
    passes: web("oom_score_adj: 1000"),
  },
  LYC2111: {
    fails: web("group_add: [a, b, a]"),
    marks: ["LYC2111@4:23 services.web.group_add[2]"],
    passes: web("group_add: [a, b]", "dns: [a, a]"),
  },
  LYC2112: {
    fails: web("tty: maybe", "scale: many", "cpus: few"),
    marks: ["LYC2112@4:10 services.web.tty", "LYC2112@5:12 services.web.scale", "LYC2112@6:11 services.web.cpus"],
    passes: web("tty: 'yes'", "scale: '2'", "cpus: '.5'"),
  },
  LYC2201: { fails: "services: {web: {tty: true}}", marks: ["LYC2201@1:12 services.web"], passes: web() },
  LYC2202: {
    fails: two("depends_on: [c]", "network_mode: 'service:d'"),
    marks: ["LYC2202@2:30 services.a.depends_on[0]", "LYC2202@3:31 services.b.network_mode"],
    passes: two("depends_on: [b]", "tty: true"),
  },
  LYC2203: {
    fails: two("depends_on: [b]", "depends_on: {a: {condition: service_started}}"),
    marks: ["LYC2203@3:30 services.b.depends_on.a"],
    passes: two("depends_on: [b]", "tty: true"),
  },
  LYC2204: {
    fails: `${web("networks: [nett, default]")}networks: {net: }\n`,
    marks: ["LYC2204@4:16 services.web.networks[0]"],
    passes: `${web("networks: {net: }")}networks: {net: }\n`,
  },
  LYC2205: {
    fails: web("volumes: ['data:/a', {type: volume, source: d, target: /b}]"),
    marks: ["LYC2205@4:15 services.web.volumes[0]", "LYC2205@4:49 services.web.volumes[1].source"],
    passes: `${web("volumes: ['data:/a', /b]")}volumes: {data: }\n`,
  },
  LYC2206: {
    fails: web("configs: [a, {source: b}]"),
    marks: ["LYC2206@4:15 services.web.configs[0]", "LYC2206@4:27 services.web.configs[1].source"],
    passes: `${web("configs: [a]")}configs: {a: {content: x}}\n`,
  },
  LYC2207: {
    fails: web("secrets: [a]"),
    marks: ["LYC2207@4:15 services.web.secrets[0]"],
    passes: `${web("secrets: [a]")}secrets: {a: {external: true}}\n`,
    options: { diagnostics: { LYC2405: "off" } },
  },
  LYC2208: {
    fails: web("models: [a]"),
    marks: ["LYC2208@4:14 services.web.models[0]"],
    passes: `${web("models: [a]")}models: {a: {model: m}}\n`,
  },
  LYC2209: {
    fails: web("network_mode: none", "networks: [default]"),
    marks: ["LYC2209@4:5 services.web.network_mode"],
    passes: web("network_mode: none"),
  },
  LYC2210: {
    fails: web(
      "ports: ['80:a', '80-82:80-81', '1.2.3:80:80', 80/icmp, 65536, {published: x, target: 1}, {host_ip: x}]",
    ),
    marks: [
      "LYC2210@4:13 services.web.ports[0]",
      "LYC2210@4:21 services.web.ports[1]",
      "LYC2210@4:36 services.web.ports[2]",
      "LYC2210@4:51 services.web.ports[3]",
      "LYC2210@4:60 services.web.ports[4]",
      "LYC2210@4:79 services.web.ports[5].published",
      "LYC2210@4:94 services.web.ports[6]",
      "LYC2210@4:104 services.web.ports[6].host_ip",
    ],
    passes: web(
      "ports: ['80:80', '90-92:90-92/udp', '127.0.0.1:81:81', '[::1]:82:82', '8000-8010:83', 84, '127.0.0.1::85', {target: 86, published: '86'}]",
    ),
  },
  LYC2211: {
    fails: two("ports: ['80:1']", "ports: ['127.0.0.1:79-81:1-3']"),
    marks: ["LYC2211@3:25 services.b.ports[0]"],
    passes: two("ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.2:80:1', '80:1/udp', '81']"),
  },
  LYC2212: {
    fails: web("stop_grace_period: 10", "healthcheck: {test: x, interval: 1 minute}").replace(": 10", ": '10'"),
    marks: ["LYC2212@4:24 services.web.stop_grace_period", "LYC2212@5:38 services.web.healthcheck.interval"],
    passes: web("stop_grace_period: 1m30s", "healthcheck: {test: x, interval: 1.5s}"),
  },
  LYC2213: {
    fails: web("mem_limit: 1 gigabyte"),
    marks: ["LYC2213@4:16 services.web.mem_limit"],
    passes: web("mem_limit: 1.5 GiB", "shm_size: 64m"),
  },
  LYC2214: {
    fails: web("container_name: aa", "deploy: {replicas: 2}"),
    marks: ["LYC2214@5:24 services.web.deploy.replicas"],
    passes: web("container_name: aa", "deploy: {replicas: 1}"),
  },
  LYC2215: {
    fails: two("depends_on: {b: {condition: service_healthy}}", "tty: true"),
    marks: ["LYC2215@2:45 services.a.depends_on.b.condition"],
    passes: two("depends_on: {b: {condition: service_healthy}}", "healthcheck: {test: x}"),
  },
  LYC2216: {
    fails: web("healthcheck: {test: [curl, x]}"),
    marks: ["LYC2216@4:26 services.web.healthcheck.test[0]"],
    passes: web("healthcheck: {test: [CMD, curl]}"),
  },
  LYC2217: {
    fails: `${web()}volumes: {v: {external: true, driver: x}}`,
    marks: ["LYC2405@4:15 volumes.v.external", "LYC2217@4:31 volumes.v.driver"],
    passes: `${web()}volumes: {v: {external: false, driver: x}}`,
  },
  LYC2218: {
    fails: `${web()}configs: {a: {content: x, file: y}, b: {name: n}}`,
    marks: ["LYC2218@4:11 configs.a", "LYC2307@4:33 configs.a.file", "LYC2218@4:37 configs.b"],
    passes: `${web()}configs: {a: {content: x}}`,
  },
  LYC2219: {
    fails: two("container_name: xx", "container_name: xx"),
    marks: ["LYC2219@3:33 services.b.container_name"],
    passes: two("container_name: xx", "container_name: yy"),
  },
  LYC2220: {
    fails: web("tmpfs: [/a]", "volumes: [/a/]"),
    marks: ["LYC2220@5:15 services.web.volumes[0]"],
    passes: web("tmpfs: [/a]", "volumes: [/b]"),
  },
  LYC2221: {
    fails: web("scale: 2", "deploy: {replicas: 3}"),
    marks: ["LYC2221@4:12 services.web.scale"],
    passes: web("scale: 2", "deploy: {replicas: 2}"),
  },
  LYC2222: {
    fails: web("volumes: ['aa:bb:cc:dd', ':/xy']"),
    marks: ["LYC2222@4:15 services.web.volumes[0]", "LYC2222@4:30 services.web.volumes[1]"],
    passes: web("volumes: ['/x']"),
  },
  LYC2301: { fails: "services:\n  web:\n    build: .\n", marks: ["LYC2301@3:5 services.web.build"], passes: web() },
  LYC2302: { fails: web("build: ."), marks: ["LYC2302@4:5 services.web.build"], passes: web() },
  LYC2303: {
    fails: web("volumes: ['./a:/b', {type: bind, source: ~/c, target: /c}]"),
    marks: ["LYC2303@4:15 services.web.volumes[0]", "LYC2303@4:46 services.web.volumes[1].source"],
    passes: `${web("volumes: ['a:/b']")}volumes: {a: }\n`,
  },
  LYC2304: {
    fails: web("env_file: .env", "label_file: [l]"),
    marks: ["LYC2304@4:5 services.web.env_file", "LYC2304@5:5 services.web.label_file"],
    passes: web("env_file: [{path: .env, required: false}]"),
  },
  LYC2305: { fails: `include: [a.yaml]\n${web()}`, marks: ["LYC2305@1:1 include"], passes: web() },
  LYC2306: {
    fails: "services:\n  web:\n    extends: {service: a, file: b.yaml}\n",
    marks: ["LYC2306@3:33 services.web.extends.file"],
    passes: two("tty: true", "extends: {service: a}"),
  },
  LYC2307: {
    fails: `${web()}secrets: {a: {file: x}}`,
    marks: ["LYC2307@4:21 secrets.a.file"],
    passes: `${web()}configs: {a: {content: x}}`,
  },
  LYC2308: {
    fails: web("environment: [A, 'B=$C and ${D}', 'E=${F:-$G}']"),
    marks: [
      "LYC2308@4:19 services.web.environment[0]",
      "LYC2308@4:25 services.web.environment[1]",
      "LYC2308@4:32 services.web.environment[1]",
      "LYC2308@4:47 services.web.environment[2]",
    ],
    passes: web("environment: [A=1, 'B=$$C', 'E=${F:-g}', 'H=${I:+j}', 'K=$(l) $1']"),
  },
  LYC2309: { fails: web("user: ${A:?no}"), marks: ["LYC2309@4:11 services.web.user"], passes: web("user: ${A-b}") },
  LYC2310: { fails: web("user: ${A"), marks: ["LYC2310@4:11 services.web.user"], passes: web("user: $${A") },
  LYC2401: {
    fails: web("privileged: true", "cap_add: [ALL]"),
    marks: ["LYC2401@4:17 services.web.privileged", "LYC2401@5:5 services.web.cap_add"],
    passes: web("privileged: false", "cap_add: []"),
  },
  LYC2402: {
    fails: web("network_mode: host", "pid: host"),
    marks: ["LYC2402@4:19 services.web.network_mode", "LYC2402@5:10 services.web.pid"],
    passes: web("network_mode: bridge"),
  },
  LYC2403: {
    fails: web("devices: ['/dev/a:/dev/a']"),
    marks: ["LYC2403@4:15 services.web.devices[0]"],
    passes: web("devices: []"),
  },
  LYC2404: {
    fails: web("volumes: ['/a:/b', '/var/run/docker.sock:/s']"),
    marks: ["LYC2404@4:15 services.web.volumes[0]", "LYC2404@4:24 services.web.volumes[1]"],
    passes: web("volumes: [/b]"),
  },
  LYC2405: {
    fails: `${web()}networks: {n: {external: true}}`,
    marks: ["LYC2405@4:16 networks.n.external"],
    passes: `${web()}networks: {n: {external: false}}`,
  },
  LYC2406: {
    fails: web("gpus: all", "deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}"),
    marks: ["LYC2406@4:5 services.web.gpus", "LYC2406@5:41 services.web.deploy.resources.reservations.devices"],
    passes: web("deploy: {resources: {reservations: {devices: [{capabilities: [tpu]}]}}}"),
    options: { executionType: "cpu" },
  },
};
