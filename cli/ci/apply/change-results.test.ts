import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printReview, type Review } from "../../../provider/policy/reviewed";
import { reviewOf } from "../review/review-of";
import type { EngineEvent } from "../stack/automation";
import { diagnostic, ended, observedOf, step, TYPE, urnOf } from "../testing/events";
import { validReport } from "../testing/reports";
import { fakeSession } from "../testing/session";
import { apply } from "./change";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-apply-results-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inputs = { executionType: "cpu", timeout: 60, composeFileCode: "services: { web: { image: web } }" };
const CREATE = step("create", "job", { new: inputs });
const DONE = ended("create", "job", TYPE);
const recorded = (status: string, waitFor = "completed") => ({
  resources: [
    { urn: urnOf("job"), type: TYPE, id: "run-1", inputs: { waitFor }, outputs: { executionId: "run-1", status } },
  ],
});

/** Runs an apply. The preview and the update send these events, and the state after it has this deployment. */
async function applied(
  {
    previewed = [CREATE],
    updated = [CREATE, DONE],
    deployment = recorded("running", "running"),
  }: {
    readonly previewed?: readonly EngineEvent[];
    readonly updated?: readonly EngineEvent[];
    readonly deployment?: object;
  },
  { review, policy }: { readonly review?: Review; readonly policy?: string } = {},
) {
  const files = {
    ...(review === undefined ? {} : { "review.json": printReview(review) }),
    ...(policy === undefined ? {} : { "lyceum-policy.yaml": policy }),
  };
  const variables: (readonly string[])[] = [];
  const json = join(folder, "data.json");
  const fake = fakeSession(
    {
      preview: ({ onEvent }) => previewed.forEach(onEvent),
      up: ({ onEvent }) => {
        variables.push(Object.keys(fake.envVars).sort());
        updated.forEach(onEvent);
      },
      deployment,
    },
    {
      operation: "apply",
      json,
      annotates: true,
      ...(review === undefined ? {} : { reviewed: "/project/review.json" }),
    },
    files,
  );
  const code = await apply(fake.session);
  const { result } = validReport(readFileSync(json, "utf8"), code);
  const { output, complaints } = fake.surface;
  return { code, result, ran: fake.ran, variables, output: output.join("\n"), complaints: complaints.join("\n") };
}

const BOTH = { ran: ["preview", "up"], output: "" };

test.each([
  ["a run that is active", recorded("running", "running"), { code: 0, result: "succeeded", complaints: "" }],
  ["an awaited run that succeeded", recorded("completed"), { code: 0, result: "succeeded", complaints: "" }],
  [
    "an awaited run that failed",
    recorded("failed"),
    {
      code: 1,
      result: "failed",
      complaints: "job: run run-1 is failed, and it is awaited until it has completed with success.",
    },
  ],
  [
    "an operation of a killed command that stays",
    { resources: [], pending_operations: [{ type: "deleting", resource: { urn: urnOf("job"), type: TYPE } }] },
    {
      code: 1,
      result: "failed",
      complaints: expect.stringMatching(
        /^LYC5004: A killed command left operations, .*: deleting urn:\S+::job \(Pulumi/,
      ),
    },
  ],
])("an apply reports %s", async (_what, deployment, expected) => {
  expect(await applied({ deployment })).toEqual({ ...BOTH, variables: [[]], ...expected });
});

test.each([
  ["an error of a Compose document", "error", expect.stringMatching(/^::error file=compose\.yaml,line=4/)],
  ["a warning, which the preview has already annotated", "warning", ""],
])("annotations of an update: %s", async (_what, severity, output) => {
  const text = `compose.yaml:4:5 ${severity} LYC2602: the value of TOKEN looks like a secret\n  Pass it.`;
  expect(await applied({ updated: [CREATE, DONE, diagnostic("job", severity, text)] })).toMatchObject({ output });
});

const review = (...events: readonly EngineEvent[]) =>
  reviewOf({ project: "training", stack: "prod" }, observedOf(events), "salt");
const DATABASE = step("create", "db", { type: "acme:index:Database", new: { size: 1 } });

test("within a review, the provider gets the plan and the rules about images", async () => {
  const found = await applied({}, { review: review(CREATE), policy: "maxTimeout: 600\n" });
  expect(found).toMatchObject({ ...BOTH, code: 0, result: "succeeded" });
  expect(found.variables).toEqual([["LYCEUM_IMAGE_RULES", "LYCEUM_REVIEWED_PLAN"]]);
});

test.each([
  [
    "in its plan, which changes nothing",
    { previewed: [CREATE, DATABASE] },
    ["preview"],
    /^LYC5011: .*\n\* db: action: reviewed: nothing; planned now: create$/,
  ],
  [
    "in the update",
    { updated: [CREATE, DONE, DATABASE, ended("create", "db", "acme:index:Database")] },
    ["preview", "up"],
    /^LYC5013: .*\n\* db: action: reviewed: nothing; done: create$/,
  ],
])("an apply that goes beyond its review %s ends with 4", async (_what, events, ran, complaints) => {
  const found = await applied(events, { review: review(CREATE) });
  expect(found).toMatchObject({ code: 4, result: "beyond review", ran });
  expect(found.complaints).toMatch(complaints);
});

test("a plan that the policy refuses is not applied, and a warning of the policy is only printed", async () => {
  const refused = await applied({}, { policy: "maxTimeout: 30\n" });
  expect(refused).toMatchObject({ code: 1, result: "refused", ran: ["preview"] });
  const warned = await applied({}, { policy: "warn: { maxTimeout: 30 }\n" });
  expect(warned).toMatchObject({ code: 0, ran: ["preview", "up"] });
  for (const { complaints } of [refused, warned]) expect(complaints).toMatch(/LYC5101: job: /);
  expect([refused.output === "", warned.output]).toEqual([false, ""]);
});
