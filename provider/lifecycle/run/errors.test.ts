import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createExecution } from "../create/create";
import { createWorld, someInputs } from "../testing/world";
import { ARGUMENT_ERROR, LIFECYCLE_CATALOGUE } from "./error-catalogue";
import { ago, lifecycleErrors } from "./errors";

const page = readFileSync(join(__dirname, "../../../docs/reference/errors.md"), "utf8");

test.each([...Object.entries(LIFECYCLE_CATALOGUE), [ARGUMENT_ERROR.code, ARGUMENT_ERROR] as const])(
  "%s is in the guide, with its title and its remedy",
  (code, { title, remedy }) => {
    expect(page).toContain(`### ${code}: ${title}\n`);
    expect(page).toContain(remedy);
  },
);

test("each code of this module in the guide exists", () => {
  const named = [...page.matchAll(/\bLYC3\d{3}\b/g)].map(([code]) => code);
  expect(named.filter((code) => code !== "LYC3999" && !Object.hasOwn(LIFECYCLE_CATALOGUE, code))).toEqual([]);
});

test.each([
  ["status", "The run continues and its id is saved."],
  ["missing", "Lyceum now answers 404 for it, so its current status is unknown. Its id is saved."],
  ["unreachable", "Lyceum has not shown it since, so its current status is unknown. Its id is saved."],
] as const)("a clock that runs out claims no more of the run than was seen: %s", (latest, claim) => {
  const run = { id: "run-7", clock: "queue", clockSeconds: 5, status: "pending", statusAge: 1000, latest } as const;
  expect(lifecycleErrors.deadline(run).message).toContain(`Its last status was pending, 1 s ago. ${claim}`);
});

test("a lookup that gets no answer ends with the total clock, and nothing is started", async () => {
  const { context, service } = createWorld();
  service.behaviour.hangs = true;
  await expect(createExecution(context, someInputs({ clocks: { total: 5 } }))).rejects.toThrow(/^LYC3013: .*\(5 s\)/);
  expect(service.runs).toEqual([]);
});

test.each([
  [-5, "0 s ago"],
  [40_000, "40 s ago"],
  [119_000, "119 s ago"],
  [180_000, "3 min ago"],
  [7_300_000, "2 h ago"],
])("%d ms is shown as %s", (milliseconds, text) => expect(ago(milliseconds)).toBe(text));
