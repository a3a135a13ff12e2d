const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { ComposeExecution, StoredFiles } = require("pulumi-lyceum");
const { Provider } = require("./provider");

/** The resources that the test declares, in order. `ways.ts` shows the form. */
const declared = JSON.parse(readFileSync("resources.json", "utf8"));
const made = {};

class Team extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("story:Team", name, {}, opts);
  }
}

const named = (names) => names.map((name) => made[name]);
const isRun = (type) => type.endsWith("lyceum:ComposeExecution") || type === "lyceum:index:ComposeExecution";

/** A transform or a transformation that adds arguments and options to each run. */
function adding({ args = {}, options = {} }) {
  return ({ type, props, opts }) =>
    isRun(type) ? { props: { ...props, ...args }, opts: { ...opts, ...options } } : undefined;
}

/** Each option of the declaration, in the form of Pulumi's SDK. Other options have the same form. */
const CONVERSIONS = {
  parent: (name) => made[name],
  provider: (name) => made[name],
  providers: named,
  dependsOn: named,
  deletedWith: (name) => made[name],
  replaceWith: named,
  aliases: (aliases) =>
    aliases.map(({ noParent, ...alias }) => (noParent ? { ...alias, parent: pulumi.rootStackResource } : alias)),
  transforms: (all) => all.map(adding),
  transformations: (all) => all.map(adding),
  hooks: (lines) =>
    Object.fromEntries(Object.entries(lines).map(([when, line]) => [when, [async () => pulumi.log.info(line)]])),
};

function optionsOf(given = {}) {
  const options = Object.entries(given).map(([name, value]) => [name, CONVERSIONS[name]?.(value) ?? value]);
  return Object.fromEntries(options);
}

for (const { name, kind = "run", args, options, id, stack } of declared) {
  const opts = optionsOf(options);
  if (stack !== undefined) pulumi.runtime.registerStackTransform(adding(stack));
  else if (kind === "component") made[name] = new Team(name, opts);
  else if (kind === "provider") made[name] = new Provider(name, args, opts);
  else if (kind === "files") made[name] = new StoredFiles(name, args, opts);
  else if (id !== undefined) made[name] = ComposeExecution.get(name, id, opts);
  else made[name] = new ComposeExecution(name, args, opts);
  if (kind === "run" && stack === undefined) exports[`${name}-status`] = pulumi.unsecret(made[name].status);
}
