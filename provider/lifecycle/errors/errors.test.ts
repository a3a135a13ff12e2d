import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIFECYCLE_CATALOGUE } from "./error-catalogue";
import { ago, LifecycleError, lifecycleErrors } from "./errors";

const page = readFileSync(join(__dirname, "../../../docs/reference/errors.md"), "utf8");

describe.each(Object.entries(LIFECYCLE_CATALOGUE))("%s", (code, { title, remedy }) => {
  test("is in the guide, with its title and its remedy", () => {
    expect(page).toContain(`### ${code}: ${title}\n`);
    expect(page).toContain(remedy);
  });
});

test("the guide names no code of this module that there is not", () => {
  const named = [...page.matchAll(/\bLYC3\d{3}\b/g)].map(([code]) => code);
  expect(named.filter((code) => code !== "LYC3999" && !Object.hasOwn(LIFECYCLE_CATALOGUE, code))).toEqual([]);
});

test("every failure starts with its code and names the run", () => {
  const failures: LifecycleError[] = [
    lifecycleErrors.deadline({
      id: "run-7",
      clock: "queue",
      clockSeconds: 5,
      status: "pending",
      statusAge: 1000,
      latest: "status",
    }),
    lifecycleErrors.lost("run-7", "running"),
    lifecycleErrors.notEnded({ id: "run-7", clockSeconds: 70, status: "running", statusAge: 2000 }),
    lifecycleErrors.unprovenDelete("run-7", "running", "urn:x"),
    lifecycleErrors.wrongTarget("run-7", "https://a", "https://b"),
    lifecycleErrors.credentialRefused("run-7", "401"),
    lifecycleErrors.unknownExisting("run-7"),
    lifecycleErrors.unknownId("run-7"),
    lifecycleErrors.waitFailed("run-7", "odd."),
  ];
  for (const failure of failures) {
    expect(failure).toBeInstanceOf(LifecycleError);
    expect(failure.message).toMatch(/^LYC3\d{3}: .*run-7.*\.$/);
  }
  expect(
    lifecycleErrors.unknownStart({ key: "abc1", cause: "timeout", possible: [], isFindable: false }).message,
  ).toMatch(/^LYC3004: .*abc1/);
  expect(lifecycleErrors.engineGone().message).toMatch(/^LYC3008: /);
});

test.each([
  [-5, "0 s ago"],
  [40_000, "40 s ago"],
  [119_000, "119 s ago"],
  [180_000, "3 min ago"],
  [7_300_000, "2 h ago"],
])("%d ms is %s", (milliseconds, text) => expect(ago(milliseconds)).toBe(text));
