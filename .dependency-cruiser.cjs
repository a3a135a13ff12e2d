// @ts-check
const composePackage = require("./compose/package.json");

/**
 * Which layer may import which: dependencies point one way. A layer that is not named imports nothing of ours.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const LAYERS = {
  compose: [],
  "provider/schema": [],
  "provider/display": ["compose/wording[.]ts$"],
  "provider/secrets": ["provider/display"],
  "provider/lyceum": ["provider/schema", "provider/secrets", "provider/display"],
  "provider/storage": ["provider/lyceum", "provider/schema", "provider/secrets", "provider/display"],
  "provider/files": ["compose/wording[.]ts$", "provider/storage", "provider/schema", "provider/display"],
  "provider/compose-rules": ["compose", "provider/secrets"],
  "provider/lifecycle": [
    "compose",
    "provider/compose-rules",
    "provider/lyceum",
    "provider/schema",
    "provider/secrets",
    "provider/display",
  ],
  "provider/policy": ["compose", "provider/compose-rules", "provider/schema", "provider/secrets", "provider/display"],
  "provider/reads": [
    "compose",
    "provider/files",
    "provider/lifecycle",
    "provider/lyceum",
    "provider/policy",
    "provider/storage",
    "provider/schema",
    "provider/secrets",
    "provider/display",
  ],
  "provider/hosts": [
    "compose",
    "provider/files",
    "provider/storage",
    "provider/lifecycle",
    "provider/policy",
    "provider/reads",
    "provider/lyceum",
    "provider/schema",
    "provider/secrets",
    "provider/display",
  ],
  sdk: ["compose", "provider"],
  cli: [
    "compose",
    "provider/(compose-rules|reads|policy|lyceum|storage|files|schema|secrets|display)",
    "emulator/src/emulator[.]ts$",
    // Commands about running emulators do not load the emulator.
    "emulator/src/store/(data-folder|owner)[.]ts$",
  ],
  emulator: ["provider/lyceum/contract/openapi[.]yaml$"],
};

/**
 * What stands on what inside a folder, from the ground up: a row imports the rows before it, and nothing of its own row
 * or of a later one. A part is a folder or a file; of two that hold a file, the longer one counts. A file of no part
 * imports nothing of its folder.
 * @type {Readonly<Record<string, readonly (readonly string[])[]>>}
 */
const PARTS = {
  compose: [
    ["arguments", "paths.ts", "short-forms"],
    ["diagnostics"],
    ["model"],
    ["yaml"],
    ["canonical", "edits", "validate"],
    ["project"],
    ["loading"],
    ["node"],
    ["index.ts", "rule.ts", "wording.ts"],
  ],
  "compose/project": [
    ["catalogue.ts", "nodes.ts", "sources.ts", "stored-paths.ts"],
    ["diagnostics.ts", "key-values.ts", "mounts.ts", "print"],
    ["validate-part.ts", "variables"],
    ["images.ts", "merge", "options.ts"],
    ["files", "job.ts"],
    ["load.ts"],
    ["bundle"],
    ["index.ts"],
  ],
  cli: [
    ["layout.ts", "option-table.ts", "terminal.ts"],
    ["command.ts"],
    ["options.ts", "output.ts"],
    ["reports"],
    ["compose", "doctor", "emulator", "runs"],
    ["ci", "files"],
    ["compose-commands.ts", "service-commands.ts"],
    ["run.ts"],
    ["main.ts"],
  ],
  "cli/ci": [
    ["catalogue.ts", "exit-codes.ts", "git.ts", "init/init-files.ts", "table.ts"],
    ["options.ts"],
    ["report", "repository"],
    ["stack"],
    ["summary"],
    ["review"],
    ["preview"],
    ["apply", "drift"],
    ["destroy"],
    ["run-operation.ts"],
    ["all", "init"],
    ["ci.ts"],
  ],
  // What a file is, what happens to a key, how it happens; then the resource.
  "provider/files": [
    ["glob.ts", "manifest.ts", "record.ts", "writer.ts"],
    ["decide.ts", "source.ts"],
    ["sync.ts"],
    ["index.ts"],
    ["resource", "mounts"],
  ],
  // The marks of secrets and the names; the forms and the assignments of a text; all secrets of a text; the search for
  // them.
  "provider/secrets": [
    ["digest.ts", "mark.ts", "names.ts", "references.ts"],
    ["ordinary.ts", "random.ts"],
    ["assignments", "forms"],
    ["decoded-words.ts"],
    ["secrets-in.ts"],
    ["known-values.ts", "search"],
    ["index.ts"],
  ],
  "emulator/src/bucket": [
    ["credentials.ts", "errors.ts", "settings.ts"],
    ["signature"],
    ["protocol", "store"],
    ["bucket.ts"],
    ["operations"],
    ["server.ts"],
  ],
  "emulator/src/engines/docker": [
    ["names.ts", "wake.ts"],
    ["text"],
    ["daemon"],
    ["output"],
    ["run"],
    ["docker-engine.ts"],
    ["index.ts"],
  ],
  // What a run is, what one sees of it, what effects act through; then the verbs, and the wiring on top.
  "provider/lifecycle": [
    ["run"],
    ["inputs"],
    ["watch"],
    ["account"],
    ["process"],
    ["end"],
    ["wait"],
    ["check", "diff", "read"],
    ["create"],
    ["delete", "update"],
    ["runtime.ts"],
    ["index.ts"],
  ],
  // What a run is: what it gets, its inputs, its clocks; its record; its identity, and where the record points to.
  "provider/lifecycle/run": [
    ["error-catalogue.ts", "mounts.ts", "policy.ts"],
    ["uploads.ts"],
    ["inputs.ts"],
    ["clocks.ts", "wait-outcome.ts"],
    ["errors.ts", "record"],
    ["identity", "target.ts"],
  ],
};

/** The verbs of the lifecycle: one knows another by the file with its name alone. */
const VERBS = "(check|create|delete|diff|read|update)";

/**
 * What a layer may take from npm, in addition to Node itself. A layer without an entry may take everything that the
 * manifest names.
 */
const PACKAGES = {
  compose: ["yaml"],
  "provider/(schema|secrets|display|compose-rules|lifecycle)": [],
  "provider/policy": ["yaml"],
  "provider/reads": [],
  "provider/lyceum": ["undici"],
  "provider/storage": ["undici", "@aws-sdk/client-s3", "@smithy/core", "@smithy/types"],
  "sdk/policy": [],
  "provider/files": ["picomatch"],
  cli: ["picomatch", "yaml", "@pulumi/pulumi"],
};

/** The files that `compose/package.json` exports. */
const ENTRIES = Object.values(composePackage.exports).map((path) => `^compose/${path.slice(2).replace(".", "[.]")}$`);

/** Tests, and what only they use, may import whatever they test with. */
const OF_TESTS = "[.](test|property)[.]ts$|/testing/";

/** The rules of one folder's parts. */
function partRules(/** @type {string} */ folder, /** @type {readonly (readonly string[])[]} */ rows) {
  const parts = rows.flat();
  const end = "(?:/|$)";
  // Without the files of a part inside it.
  const filesOf = (/** @type {string} */ part) => {
    const inside = parts.filter((other) => other.startsWith(`${part}/`)).map((other) => `(?!${other}${end})`);
    return `^${folder}/${inside.join("")}${part}${end}`.replaceAll(".", "[.]");
  };
  const rule = (/** @type {string} */ part, /** @type {object} */ from, /** @type {string[]} */ allowed) => ({
    name: `part: ${folder}/${part}`,
    severity: /** @type {const} */ ("error"),
    comment: "Parts import one way, as the table PARTS of .dependency-cruiser.cjs has them.",
    from: { path: `^${folder}/`, pathNot: OF_TESTS, ...from },
    to: { path: `^${folder}/`, pathNot: allowed },
  });
  const ofParts = rows.flatMap((row, index) => {
    const below = rows.slice(0, index).flat();
    return row.map((part) => rule(part, { path: filesOf(part) }, [part, ...below].map(filesOf)));
  });
  return [...ofParts, rule("*", { pathNot: [OF_TESTS, ...parts.map(filesOf)] }, [])];
}

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      severity: "error",
      from: { pathNot: OF_TESTS },
      to: { circular: true },
    },
    ...Object.entries(LAYERS).map(([layer, allowed]) => ({
      name: `layer: ${layer}`,
      severity: /** @type {const} */ ("error"),
      comment:
        "Dependencies point one way: sdk → hosts → reads → lifecycle → lyceum, compose-rules, compose, schema; cli → reads, policy, lyceum, compose; hosts, reads → policy → compose-rules, schema.",
      from: { path: `^${layer}/`, pathNot: OF_TESTS },
      to: {
        path: "^(compose|provider|sdk|cli|emulator|tests|tools|bench)/",
        pathNot: [layer, ...allowed].map((path) => `^${path}${path.endsWith("$") ? "" : "/"}`),
      },
    })),
    ...Object.entries(PARTS).flatMap(([folder, rows]) => partRules(folder, rows)),
    {
      name: "door: a verb",
      severity: "error",
      comment: "A verb is entered by the file with its name, such as create/create.ts.",
      from: { path: `^provider/lifecycle/${VERBS}/`, pathNot: OF_TESTS },
      to: {
        path: `^provider/lifecycle/${VERBS}/`,
        pathNot: ["^provider/lifecycle/$1/", "^provider/lifecycle/(\\w+)/\\1[.]ts$"],
      },
    },
    {
      name: "entry: compose",
      severity: "error",
      comment: "The Compose reader is a package: only what its package.json exports is imported.",
      from: { path: "^(provider|sdk|cli|emulator)/", pathNot: OF_TESTS },
      to: { path: "^compose/", pathNot: ENTRIES },
    },
    {
      name: "compose: without Node",
      severity: "error",
      comment: "The Compose reader runs in browsers too. Only compose/node uses the modules of Node.",
      from: { path: "^compose/", pathNot: [OF_TESTS, "^compose/node/", "^compose/testing/"] },
      to: { dependencyTypes: ["core"] },
    },
    ...Object.entries(PACKAGES).map(([layer, allowed]) => ({
      name: `packages: ${layer}`,
      severity: /** @type {const} */ ("error"),
      from: { path: `^${layer}/`, pathNot: OF_TESTS },
      to: {
        dependencyTypes: ["npm", "npm-dev", "npm-peer", "npm-no-pkg", "npm-unknown"],
        ...(allowed.length === 0 ? {} : { pathNot: allowed.map((name) => `node_modules/${name}/`) }),
      },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // What is compiled from our own files is left out, but not the `dist` of a package, such as that of `yaml`.
    exclude: { path: "/node_modules/.*/node_modules/|^examples/|^(emulator/)?dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
    },
  },
};
// For the test that plants an import for each border. Not enumerable, because dependency-cruiser refuses keys that it
// does not know.
Object.defineProperties(module.exports, { LAYERS: { value: LAYERS }, PARTS: { value: PARTS } });
