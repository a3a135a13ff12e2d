import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { abortsIn, startsIn } from "../harness/golden/counts";
import { start } from "../harness/processes/run";
import { Consumer, type Kind, place } from "./consumer";
import { Installation, type Installer, type Toolchain } from "./installation";
import { type Obtained, obtainNode, obtainPnpm, packageRegistry } from "./obtain";
import { type ConsumerWorkspace, pack, prepareWorkspace } from "./workspace";

/*
 * Installs the packed package into empty projects of every kind, and runs them with the real CLI against an emulator.
 * Versions are pinned, so that a new version of another package does not fail the matrix.
 */
const OLDEST_SDK = "3.248.0";
const NEWEST_SDK = "3.276.0";
const CURRENT_NODE = "26.12.1";
const TYPESCRIPT = ["typescript@5.9.3", "@types/node@20.19.43"];
const PNPM = "12.21.0";

const registry = packageRegistry();
const currentNode = registry.kind === "have" ? obtainNode(CURRENT_NODE) : registry;
const pnpm = registry.kind === "have" ? obtainPnpm(PNPM) : registry;

let workspace: ConsumerWorkspace;
beforeAll(async () => {
  workspace = await prepareWorkspace();
});
afterAll(async () => workspace.remove());

/** A test that needs something on the machine. If it is missing, the test is skipped, and its name says why. */
function cell<T>(title: string, needs: Obtained<T>, act: (value: T) => Promise<void>): void {
  if (needs.kind === "missing") test.skip(`${title} (left out: ${needs.reason})`, () => undefined);
  else test(title, () => act(needs.value));
}

const installations = new Map<string, Promise<Installation>>();

/** One installation for all kinds of programs that need the same packages. */
function installed(name: string, toolchain: Toolchain, packages: readonly string[], installer?: Installer) {
  const key = `${name}-${toolchain.sdk}`;
  const made = installations.get(key) ?? Installation.make(workspace, key, toolchain, packages, installer);
  installations.set(key, made);
  return made;
}

/** The packages that these programs need in addition to the newest SDK. */
const PACKAGES = { plain: [], typescript: TYPESCRIPT, "ts-node": [...TYPESCRIPT, "ts-node@10.9.2"] };

/** One installation for all versions of Node. Each row of the matrix adds its packages, in order. */
async function newest(node: string, packages: readonly string[] = PACKAGES.plain): Promise<Installation> {
  const installation = (await installed("newest", { sdk: NEWEST_SDK, node }, [workspace.tarball])).on(node);
  const missing = packages.filter((name) => {
    const at = name.lastIndexOf("@");
    return installation.versionOf(name.slice(0, at)) !== name.slice(at + 1);
  });
  if (missing.length > 0) await installation.add(workspace, missing);
  return installation;
}

/**
 * Tests a kind of program with the newest SDK on a new Node. The other tests use the oldest SDK: `tests/scenarios`,
 * `tests/automation` and `first-run`.
 */
function lives(
  title: string,
  kind: Kind,
  packages: keyof typeof PACKAGES = "plain",
  more: (consumer: Consumer, outputs: Readonly<Record<string, unknown>>) => Promise<void> = async () => undefined,
): void {
  cell(`${title}, SDK ${NEWEST_SDK} on Node ${CURRENT_NODE}`, currentNode, async (node) => {
    const installation = await newest(node, PACKAGES[packages]);
    const consumer = await Consumer.settle(workspace, installation, kind, `${kind}-newest`);
    // Whether anything changed depends only on the host. The kind of program makes no difference.
    const outputs = await consumer.live({ again: kind === "commonjs" || kind === "plugin" });
    // The versions are those of the row: Node, the SDK, and the package from the tarball.
    expect(outputs).toMatchObject({ node: `v${CURRENT_NODE}`, sameClass: true });
    expect(installation.versionOf("@pulumi/pulumi")).toBe(NEWEST_SDK);
    await more(consumer, outputs);
  });
}

/** The other lines of Node with support. npm's packages of Node for Apple's processors do not have these versions. */
const OTHER_NODES = ["22.23.5", "24.22.3"];

describe.each(OTHER_NODES)("Node %s", (version) => {
  const other = registry.kind === "have" ? obtainNode(version) : registry;
  for (const kind of ["commonjs", "plugin"] as const) {
    cell(`${kind}, SDK ${NEWEST_SDK}`, other, async (node) => {
      const installation = await newest(node);
      const consumer = await Consumer.settle(workspace, installation, kind, `${kind}-${version.replaceAll(".", "-")}`);
      expect(await consumer.live({ again: true })).toMatchObject({ node: `v${version}`, sameClass: true });
    });
  }
});

lives("CommonJS", "commonjs");
lives("CommonJS through the provider plugin", "plugin", "plain", async (_consumer, { urn }) => {
  expect(urn).toContain("::lyceum:index:ComposeExecution::");
});
lives("ES modules, by name and by namespace", "esm");
lives(
  "TypeScript 3.8 that Pulumi bundles, which also refuses a wrong argument",
  "typescript-3",
  "plain",
  async (consumer) => {
    expect(consumer.installation.versionOf("typescript")).toBeUndefined();
    await refusesWrongArgument(consumer);
  },
);
cell(
  "Automation API: two ups of an inline program, two stacks after one another and at once",
  currentNode,
  async (node) => automation(await newest(node)),
);

lives("TypeScript 5, which also refuses a wrong argument", "typescript-5", "typescript", refusesWrongArgument);
lives("TypeScript 5 as ES modules, by ts-node 10", "typescript-5-esm", "ts-node");

describe(`packages between the program and this one, SDK ${OLDEST_SDK}`, () => {
  const toolchain = { sdk: OLDEST_SDK, node: process.execPath };

  cell("a component's dependency, hoisted by npm", registry, async () => {
    const installation = await installed("hoisted", toolchain, [await packedComponent()]);
    await (await Consumer.settle(workspace, installation, "component", "hoisted")).live();
  });

  cell(
    "a component's dependency that is not hoisted: a preview reports it, and the remedy works",
    registry,
    async () => {
      const installation = await installed("nested", toolchain, [await packedComponent()], { kind: "nested npm" });
      await untilInstalled(installation, "nested");
    },
  );

  cell("pnpm: a component's dependency: a preview reports it, and the remedy works", pnpm, async (script) => {
    const packages = [await packedComponent()];
    const installation = await installed("pnpm-component", toolchain, packages, { kind: "pnpm", script });
    await untilInstalled(installation, "pnpm-component");
  });
});

async function refusesWrongArgument(consumer: Consumer): Promise<void> {
  const { installation } = consumer;
  installation.write("index.ts", installation.read("index.ts").replace('"running"', '"done"'));
  const outputOf = await consumer.refusedAtPreview();
  expect(outputOf).toContain("TS2322");
  expect(outputOf).toContain('"done"');
}

/**
 * The engine's provider process searches for the package only from the program's directory. If the constructor knows
 * this directory, it reports a missing package. Otherwise, for example in a component with its own SDK, the provider
 * text reports it, without a version.
 */
async function untilInstalled(installation: Installation, project: string): Promise<void> {
  expect(installation.versionOf("pulumi-lyceum")).toBeUndefined();
  const consumer = await Consumer.settle(workspace, installation, "component", project);
  const outputOf = await consumer.refusedAtPreview();
  expect(outputOf).toMatch(/LYC4001: .* npm install pulumi-lyceum/);
  expect(outputOf).not.toMatch(/^\s+at /m);
  await installation.add(workspace, [workspace.tarball]);
  await consumer.live();
}

/** The component as it would be published, except that it depends on the version that is not published yet. */
async function packedComponent(): Promise<string> {
  const folder = join(workspace.base, "training-component");
  cpSync(join(__dirname, "component", "package"), folder, { recursive: true });
  const path = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...manifest, dependencies: { "pulumi-lyceum": `file:${workspace.tarball}` } }));
  return pack(folder, workspace.base);
}

interface ShownLine {
  readonly step: string;
  readonly changes: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

async function automation(installation: Installation): Promise<void> {
  const { control } = workspace.emulator;
  const { node } = installation.toolchain;
  place(installation, "automation", "automation-newest");
  const lastIndex = (await control.requests()).at(-1)?.index ?? -1;
  const ended = await start(node, ["index.js"], {
    cwd: installation.folder,
    env: workspace.environment(node),
  }).ended;
  if (ended.exitCode !== 0) throw new Error(`${ended.stdout}\n${ended.stderr}`);
  const printed = ended.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as ShownLine);
  // Each stack has three resources: the stack itself, its scope, and the run.
  expect(printed.map(({ step, changes }) => [step, changes])).toEqual([
    ["first up", { create: 3 }],
    ["second up", { create: 3 }],
    ["first again", { same: 3 }],
    ["both at once", { same: 3 }],
    ["first destroy", { delete: 3 }],
    ["second destroy", { delete: 3 }],
  ]);
  const requests = (await control.requests()).filter(({ index }) => index > lastIndex);
  expect([startsIn(requests), abortsIn(requests)]).toEqual([2, 2]);
  const ids = ["first up", "second up"].map((step) => printed.find((one) => one.step === step)?.outputs.executionId);
  const runs = (await control.executions()).filter(({ executionId }) => ids.includes(executionId));
  expect(runs.map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  // Start keys depend on the stack's scope. Equal keys would mean that both stacks have the same scope.
  expect(new Set(runs.map(({ fileName }) => fileName)).size).toBe(2);
}
