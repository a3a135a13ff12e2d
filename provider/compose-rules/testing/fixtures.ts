import { type Fixture, two, web } from "../../../compose/validate/testing/fixture";
import type { RunContext } from "..";
import type { RemoteCode } from "../catalogue";

/**
 * Two texts for each code of Lyceum's rules: one that fails, with the exact locations, and a similar one that passes.
 */
export const remoteFixtures: Readonly<Record<RemoteCode, Omit<Fixture, "options"> & { readonly run?: RunContext }>> = {
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
    fails: web("environment: [A, B=1]"),
    marks: ["LYC2308@4:19 services.web.environment[0]"],
    passes: web("environment: [A=1]"),
  },
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
    run: { executionType: "cpu" },
  },
  LYC2407: {
    fails: `services:
  a:
    image: 029608264753.dkr.ecr.eu-west-1.amazonaws.com/team/a:1
  b: {image: busybox}
`,
    marks: ["LYC2407@3:12 services.a.image"],
    passes: "services: {a: {image: 029608264753.dkr.ecr.us-east-1.amazonaws.com/team/a:1}, b: {image: busybox}}",
    run: { registry: { type: "aws", region: "us-east-1" } },
  },
  LYC2408: {
    fails: two("restart: always", "deploy: {restart_policy: {condition: any}}"),
    marks: ["LYC2408@2:26 services.a.restart"],
    passes: two("restart: always", "restart: on-failure"),
  },
};
