// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { someSecretRules } from "../../testing/secret-rules";
import { type Fixtures, two, web } from "./fixture";

// The value is joined from two parts, so that secret scanners do not report this file.
const keyLike = ["AKIA", "QNZGKIQY56JQ7WML"].join("");

/** Fixtures for rules beyond the schema (LYC22xx), for variables (LYC23xx) and for secrets (LYC26xx). */
export const meaningFixtures = {
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
    marks: ["LYC2217@4:31 volumes.v.driver"],
    passes: `${web()}volumes: {v: {external: false, driver: x}}`,
  },
  LYC2218: {
    fails: `${web()}configs: {a: {content: x, file: y}, b: {name: n}}`,
    marks: ["LYC2218@4:11 configs.a", "LYC2218@4:37 configs.b"],
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
  LYC2223: {
    fails: "services:\n  a: {image: Nginx}\n  b: {image: 'x/y:'}\n  c: {image: https://x.y/z}\n",
    marks: ["LYC2223@2:14 services.a.image", "LYC2223@3:14 services.b.image", "LYC2223@4:14 services.c.image"],
    passes: "services:\n  a: {image: nginx}\n  b: {image: 'x/y:$TAG'}\n  c: {image: x.y/z}\n",
    options: { variables: new Set(["TAG"]) },
  },
  LYC2224: {
    fails: "services:\n  a: {image: i}\njobs:\n  a: {image: i, triggers: {manual: true}}\n",
    marks: ["LYC2113@3:1 jobs", "LYC2224@4:3 jobs.a"],
    passes: "services:\n  a: {image: i}\nx-jobs:\n  a: {image: i}\n",
  },
  LYC2308: {
    fails: web("environment: ['B=$C and ${D}', 'E=${F:-$G}']"),
    marks: [
      "LYC2308@4:22 services.web.environment[0]",
      "LYC2308@4:29 services.web.environment[0]",
      "LYC2308@4:44 services.web.environment[1]",
    ],
    passes: web("environment: [A, 'B=$$C', 'E=${F:-g}', 'H=${I:+j}', 'K=$(l) $1']"),
  },
  LYC2309: { fails: web("user: ${A:?no}"), marks: ["LYC2309@4:11 services.web.user"], passes: web("user: ${A-b}") },
  LYC2310: { fails: web("user: ${A"), marks: ["LYC2310@4:11 services.web.user"], passes: web("user: $${A") },
  LYC2601: {
    fails: web(`command: [run, --key, ${keyLike}]`),
    marks: ["LYC2601@4:27 services.web.command[2]"],
    passes: web("command: [run, --key, $$KEY]"),
    options: { secretRules: someSecretRules },
  },
  LYC2602: {
    fails: web("environment: {DB_PASSWORD: hunter2}"),
    marks: ["LYC2602@4:32 services.web.environment.DB_PASSWORD"],
    passes: web("environment: {DB_PASSWORD: '', DB_PASSWORD_FILE: /run/secrets/db, TOKEN: /run/token, SALT: ''}"),
    options: { secretRules: someSecretRules },
  },
  LYC2603: {
    fails: web(`labels: {a: ${"z".repeat(20)}}`),
    marks: ["LYC2603@4:17 services.web.labels.a"],
    passes: web("labels: {a: b}"),
    options: { secretRules: someSecretRules },
  },
} satisfies Fixtures;
