import { bundleOf } from "../testing/bundle";

/** A project whose service has a setting, and whose section has entries. */
const project = (setting: string, section: string, entries: string) =>
  `services: {a: {image: i, ${setting}}}\n${section}: {${entries}}\n`;

test.each<readonly [string, string, readonly string[]]>([
  ["a network of a service", project("networks: [n]", "networks", "n: {}, other: {}"), ["n"]],
  ["a network with settings", project("networks: {n: {priority: 1}}", "networks", "n: {}, other: {}"), ["n"]],
  ["the default network of a service without networks", project("tty: true", "networks", "default: {}"), ["default"]],
  [
    "the default network of a service with an empty list",
    project("networks: []", "networks", "default: {}"),
    ["default"],
  ],
  [
    "the default network of a service with an empty mapping",
    project("networks: {}", "networks", "default: {}"),
    ["default"],
  ],
  ["no default network if each service has another", project("networks: [n]", "networks", "n: {}, default: {}"), ["n"]],
  ["a volume of a service", project("volumes: ['vol:/x']", "volumes", "vol: {}, other: {}"), ["vol"]],
  [
    "a volume in long syntax",
    project("volumes: [{type: volume, source: v, target: /x}]", "volumes", "v: {}, w: {}"),
    ["v"],
  ],
  ["a config", project("configs: [c]", "configs", "c: {content: x}, other: {content: y}"), ["c"]],
  [
    "a config in long syntax",
    project("configs: [{source: c}]", "configs", "c: {content: x}, other: {content: y}"),
    ["c"],
  ],
  ["no section of which nothing is used", project("tty: true", "volumes", "v: {}"), []],
])("the text that is sent has %s", (_what, text, names) => {
  const { bundle, diagnostics } = bundleOf({ "compose.yaml": text });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { services: _services, ...sections } = bundle?.model ?? {};
  expect(Object.values(sections).flatMap((section) => Object.keys(section as object))).toEqual(names);
});
