import { judgeCompose } from "..";

function marksOf(text: string): string[] {
  const { diagnostics } = judgeCompose(text);
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, path }) => `${code} ${path}`);
}

const service = (settings: string, rest = "") => marksOf(`services: {a: {image: i, ${settings}}}${rest}`);

it.each([
  ["gpus: [{count: many}]", "LYC2109 services.a.gpus[0].count"],
  ["configs: [{source: c, mode: rw}]", "LYC2109 services.a.configs[0].mode"],
  ["configs: [{source: c, mode: '0o440'}]", "LYC2109 services.a.configs[0].mode"],
  ["ports: ['0']", "LYC2210 services.a.ports[0]"],
  ["attach: maybe", "LYC2112 services.a.attach"],
  ["build: {context: ., additional_contexts: {a: 1}}", "LYC2104 services.a.build.additional_contexts.a"],
  ["build: {context: ., additional_contexts: [a]}", "LYC2109 services.a.build.additional_contexts[0]"],
  ["storage_opt: {size: 1.5}", "LYC2104 services.a.storage_opt.size"],
  ["storage_opt: {size: true}", "LYC2104 services.a.storage_opt.size"],
  ["storage_opt: {size: [a]}", "LYC2104 services.a.storage_opt.size"],
  ["deploy: {resources: {limits: {pids: few}}}", "LYC2112 services.a.deploy.resources.limits.pids"],
])("refuses %s", (settings, mark) => {
  expect(service(settings, "\nconfigs: {c: {content: x}}")).toEqual([mark]);
});

it.each([
  "gpus: [{count: ALL}, {count: '2'}, {count: 3}]",
  "configs: [{source: c, mode: '0440'}, {source: c, target: /x, mode: 0440}]",
  "ports: ['0:80']",
  "network_mode: none, networks: []",
  "storage_opt: {size: 1, a: b, c: }",
  "hostname: !!str 1",
])("accepts %s", (settings) => {
  expect(service(settings, "\nconfigs: {c: {content: x}}")).toEqual([]);
});

it("wants a source of every secret that is not there already, a driver or not", () => {
  expect(marksOf("services: {a: {image: i}}\nsecrets: {s: {driver: d}, t: {external: true}}")).toEqual([
    "LYC2218 secrets.s",
  ]);
  expect(marksOf("services: {a: {image: i}}\nconfigs: {c: {driver: d}}")).toEqual(["LYC2105 configs.c.driver"]);
});

it("refuses two names of one external resource", () => {
  const text = (name: string) => `services: {a: {image: i}}\nnetworks: {n: {external: {name: one}, name: ${name}}}`;
  expect(marksOf(text("two"))).toEqual(["LYC2221 networks.n.external.name"]);
  expect(marksOf(text("one"))).toEqual([]);
});
