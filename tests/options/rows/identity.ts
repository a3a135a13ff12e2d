import { flag, NO_COMPONENT, NO_PROVIDER, NOT_IN_YAML, provider, type Row, removed, run, script } from "./row";

const OLD_HOST = "not tested, because the tests' language host for Node.js is too old";
const COMPLETED = { waitFor: "completed" };
const BASE = { composeFileCode: script({}) };

/** Options about which resource it is, who owns it, what it waits for, and what happens at its end. */
export const IDENTITY: readonly Row[] = [
  {
    option: 'aliases: [{ name: "earlier" }]',
    effect: "after a rename, the run continues",
    before: [run("earlier")],
    after: [run("later", {}, { aliases: [{ name: "earlier" }] })],
    works: (facts) =>
      facts.kept("earlier", "later") && facts.resource("later")?.id === facts.resourceBefore("earlier")?.id,
  },
  {
    option: "`parent`, with `aliases: [{ noParent: true }]`",
    effect: "after a move to a new parent, the run continues",
    before: [run("moved")],
    after: [run("moved", {}, { parent: "seed", aliases: [{ noParent: true }] })],
    works: (facts) => facts.kept("moved") && facts.resource("moved")?.urn.includes("$") === true,
  },
  {
    option: "`aliases`, and changed `triggers`",
    effect: "one new run starts, and the old run ends",
    before: [run("old-name", { triggers: [1] })],
    after: [run("new-name", { triggers: [2] }, { aliases: [{ name: "old-name" }] })],
    works: (facts) =>
      facts.did("new-name") === "1 started, 0 aborted" && facts.did("old-name") === "0 started, 1 aborted",
  },
  {
    option: "`parent`, a component",
    effect: "the run is a child of the component",
    before: [{ name: "team", kind: "component" }, run("member", {}, { parent: "team" })],
    works: (facts) => facts.kept("member") && facts.resource("member")?.urn.includes("story:Team$") === true,
    absent: NO_COMPONENT,
  },
  {
    option: "dependsOn",
    effect: "the run starts after the run that the option names",
    before: [],
    after: [run("waited"), run("waiting", {}, { dependsOn: ["waited"] })],
    works: (facts) => facts.inOrder("start waited", "start waiting"),
  },
  {
    option: 'additionalSecretOutputs: ["status"]',
    effect: "the output is encrypted in the state",
    before: [run("secret-output", {}, { additionalSecretOutputs: ["status"] })],
    works: (facts) => typeof facts.resource("secret-output")?.outputs?.status === "object",
  },
  {
    option: '`customTimeouts: { create }`, with `waitFor: "completed"`',
    effect: "the wait for the end of the run fails after this time",
    before: [],
    after: [run("slow-create", COMPLETED, { customTimeouts: { create: "2s" } })],
    group: "failing",
    works: (facts) => facts.failedOf("slow-create") && facts.did("slow-create") === "1 started, 0 aborted",
  },
  {
    option: '`customTimeouts: { update }`, with `waitFor: "completed"`',
    effect: "an update that waits for the end of the run fails after this time",
    before: [run("slow-update", {}, { customTimeouts: { update: "2s" } })],
    after: [run("slow-update", COMPLETED, { customTimeouts: { update: "2s" } })],
    group: "failing",
    works: (facts) => facts.failedOf("slow-update") && facts.did("slow-update") === "0 started, 0 aborted",
  },
  {
    option: "customTimeouts: { delete }",
    effect: "the wait for the end of an aborted run fails after this time",
    ...removed(
      "slow-delete",
      { customTimeouts: { delete: "2s" } },
      { composeFileCode: script({ stopTakes: 600 }), gracefulTimeout: 300 },
    ),
    group: "failing",
    works: (facts) => facts.failedOf("slow-delete") && facts.did("slow-delete") === "0 started, 1 aborted",
  },
  {
    option: "deletedWith",
    effect: "if the resource that the option names is deleted too, the run leaves the state and continues",
    before: [run("owner", BASE), run("owned", BASE, { deletedWith: "owner" })],
    after: [],
    works: (facts) =>
      facts.did("owner") === "0 started, 1 aborted" && facts.kept("owned") && facts.resource("owned") === undefined,
  },
  {
    option: "retainOnDelete: true",
    effect: "a run that is removed from the program continues",
    ...removed("retained", { retainOnDelete: true }),
    works: (facts) => facts.kept("retained") && facts.status("retained") === "running",
  },
  {
    option: "`retainOnDelete: true`, and changed `triggers`",
    effect: "a new run starts, and the old run continues",
    before: [run("retained-old", { triggers: [1] }, { retainOnDelete: true })],
    after: [run("retained-old", { triggers: [2] }, { retainOnDelete: true })],
    works: (facts) => facts.did("retained-old") === "1 started, 0 aborted",
  },
  {
    option: "`retainOnDelete: true` and `deleteBeforeReplace: true`, with `--replace`",
    effect: "a new run starts, and the old run continues",
    before: [run("retained-forced", {}, { retainOnDelete: true, deleteBeforeReplace: true })],
    group: "forced",
    flags: flag("--replace", "retained-forced"),
    works: (facts) => facts.did("retained-forced") === "1 started, 0 aborted",
    instead: "the argument `onDelete`",
  },
  {
    option: "protect: true",
    effect: "the run cannot be removed from the program",
    ...removed("protected", { protect: true }),
    group: "failing",
    works: (facts) => facts.failedOf("protected") && facts.did("protected") === "0 started, 0 aborted",
  },
  {
    option: "`protect: true`, and changed `triggers`",
    effect: "the run cannot be replaced",
    before: [run("protected-change", { triggers: [1] }, { protect: true })],
    after: [run("protected-change", { triggers: [2] }, { protect: true })],
    group: "alone",
    works: (facts) => facts.failed && facts.did("protected-change") === "0 started, 0 aborted",
  },
  {
    option: "`protect: true` and `deleteBeforeReplace: true`, with `--replace`",
    effect: "the run cannot be replaced",
    before: [run("protected-forced", {}, { protect: true, deleteBeforeReplace: true })],
    group: "alone",
    flags: flag("--replace", "protected-forced"),
    works: (facts) => facts.failed && facts.did("protected-forced") === "0 started, 0 aborted",
  },
  {
    option: '`import`, with the arguments `existingExecutionId` and `onDelete: "leave"`',
    effect: "the state gets the run with this id, and no run starts",
    before: [],
    after: [
      run(
        "imported",
        { existingExecutionId: "{run:seed}", onDelete: "leave", timeout: undefined },
        { import: "{run:seed}" },
      ),
    ],
    group: "alone",
    works: (facts) => facts.kept("imported") && facts.resource("imported")?.id !== undefined,
  },
  {
    option: "`ComposeExecution.get`, in YAML `get`",
    effect: "the program reads the run, and does not manage it",
    before: [{ name: "read-only", id: "{run:seed}" }],
    works: (facts) =>
      facts.property("read-only", "external") === true && facts.resource("read-only")?.outputs?.status === "running",
  },
  {
    option: "provider",
    effect: "the run uses the settings of this provider",
    before: [provider("other"), run("of-provider", {}, { provider: "other" })],
    works: (facts) => String(facts.property("of-provider", "provider")).includes("::other::"),
    absent: NO_PROVIDER,
  },
  {
    option: "`provider`, a provider of the plugin, for a resource of the dynamic provider",
    effect: "the run uses the settings of this provider",
    before: [],
    after: [provider("foreign"), run("of-foreign", {}, { provider: "foreign" })],
    group: "alone",
    works: (facts) => String(facts.property("of-foreign", "provider")).includes("::foreign::"),
    absent: Object.fromEntries(
      ["node", "yaml", "python"].map((way) => [way, "this row is about the dynamic provider only"]),
    ),
  },
  {
    option: 'version: "0.1.0"',
    effect: "the plugin of this version manages the run",
    before: [run("versioned", {}, { version: "0.1.0" })],
    works: (facts) => String(facts.property("versioned", "provider")).includes("0_1_0"),
    absent: { dynamic: "the option chooses a version of the plugin, which the dynamic provider does not use" },
  },
  {
    option: "pluginDownloadURL",
    effect: "the state records the address, from which Pulumi downloads a missing plugin",
    before: [run("downloaded", {}, { pluginDownloadURL: "github://api.github.com/pulumi-lyceum/pulumi-lyceum" })],
    works: (facts) => String(facts.property("downloaded", "provider")).includes("github"),
    absent: { dynamic: "the option is about the download of the plugin, which the dynamic provider does not use" },
  },
  {
    option: 'hideDiffs: ["triggers"]',
    effect: "the state records the option, with which Pulumi hides the difference of `triggers` in its output",
    before: [run("hidden", { triggers: [1] }, { hideDiffs: ["triggers"] })],
    after: [run("hidden", { triggers: [2] }, { hideDiffs: ["triggers"] })],
    works: (facts) =>
      facts.replaced("hidden") && JSON.stringify(facts.property("hidden", "hideDiff")) === '["triggers"]',
  },
  {
    option: "hooks: { afterCreate }",
    effect: "the hook runs after the start",
    before: [],
    after: [run("hooked", {}, { hooks: { afterCreate: "the hook has run" } })],
    works: (facts) => facts.did("hooked") === "1 started, 0 aborted" && facts.output.includes("the hook has run"),
    absent: { ...NOT_IN_YAML, dynamic: OLD_HOST, node: OLD_HOST },
  },
];
