import { lifecycleErrors } from "../../execution";
import { LyceumError } from "../../lyceum/errors";
import { plainJson } from "./translation";
import { forUser, userError } from "./user-error";

describe("what a user is shown", () => {
  test("the message has the code; what the host prints besides is short and without a trace", () => {
    for (const error of [lifecycleErrors.unknownId("r1"), new LyceumError({ code: "LYC1101", message: "Refused." })]) {
      const shown = userError(error);
      expect(shown.message).toMatch(/^LYC\d{4}: /);
      expect(`${shown}: ${shown.stack}`).toMatch(/^LYC\d{4}: see the row of the resource$/);
    }
  });

  test("something unforeseen says so, and how to see more", async () => {
    const broken = forUser(async () => {
      throw new TypeError("x is undefined");
    });
    await expect(broken).rejects.toThrow(/^LYC3999: .*TypeError: x is undefined.*LYCEUM_DEBUG=1/);
  });
});

test("an answer is plain JSON: nothing undefined reaches the engine", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  expect(plainJson({ a: undefined, b: { c: undefined, d: 1 }, at, list: [undefined] })).toEqual({
    b: { d: 1 },
    at: at.toISOString(),
    list: [null],
  });
});
