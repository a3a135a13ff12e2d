import type { Policy } from "../../../provider/policy";
import { fakeSurface } from "../../testing/surface";
import type { EngineEvent } from "../stack/automation";
import { NO_ACCOUNT } from "../testing/account";
import { observedOf, step, urnOf } from "../testing/events";
import { EXECUTION_INPUTS as inputs, previewed } from "../testing/previewed";
import { underPolicy as underPolicyWith } from "./policy";
import { type PreviewData, previewData } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

const surface = fakeSurface({});
const underPolicy = (data: PreviewData, policy: Policy, account = NO_ACCOUNT) =>
  underPolicyWith(data, policy, "/project", surface, account, "preview");

test("runs that the update aborts do not count as active, and replacing a protected resource is refused", () => {
  const old = { executionId: "run-1", status: "running", onDelete: "abort" };
  const data = previewed(step("replace", "train", { new: inputs, old }), step("delete", "db", { type: "aws:rds/i:I" }));
  const account = { ...NO_ACCOUNT, active: [{ executionId: "run-1" }, { executionId: "run-2" }] };
  const under = (policy: Policy) => underPolicy(data, policy, account).violations.map(({ message }) => message);
  expect(under({ parallelRuns: 2 })).toEqual([]);
  expect(under({ parallelRuns: 1 })).toEqual([expect.stringContaining("1 would start next to 1 of the account")]);
  expect(under({ protected: ["train", "aws:*/*"] })).toEqual([
    "train: it would be replaced, and train protects it",
    "db: it would be deleted, and aws:*/* protects it",
  ]);
});

test("a run with a provider of the program may be in another account, whose prices and runs nobody knows", () => {
  const account = { ...NO_ACCOUNT, prices: new Map([["cpu", 1]]), active: [], month: [] };
  const type = "pulumi:providers:lyceum";
  const under = (op: string, settings: Record<string, unknown> | undefined, policy: Policy) => {
    const provider = `urn:pulumi:prod::training::${type}::eu::1b2c`;
    const events = [
      ...(settings === undefined ? [] : [step("same", "eu", { type, old: {}, new: settings })]),
      step(op, "train", { new: inputs, old: { executionId: "run-1" }, provider }),
    ];
    const about = { project: "p", stack: "prod" };
    const data = previewData(about, { kind: "succeeded", observed: observedOf(events), output: [] }, account);
    return underPolicy(data, policy, account).violations.map(({ code }) => code);
  };
  const limits = { maxCost: 9, maxCostPerRun: 9, maxCostPerMonth: 9, parallelRuns: 9 };
  const all = ["LYC5107", "LYC5109", "LYC5110", "LYC5112"];
  expect(under("create", { apiKey: "[secret]" }, limits)).toEqual(all);
  expect(under("create", { baseUrl: "https://other.example" }, limits)).toEqual(all);
  expect(under("create", undefined, limits)).toEqual(all);
  expect(under("create", { version: "1.0.0" }, limits)).toEqual([]);
  // No run starts, or no rule is about the account.
  expect(under("same", { apiKey: "[secret]" }, limits)).toEqual([]);
  expect(under("create", { apiKey: "[secret]" }, { maxTimeout: 60, executionTypes: ["cpu"] })).toEqual([]);
});

test("an alias does not give a protected resource a name that nothing protects", () => {
  const renamed = (op: string, name: string, from: string) => {
    const event = step(op, name, { type: "aws:rds/i:I" });
    const { metadata } = event.resourcePreEvent as NonNullable<EngineEvent["resourcePreEvent"]>;
    const old = { ...metadata, urn: urnOf(from, "aws:rds/i:I") } as unknown as typeof metadata.old;
    return { ...event, resourcePreEvent: { metadata: { ...metadata, old } } } as EngineEvent;
  };
  const under = (patterns: readonly string[], ...events: readonly EngineEvent[]) =>
    underPolicy(previewed(...events), { protected: patterns }).violations.map(({ message }) => message);
  expect(under(["db-*"], renamed("same", "store", "db-main"))).toEqual([
    "db-main: it would be renamed, and db-* protects it",
  ]);
  expect(under(["db-*"], renamed("same", "db-eu", "db-main"), renamed("update", "a", "b"))).toEqual([]);
  expect(under(["aws:*/*"], renamed("same", "store", "db-main"))).toEqual([]);
  expect(under(["db-main"], renamed("replace", "db-main-2", "db-main"))).toEqual([
    "db-main: it would be replaced, and db-main protects it",
    "db-main: it would be renamed, and db-main protects it",
  ]);
});

test("a provider is protected like a resource, also from a change, because it selects the account of its resources", () => {
  const provider = (op: string, name: string, changed: readonly string[] = ["region"]) =>
    step(op, name, { type: "pulumi:providers:aws", old: {}, diffs: [...changed] });
  const under = (pattern: string, ...events: readonly EngineEvent[]) =>
    underPolicy(previewed(...events), { protected: [pattern] }).violations.map(({ message }) => message);
  for (const pattern of ["eu", "pulumi:providers:aws"]) {
    expect(under(pattern, provider("update", "eu"))).toEqual([`eu: it would be changed, and ${pattern} protects it`]);
    expect(under(pattern, provider("replace", "eu"))).toEqual([`eu: it would be replaced, and ${pattern} protects it`]);
    expect(under(pattern, provider("delete", "eu"))).toEqual([`eu: it would be deleted, and ${pattern} protects it`]);
    expect(under(pattern, provider("update", "eu", ["version"]), provider("same", "eu"))).toEqual([]);
  }
  // Pulumi replaces a default provider by another one for each new version of its plugin.
  expect(
    under("pulumi:providers:aws", provider("delete", "default_7_0_0"), provider("create", "default_7_1_0")),
  ).toEqual([]);
});

test("an update after an unclear start counts as a start, and a replacement that adopts a run is a replacement", () => {
  const unclear = { executionId: "", startKey: "key-1" };
  const under = (
    policy: Policy,
    next: Record<string, unknown>,
    op = "update",
    old: Record<string, unknown> = unclear,
  ) =>
    underPolicy(previewed(step(op, "train", { new: next, old })), policy, {
      ...NO_ACCOUNT,
      active: [{ executionId: "run-2" }],
    });
  const codes = ({ violations }: PreviewData) => violations.map(({ code }) => code);
  const start = under({ maxCost: 1, maxCostPerRun: 1, parallelRuns: 1 }, inputs);
  expect(codes(start)).toEqual(["LYC5107", "LYC5109", "LYC5112"]);
  expect(previewMarkdown(start)).toContain("| may start a run | train |");
  const adopted = { ...inputs, existingExecutionId: "run-1" };
  expect(codes(under({ parallelRuns: 1 }, adopted))).toEqual([]);
  expect(codes(under({ parallelRuns: 1 }, inputs, "update", { executionId: "run-1", startKey: "key-1" }))).toEqual([]);
  const ended = { executionId: "run-0", status: "completed", returnCode: 0, endedAt: "2027-01-01T00:00:00Z" };
  const replaced = under({ protected: ["train"] }, adopted, "replace", ended);
  expect(replaced.executions.map(({ action }) => action)).toEqual(["adopt"]);
  expect(replaced.violations.map(({ message }) => message)).toEqual([
    "train: it would be replaced, and train protects it",
  ]);
});
