// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { join } from "node:path";
import { untestedTexts } from "../../testing/untested-texts";
import { validateCompose } from "..";
import { web } from "../testing/fixture";
import { fixtures } from "../testing/fixtures";

// The fixtures contain one case for each code. These tables contain the other cases: every location that a rule checks,
// and every reason that a rule reports. Each case has a similar valid text.

const declared = [
  "  db: {image: i}",
  "  built: {image: i, build: .}",
  "networks: {n: }",
  "volumes: {v: , data: }",
  "configs: {c: {content: x}}",
  "secrets: {s: {external: true}}",
].join("\n");

/** Returns the diagnostics of a service with these settings. The settings are on line 4. */
const diagnosticsOf = (settings: string) => validateCompose(`${web(settings)}${declared}`).diagnostics;

/** Returns `code@line:column` of each diagnostic of a service with these settings. */
function marks(settings: string): string[] {
  return diagnosticsOf(settings).map(({ code, range }) => `${code}@${range?.start.line}:${range?.start.column}`);
}

type Row = readonly [fails: string, mark: string, passes: string];

const forms: readonly Row[] = [
  ['post_start: [{command: "a \'b"}]', "LYC2109@4:28", "post_start: [{command: \"a 'b'\"}]"],
  ['pre_stop: [{command: "a \'b"}]', "LYC2109@4:26", "pre_stop: [{command: \"a 'b'\"}]"],
  [
    "develop: {watch: [{path: ., action: restart, exec: {command: a (b)}}]}",
    "LYC2109@4:66",
    "develop: {watch: [{path: ., action: restart, exec: {command: a b}}]}",
  ],
  ["extra_hosts: ['a=1.1.1.1', ':1.1.1.1']", "LYC2109@4:32", "extra_hosts: ['a=1.1.1.1']"],
  ["build: {context: ., extra_hosts: [a]}", "LYC2109@4:39", "build: {context: ., extra_hosts: ['a=1.1.1.1']}"],
  [
    "blkio_config: {weight_device: [{path: /a, weight: '3'}]}",
    "LYC2104@4:55",
    "blkio_config: {weight_device: [{path: /a, weight: 3}]}",
  ],
  [
    "volumes: [{type: tmpfs, target: /a, tmpfs: {mode: '0700'}}]",
    "LYC2104@4:55",
    "volumes: [{type: tmpfs, target: /a, tmpfs: {mode: 0700}}]",
  ],
  ["expose: [80.5]", "LYC2109@4:14", "expose: [80]"],
  [
    "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: few}]}}}",
    "LYC2109@4:80",
    "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: all}]}}}",
  ],
  ["secrets: [{source: s, mode: rw}]", "LYC2109@4:33", "secrets: [{source: s, mode: '0440'}]"],
  [
    "build: {context: ., secrets: [{source: s, mode: '9'}]}",
    "LYC2109@4:53",
    "build: {context: ., secrets: [{source: s, mode: '0400'}]}",
  ],
  ["build: {context: ., ssh: [key]}", "LYC2109@4:31", "build: {context: ., ssh: [default, key=/a]}"],
  ["volumes: [{type: volume, source: v}]", "LYC2106@4:15", "volumes: [{type: volume, source: v, target: /a}]"],
  ["devices: [{source: /dev/a}]", "LYC2106@4:15", "devices: [{source: /dev/a, target: /dev/a}]"],
  ["configs: [{target: /a}]", "LYC2106@4:15", "configs: [{source: c, target: /a}]"],
  ["secrets: [{target: /a}]", "LYC2106@4:15", "secrets: [{source: s, target: /a}]"],
  [
    "build: {context: ., secrets: [{target: /a}]}",
    "LYC2106@4:35",
    "build: {context: ., secrets: [{source: s, target: /a}]}",
  ],
  ["oom_score_adj: -1001", "LYC2110@4:20", "oom_score_adj: -1000"],
  ["devices: ['/a:/b:rw:c']", "LYC2109@4:15", "devices: ['/a:/b:rw']"],
  ["build: {context: ., additional_contexts: [a]}", "LYC2109@4:47", "build: {context: ., additional_contexts: [a=b]}"],
  ["environment: ['A =b']", "LYC2109@4:19", "environment: ['A=b']"],
  ["develop: {watch: [{path: '', action: rebuild}]}", "LYC2109@4:30", "develop: {watch: [{path: ., action: rebuild}]}"],
  ["pull_policy: often", "LYC2109@4:18", "pull_policy: every_12h"],
  ["user: '${A:+${B:?}}'", "LYC2113@4:17", "user: '${A:+b}'"],
];

const ports: readonly Row[] = [
  ["ports: ['80/tcp/x']", "LYC2210@4:13", "ports: ['80/tcp']"],
  ["ports: ['x:80']", "LYC2210@4:13", "ports: ['81:80']"],
  ["ports: ['65536:80']", "LYC2210@4:13", "ports: ['65535:80']"],
  ["ports: ['82-81:80']", "LYC2210@4:13", "ports: ['81-82:80']"],
  ["ports: ['81:80', '81:90']", "LYC2211@4:22", "ports: ['81:80', '82:90']"],
  ["ports: [{target: 65536}]", "LYC2210@4:22", "ports: [{target: 65535}]"],
  ["ports: [{target: 80, published: '82-81'}]", "LYC2210@4:37", "ports: [{target: 80, published: '81-82'}]"],
];

const names: readonly Row[] = [
  ["links: ['x:y']", "LYC2202@4:13", "links: ['db:y']"],
  ["volumes_from: ['x:ro']", "LYC2202@4:20", "volumes_from: ['db:ro', 'container:x']"],
  ["ipc: 'service:x'", "LYC2202@4:10", "ipc: 'service:db'"],
  ["pid: 'service:x'", "LYC2202@4:10", "pid: 'service:db'"],
  ["uts: 'service:x'", "LYC2202@4:10", "uts: 'service:db'"],
  [
    "build: {context: ., additional_contexts: ['a=service:x']}",
    "LYC2202@4:47",
    "build: {context: ., additional_contexts: ['a=service:built']}",
  ],
  [
    "build: {context: ., additional_contexts: {a: 'service:db'}}",
    "LYC2221@4:50",
    "build: {context: ., additional_contexts: {a: 'service:built'}}",
  ],
  ["networks: {x: }", "LYC2204@4:16", "networks: {n: , default: }"],
  ["build: {context: ., secrets: [x]}", "LYC2207@4:35", "build: {context: ., secrets: [s]}"],
];

const words: readonly Row[] = [
  ["restart: sometimes", "LYC2107@4:14", "restart: unless-stopped\n    scale: 0"],
  ["restart: on-failure:x", "LYC2107@4:14", "restart: on-failure:3"],
  ["restart: always:3", "LYC2107@4:14", "restart: 'no'"],
  [
    "deploy: {restart_policy: {condition: on-error}}",
    "LYC2107@4:42",
    "deploy: {restart_policy: {condition: on-failure}}",
  ],
  ["stop_signal: SIGFOO", "LYC2107@4:18", "stop_signal: sigrtmin+15"],
  ["stop_signal: SIGRTMAX-15", "LYC2107@4:18", "stop_signal: USR1"],
  ["stop_signal: '0'", "LYC2107@4:18", "stop_signal: '15'"],
  ["platform: linux/foo", "LYC2107@4:15", "platform: linux/arm/v7"],
  ["platform: foo", "LYC2107@4:15", "platform: linux"],
  ["platform: linux/amd64/v2/x", "LYC2107@4:15", "platform: Linux/x86_64/v2"],
  ["ulimits: {nofile: -5}", "LYC2110@4:23", "ulimits: {memlock: -1}"],
  ["ulimits: {nofile: {soft: 1, hard: -2}}", "LYC2110@4:39", "ulimits: {memlock: {soft: 1, hard: -1}}"],
  ["ulimits: {nofile: {soft: 2, hard: 1}}", "LYC2110@4:30", "ulimits: {nofile: {soft: 1, hard: 1}}"],
  ["ulimits: {nofile: {soft: -1, hard: 1}}", "LYC2110@4:30", "ulimits: {NOFILE: '1'}"],
  ["ulimits: {nofiles: 1}", "LYC2105@4:15", "ulimits: {nofile: 1}"],
  ["ports: [80.0]", "LYC2210@4:13", "ports: [80]"],
  ["ports: [8e1]", "LYC2210@4:13", "ports: ['80']"],
  ["expose: [80.0]", "LYC2109@4:14", "expose: [80]"],
  ["environment: ['=x']", "LYC2108@4:19", "environment: ['x=']"],
  ["deploy: {labels: ['=x']}", "LYC2108@4:23", "deploy: {labels: ['x=']}"],
  ["build: {context: ., labels: ['']}", "LYC2108@4:34", "build: {context: ., labels: [x]}"],
];

const meanings: readonly Row[] = [
  [
    "build: {context: ., dockerfile: a, dockerfile_inline: FROM b}",
    "LYC2221@4:40",
    "build: {context: ., dockerfile_inline: FROM b}",
  ],
  ["gpus: [{count: 1, device_ids: [a]}]", "LYC2221@4:23", "gpus: [{device_ids: [a]}]"],
  [
    "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1, device_ids: [a]}]}}}",
    "LYC2221@4:83",
    "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], device_ids: [a]}]}}}",
  ],
  [
    "build: {context: ., platforms: [linux/arm64]}\n    platform: linux/amd64",
    "LYC2221@5:15",
    "build: {context: ., platforms: [linux/arm64, linux/amd64]}\n    platform: linux/amd64",
  ],
  [
    "mem_limit: 1m\n    deploy: {resources: {limits: {cpus: '1'}}}",
    "LYC2221@4:16",
    "mem_limit: 1m\n    deploy: {resources: {limits: {memory: 1024k}}}",
  ],
  ["tmpfs: [/a, /a]", "LYC2220@4:17", "tmpfs: [/a, /b]"],
  ["tmpfs: /a\n    volumes: [/a/]", "LYC2220@5:15", "tmpfs: /a\n    volumes: [/b]"],
  ["depends_on: {db: {condition: service_healthy}}", "LYC2215@4:34", "depends_on: {db: {condition: service_started}}"],
];

const rows = [...forms, ...ports, ...names, ...words, ...meanings];

test.each(rows)("reports what is wrong with %s, and accepts the nearest valid text", (fails, mark, passes) => {
  expect([marks(fails), marks(passes)]).toEqual([[mark], []]);
});

test("each text of a diagnostic in compose/validate is in a case: a fixture of ../testing, a row of this file, or another test", () => {
  const ofFixtures = Object.values(fixtures).flatMap(
    ({ fails, options }) => validateCompose(fails, options).diagnostics,
  );
  const ofRows = rows.flatMap(([fails]) => diagnosticsOf(fails));
  expect(untestedTexts(join(__dirname, ".."), [...ofFixtures, ...ofRows])).toEqual([]);
});

// The default of a variable does not count, because the value of the variable is not known. With the default as value,
// each of these texts would cause a diagnostic.
test.each([
  "devices: ['${D:-a}:b:c:d']",
  'command: "a \'${A:-b}"',
  "environment: ['${A:-b} =c']",
  "extra_hosts: ['${H:-a}']",
  "blkio_config: {weight: '${W:-3}'}",
  "volumes: [{type: tmpfs, target: /a, tmpfs: {mode: '${M:-0700}'}}]",
  "gpus: [{count: '${N:-few}'}]",
  "configs: [{source: c, mode: '${M:-rw}'}]",
  "build: {context: ., ssh: ['${S:-key}']}",
  "develop: {watch: [{path: ., action: '${A:-sync}'}]}",
  "mem_limit: '${M:-1m}'\n    deploy: {resources: {limits: {memory: 2m}}}",
  "mem_limit: 1m\n    deploy: {resources: {limits: {memory: '${M:-2m}'}}}",
  "ports: ['${P:-x}:80']",
  "ports: [{target: 80, published: '${P:-x}'}]",
  "depends_on: ['${D:-x}']",
  "networks: ['${N:-x}']",
  "volumes: ['${V:-vol}:/a']",
  "volumes: ['/a:/b:/c:${O:-ro}']",
  "configs: ['${C:-x}']",
  "build: {context: ., additional_contexts: ['a=service:${S:-x}']}",
  "container_name: '${C:-aa}'\n    scale: 2",
  "healthcheck: {test: ['${T:-curl}']}",
  "build: {context: ., platforms: [linux/arm64]}\n    platform: '${P:-linux/amd64}'",
  "build: {context: ., platforms: ['${P:-linux/arm64}']}\n    platform: linux/amd64",
  "restart: '${R:-x}'",
  "stop_signal: '${S:-x}'",
  "ulimits: {nofile: '${U:--5}'}",
  "stop_grace_period: '${G:-10}'",
  "mem_limit: '${M:-x}'",
  "tmpfs: ['${T:-/a}', '${T:-/a}']",
  "volumes: ['data:${T:-/a}']\n    tmpfs: /a",
  "volumes: [{type: tmpfs, target: '${T:-/a}'}]\n    tmpfs: /a",
  "volumes: ['data:/a']\n    tmpfs: '${T:-/a}'",
])("accepts what a variable may complete: %s", (settings) => {
  expect(marks(settings)).toEqual([]);
  expect(marks(settings.replace(/\$\{\w:-([^}]*)\}/g, "$1"))).toHaveLength(1);
});
