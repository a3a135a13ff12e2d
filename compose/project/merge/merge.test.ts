import { bundleOf, marksOf } from "../testing/bundle";

/** Bundles two files. Each file contains only the service `a`, with these keys. */
function merged(base: string, over: string) {
  const service = (keys: string) =>
    `services: {a: {image: i, ${keys} }, b: {image: i}, c: {image: i, healthcheck: {test: x}}}\n`;
  const top = "networks: {x: {}, y: {}}\nmodels: {m: {model: m}, n: {model: n}}\n";
  const files = { "compose.yaml": service(base) + top, "over.yaml": service(over) };
  return bundleOf(files, { paths: ["compose.yaml", "over.yaml"] });
}

const started = "{condition: service_started}";
const logging = "logging: {driver: d, options: {a: x, b: y}}";

/** Returns the service `a` of a project without errors. */
function serviceOf(bundled: ReturnType<typeof bundleOf>): unknown {
  expect(marksOf(bundled)).toEqual([]);
  const { services }: { services: { a: unknown } } = JSON.parse(JSON.stringify(bundled.bundle?.model));
  return services.a;
}

// The cases below compare a merge with a single file, and the single file is read by the same code. This test checks
// the result of a single file.
test("lists of networks, models and dependencies become mappings by name, without default values", () => {
  const keys = "networks: [x], models: [m], depends_on: [b]";
  expect(serviceOf(merged(keys, "networks: [y], models: [n], depends_on: [c]"))).toEqual({
    image: "i",
    networks: { x: null, y: null },
    models: { m: null, n: null },
    depends_on: {
      b: { condition: "service_started" },
      c: { condition: "service_started" },
    },
  });
});

// tests/differential compares the results for such files with the results of docker compose.
test.each([
  ["a later scalar replaces", "user: x", "user: y", "user: y"],
  ["nothing replaces nothing", "user: x", "user:", "user: x"],
  [
    "mappings merge key by key",
    "deploy: {replicas: 2}",
    "deploy: {mode: global}",
    "deploy: {replicas: 2, mode: global}",
  ],
  ["a mapping without a value takes nothing away", "deploy: {replicas: 2}", "deploy:", "deploy: {replicas: 2}"],
  [
    "a replaced mapping that takes a value back",
    "deploy: {replicas: 2, labels: {a: x}}",
    "deploy: !override {replicas: !reset null, mode: global}",
    "deploy: {mode: global}",
  ],
  ["lists are appended", "group_add: [A]", "group_add: [B]", "group_add: [A, B]"],
  ["lists are appended without repeated items", "group_add: [A, B]", "group_add: [B, C, C]", "group_add: [A, B, C]"],
  ["a number repeats one with another spelling", "group_add: [100]", "group_add: [0x64, 1]", "group_add: [100, 1]"],
  [
    "mappings in lists are not repeated either",
    "gpus: [{count: 1, driver: d}, {count: 2}]",
    "gpus: [{driver: d, count: 1}, {count: 3}]",
    "gpus: [{count: 1, driver: d}, {count: 2}, {count: 3}]",
  ],
  [
    "a float and a whole number in a mapping do not repeat each other",
    "gpus: [{count: 1}, {count: 2.0}]",
    "gpus: [{count: 1.0}, {count: 2}, {count: 20}]",
    "gpus: [{count: 1}, {count: 2}, {count: 1}, {count: 2}, {count: 20}]",
  ],
  [
    "values in a mapping repeat others with another spelling",
    "gpus: [{count: 1000, driver: d, options: {a: , b: 1.5}}]",
    "gpus: [{count: 0x3e8, driver: d, options: {a: ~, b: 1.50}}, {count: 1_000, driver: d, options: {a: null, b: 1.5}}]",
    "gpus: [{count: 1000, driver: d, options: {a: , b: 1.5}}]",
  ],
  ["a command replaces", "command: [x, y]", "command: [z]", "command: [z]"],
  ["an empty command takes back", "command: [x, y]", "command:", "command:"],
  [
    "the test of a health check replaces",
    "healthcheck: {test: [CMD, x], retries: 2}",
    "healthcheck: {test: [CMD, y]}",
    "healthcheck: {test: [CMD, y], retries: 2}",
  ],
  [
    "variables merge by their names",
    "environment: [A=1=0, B=2]",
    "environment: {B: 3, C: 4}",
    "environment: {A: '1=0', B: 3, C: 4}",
  ],
  ["no variables take none away", "environment: [A=1]", "environment:", "environment: {A: 1}"],
  ["labels merge by their names", "labels: {a: x, b: y}", "labels: [b=z]", "labels: {a: x, b: z}"],
  ["one name server and a list", "dns: 1.1.1.1", "dns: [2.2.2.2]", "dns: [1.1.1.1, 2.2.2.2]"],
  ["a list of name servers and one", "dns: [1.1.1.1]", "dns: 2.2.2.2", "dns: [1.1.1.1, 2.2.2.2]"],
  ["name servers and none", "dns: [1.1.1.1]", "dns:", "dns: [1.1.1.1]"],
  [
    "hosts are added once",
    "extra_hosts: [h=1.1.1.1]",
    "extra_hosts: [h=1.1.1.1, g=2.2.2.2]",
    "extra_hosts: [g=2.2.2.2, h=1.1.1.1]",
  ],
  [
    "hosts of a mapping are a list",
    "extra_hosts: {h: 1.1.1.1}",
    "extra_hosts: [h=3.3.3.3]",
    "extra_hosts: [h=1.1.1.1, h=3.3.3.3]",
  ],
  [
    "hosts of a mapping, sorted, with several addresses",
    "extra_hosts: {z: [2.2.2.2, 1.1.1.1], g: 3.3.3.3}",
    "extra_hosts: [a=4.4.4.4]",
    "extra_hosts: [g=3.3.3.3, z=1.1.1.1, z=2.2.2.2, a=4.4.4.4]",
  ],
  ["hosts and none", "extra_hosts: [h=1.1.1.1]", "extra_hosts:", "extra_hosts: [h=1.1.1.1]"],
  [
    "networks of a list and of a mapping",
    "networks: [x]",
    "networks: {y: {aliases: [z]}}",
    "networks: {x: , y: {aliases: [z]}}",
  ],
  ["networks and none", "networks: [x]", "networks:", "networks: {x: }"],
  [
    "the options of one network merge",
    "networks: {x: {aliases: [z]}}",
    "networks: {x: {priority: 2}}",
    "networks: {x: {aliases: [z], priority: 2}}",
  ],
  [
    "a network that is named again keeps its options",
    "networks: {x: {aliases: [z]}}",
    "networks: [x, y]",
    "networks: {x: {aliases: [z]}, y: }",
  ],
  ["a list of networks alone", "networks: [x]", "", "networks: {x: }"],
  [
    "models are named like networks",
    "models: [m]",
    "models: {n: {endpoint_var: E}}",
    "models: {m: , n: {endpoint_var: E}}",
  ],
  ["a list of models alone", "models: [m]", "", "models: {m: }"],
  [
    "dependencies of a list have a condition",
    "depends_on: [b]",
    "depends_on: {c: {condition: service_healthy}}",
    `depends_on: {b: ${started}, c: {condition: service_healthy}}`,
  ],
  ["dependencies and none", "depends_on: [b]", "depends_on:", `depends_on: {b: ${started}}`],
  ["a list of dependencies alone", "depends_on: [b]", "", `depends_on: {b: ${started}}`],
  [
    "options of one logging driver merge",
    "logging: {driver: d, options: {a: x}}",
    "logging: {options: {b: y}}",
    logging,
  ],
  [
    "a driver that is given later keeps them",
    "logging: {options: {a: x}}",
    "logging: {driver: d, options: {b: y}}",
    logging,
  ],
  [
    "the same driver keeps them",
    "logging: {driver: d, options: {a: x}}",
    "logging: {driver: d, options: {b: y}}",
    logging,
  ],
  ["another driver does not", "logging: {driver: d, options: {a: x}}", "logging: {driver: e}", "logging: {driver: e}"],
  ["no logging takes none away", "logging: {driver: d}", "logging:", "logging: {driver: d}"],
])("the merge of two services: %s", (_name, base, over, expected) =>
  expect(serviceOf(merged(base, over))).toEqual(serviceOf(merged(expected, ""))),
);

test.each([
  [
    "a list over a mapping",
    "deploy: {replicas: 2}",
    "deploy: [x]",
    ["over.yaml:1:26 LYC2104 services.a.deploy", "over.yaml:1:34 LYC2507 services.a.deploy"],
  ],
  [
    "a variable with a space behind its name, in either list",
    "environment: ['A =1']",
    "environment: ['B =2', C=3]",
    ["compose.yaml:1:40 LYC2109 services.a.environment[0]", "over.yaml:1:40 LYC2109 services.a.environment[0]"],
  ],
  [
    "a date among the variables",
    "environment: [A=1]",
    "environment: [2024-01-01]",
    ["over.yaml:1:40 LYC2104 services.a.environment[0]"],
  ],
] as const)("it refuses %s", (_name, base, over, expected) => expect(marksOf(merged(base, over))).toEqual(expected));

/**
 * Compose refuses files with such values. The merge must neither lose the other values nor add an error, because
 * another check reports the error.
 */
test.each([
  ["dns:", "dns: [1.1.1.1]", ["compose.yaml:1:26 LYC2104 services.a.dns"]],
  ["dns: {a: b}", "dns: [1.1.1.1]", ["compose.yaml:1:26 LYC2104 services.a.dns"]],
  ["dns: [1.1.1.1]", "dns: {a: b}", ["over.yaml:1:26 LYC2104 services.a.dns"]],
  ["environment: [A=1]", "environment: 1", ["over.yaml:1:39 LYC2104 services.a.environment"]],
  ["environment: 1", "environment: [A=1]", ["compose.yaml:1:39 LYC2104 services.a.environment"]],
  ["extra_hosts: ['h=1.1.1.1']", "extra_hosts: 1", ["over.yaml:1:39 LYC2104 services.a.extra_hosts"]],
  ["extra_hosts: 1", "extra_hosts: ['h=1.1.1.1']", ["compose.yaml:1:39 LYC2104 services.a.extra_hosts"]],
  ["extra_hosts: {h: [x, x]}", "extra_hosts: [a=y]", ["compose.yaml:1:47 LYC2111 services.a.extra_hosts[1]"]],
  ["networks: [x]", "networks: 1", ["over.yaml:1:36 LYC2104 services.a.networks"]],
  ["networks: 1", "networks: [x]", ["compose.yaml:1:36 LYC2104 services.a.networks"]],
  ["networks: [x]", "networks: [{a: b}]", ["over.yaml:1:37 LYC2104 services.a.networks[0]"]],
  ["depends_on: [b]", "depends_on: 1", ["over.yaml:1:38 LYC2104 services.a.depends_on"]],
  ["depends_on: 1", "depends_on: [b]", ["compose.yaml:1:38 LYC2104 services.a.depends_on"]],
  ["logging: {driver: d}", "logging: 1", ["over.yaml:1:35 LYC2104 services.a.logging"]],
  ["logging: 1", "logging: {driver: d}", ["compose.yaml:1:35 LYC2104 services.a.logging"]],
] as const)("%s and then %s is refused once", (base, over, expected) =>
  expect(marksOf(merged(base, over))).toEqual(expected),
);

test.each([
  ["a folder and then more of it", "build: x", "build: {dockerfile: D}", [], { context: "./x", dockerfile: "D" }],
  ["more of it and then a folder", "build: {dockerfile: D}", "build: x", [], { context: "./x", dockerfile: "D" }],
  ["a folder and nothing", "build: x", "build:", [], { context: "./x" }],
  ["arguments of both forms", "build: {args: [A=1]}", "build: {args: {B: 2}}", [], { args: { A: "1", B: "2" } }],
  ["a list after a folder", "build: x", "build: [1]", ["over.yaml:1:26 LYC2104 services.a.build"], undefined],
  ["a folder after a list", "build: [1]", "build: x", ["compose.yaml:1:26 LYC2104 services.a.build"], undefined],
] as const)("a build is merged: %s", (_name, base, over, marks, expected) => {
  const bundled = merged(base, over);
  expect(marksOf(bundled)).toEqual(marks);
  const model = JSON.parse(JSON.stringify(bundled.bundle?.model ?? null));
  expect(model?.services.a.build).toEqual(expected);
});

test.each([
  ["networks", "networks: [own]"],
  ["volumes", "volumes: ['own:/x']"],
])("labels of %s merge by their names", (section, use) => {
  const file = (labels: string) => `services: {a: {image: i, ${use}}}\n${section}: {own: {labels: ${labels} }}\n`;
  const files = { "compose.yaml": file("[a=1, b=1]"), "over.yaml": file("{b: 2}") };
  const { bundle } = bundleOf(files, { paths: ["compose.yaml", "over.yaml"] });
  expect(JSON.parse(JSON.stringify(bundle?.model[section]))).toEqual({ own: { labels: { a: "1", b: "2" } } });
});

test("a name with a space after it is reported with its position in the list", () =>
  expect(merged("environment: [A=1]", "environment: [B=2, 'C =3']").diagnostics[0]?.message).toBe(
    "services.a.environment[1] has a space at the end of its name",
  ));

test.each([
  ["deploy: [x]", "deploy: {replicas: 1}", 34, "services.a.deploy is a mapping, and in compose.yaml it is a list"],
  ["deploy: {replicas: 1}", "deploy: all", 34, "services.a.deploy is a scalar, and in compose.yaml it is a mapping"],
  ["deploy: {replicas: 1}", "deploy: [x]", 34, "services.a.deploy is a list, and in compose.yaml it is a mapping"],
  ["group_add: [x]", "group_add: y", 37, "services.a.group_add is a scalar, and in compose.yaml it is a list"],
])("a merge of %s with %s reports the type of each", (base, over, column, message) => {
  const { diagnostics } = merged(base, over);
  const found = diagnostics.filter(({ code }) => code === "LYC2507");
  expect(found.map(({ message: text }) => text)).toEqual([message]);
  expect(marksOf(merged(base, over))).toContain(`over.yaml:1:${column} LYC2507 ${message.split(" ")[0]}`);
  // The diagnostic covers a whole scalar. A mapping may have a hundred lines, so the diagnostic covers only its start.
  const underlined = message.includes("is a scalar") ? over.slice(over.indexOf(": ") + 2).length : 0;
  expect(found.map(({ range }) => range?.end.column)).toEqual([column + underlined]);
});

describe("an included name that is taken", () => {
  const main = "include: [b.yaml]\nservices:\n  a: {image: i, environment: {A: 1}, ports: !override ['1']}\n";
  const included = "services:\n  a: {image: j, command: c, environment: [A=2, B=2], ports: ['2']}\n";

  test("is merged: the including file counts, and a warning names the two", () => {
    const bundled = bundleOf({ "compose.yaml": main, "b.yaml": included });
    expect(marksOf(bundled)).toEqual(["compose.yaml:3:3 LYC2506 services.a"]);
    expect(JSON.parse(JSON.stringify(bundled.bundle?.model)).services.a).toMatchObject({
      image: "i",
      command: ["c"],
      environment: { A: "1", B: "2" },
      ports: [{ target: 1 }],
    });
  });

  test.each([
    ["[{path: b.yaml, project_directory: ''}]", "", []],
    ["[{path: none.yaml}]", "", ["compose.yaml:1:18 LYC2501 include[0]"]],
    ["[[b.yaml]]", "", ["compose.yaml:1:11 LYC2104 include[0]"]],
    ["[b.yaml, c.yaml]", "", ["compose.yaml:1:19 LYC2506 services.b"]],
    ["[b.yaml]", "networks: 1\n", ["compose.yaml:3:11 LYC2104 networks"]],
  ] as const)("include: %s %s has the positions %j", (include, rest, marks) => {
    const compose = `include: ${include}\nservices: {a: {image: i}}\n${rest}`;
    const b = "services: {b: {image: i}}\nnetworks: {x: {}}\n";
    const files = { "compose.yaml": compose, "b.yaml": b, "c.yaml": "services: {b: {image: j}}\n" };
    expect(marksOf(bundleOf(files, { diagnostics: { LYC2209: "off" } }))).toEqual(marks);
  });

  test("may be extended", () => {
    const extending = "include: [b.yaml]\nservices: {c: {extends: a, image: k}}\n";
    const { bundle } = bundleOf({ "compose.yaml": extending, "b.yaml": included });
    expect(JSON.parse(JSON.stringify(bundle?.model)).services.c).toMatchObject({ image: "k", command: ["c"] });
  });
});
