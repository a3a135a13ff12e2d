import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GUARANTEES, isRefusedForGood, nameOfCall, type OptionalCall } from "./capability";
import { LyceumError } from "./errors";

function errorWith(status: number | undefined, code: "LYC1102" | "LYC1109" | "LYC1111" | "LYC1203" = "LYC1102") {
  return new LyceumError({ code, message: `${status}`, status });
}

test.each([
  ...[400, 401, 403, 404, 405, 406, 410, 415, 422, 501].map((status) => errorWith(status)),
  errorWith(307, "LYC1109"),
  errorWith(200, "LYC1111"),
])("is a lasting refusal: %s", (error) => expect(isRefusedForGood(error)).toBe(true));

test.each([
  ...[402, 408, 409, 425, 429, 499, 500, 502, 503, 504, 418, undefined].map((status) => errorWith(status)),
  errorWith(undefined, "LYC1203"),
  new TypeError("x"),
  undefined,
])("is not a lasting refusal: %s", (error) => expect(isRefusedForGood(error)).toBe(false));

test("docs/explanation/lifecycle.md has the table of calls and guarantees", () => {
  const page = readFileSync(join(__dirname, "../../docs/explanation/lifecycle.md"), "utf8");
  const rows = Object.entries(GUARANTEES).map(
    ([call, { gives, without }]) => `| \`${nameOfCall(call as OptionalCall)}\` | ${gives} | ${without} |`,
  );
  const table = ["| call | adds | without it |", "|---|---|---|", ...rows].join("\n");
  expect(page).toContain(`<!-- table: GUARANTEES -->\n${table}\n<!-- end -->`);
});
