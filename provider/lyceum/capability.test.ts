import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capabilityOf, GUARANTEES, nameOfCall, type OptionalCall } from "./capability";
import { LyceumError } from "./errors";

function errorWith(status: number | undefined, code: "LYC1102" | "LYC1109" | "LYC1111" | "LYC1203" = "LYC1102") {
  return new LyceumError({ code, message: "m", status });
}

describe("what an error means for its call", () => {
  test.each([400, 401, 403, 404, 405, 406, 410, 415, 422, 501])("%i is a refusal for good", (status) =>
    expect(capabilityOf(errorWith(status))).toBe("refused"),
  );

  test.each([402, 408, 409, 425, 429, 499, 500, 502, 503, 504, 418, undefined])("%p decides nothing", (status) =>
    expect(capabilityOf(errorWith(status))).toBe("unclear"),
  );

  test("a redirect, and an answer in a shape that is not known, are refusals", () => {
    expect(capabilityOf(errorWith(307, "LYC1109"))).toBe("refused");
    expect(capabilityOf(errorWith(200, "LYC1111"))).toBe("refused");
  });

  test("a time-out and anything that is not an answer decide nothing", () => {
    expect(capabilityOf(errorWith(undefined, "LYC1203"))).toBe("unclear");
    expect(capabilityOf(new TypeError("x"))).toBe("unclear");
    expect(capabilityOf(undefined)).toBe("unclear");
  });
});

test("the documentation has the table of calls and guarantees", () => {
  const page = readFileSync(join(__dirname, "../../docs/explanation/lifecycle.md"), "utf8");
  const rows = Object.entries(GUARANTEES).map(
    ([call, { gives, without }]) => `| \`${nameOfCall(call as OptionalCall)}\` | ${gives} | ${without} |`,
  );
  const table = ["| call | adds | without it |", "|---|---|---|", ...rows].join("\n");
  expect(page).toContain(`<!-- table: GUARANTEES -->\n${table}\n<!-- end -->`);
});
