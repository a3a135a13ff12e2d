import { validateCompose } from "..";

// A value of a wrong type is reported, and the rules about its form leave it alone.

const all = "networks: {n: }\nconfigs: {c: {content: x}}\nsecrets: {s: {external: true}}\n";

test.each([
  ["image: 5", "image"],
  ["image: i, labels: [5]", "labels[0]"],
  ["image: i, annotations: [5]", "annotations[0]"],
  ["image: i, sysctls: [5]", "sysctls[0]"],
  ["image: i, extra_hosts: [5]", "extra_hosts[0]"],
  ["image: i, environment: [[A]]", "environment[0]"],
  ["image: i, container_name: 5", "container_name"],
  ["image: i, healthcheck: {test: [5]}", "healthcheck.test[0]"],
  ["image: i, devices: [5]", "devices[0]"],
  ["image: i, volumes: [5]", "volumes[0]"],
  ["image: i, tmpfs: [5]", "tmpfs[0]"],
  ["image: i, links: [5]", "links[0]"],
  ["image: i, secrets: [{source: 5}]", "secrets[0].source"],
  ["image: i, configs: [5]", "configs[0]"],
  ["image: i, platform: 5, build: {context: ., platforms: [linux/amd64]}", "platform"],
  ["build: {context: ., args: [5]}", "build.args[0]"],
  ["build: {context: ., extra_hosts: [5]}", "build.extra_hosts[0]"],
  ["build: {context: ., additional_contexts: [5]}", "build.additional_contexts[0]"],
  ["build: {context: ., ssh: [5]}", "build.ssh[0]"],
])("a value of a wrong type in services: {a: {%s}}", (settings, path) => {
  const { diagnostics } = validateCompose(`services: {a: {${settings}}}\n${all}`);
  expect(diagnostics.map((found) => `${found.code} ${found.path}`)).toContain(`LYC2104 services.a.${path}`);
});
