import { ARGUMENTS } from "../../schema";
import { checkMaps as check } from "../testing/maps";

const reasonsOf = (news: Record<string, unknown>): readonly string[] =>
  check({}, { composeFileCode: "services: {a: {image: busybox}}", ...news }).failures.map(({ reason }) => reason);

/** Whatever is given, none of these is right for it. */
const WRONG = { "no such thing": [{ nor: "this" }] };

test.each([...ARGUMENTS, "customTimeouts"])("a wrong %s starts with the code and the argument's name", (name) => {
  const reasons = reasonsOf({ [name === "customTimeouts" ? "$timeouts" : name]: WRONG });
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason).toMatch(new RegExp(`^LYC4010: ${name}\\b`));
});

test("so does a secret one, an unknown one, and one that is missing", () => {
  expect(reasonsOf({ timeout: "1", clocks: 1, $secrets: ["timeout", "clocks"] })).toEqual([
    expect.stringMatching(/^LYC4010: timeout \(secret\) is not valid/),
    expect.stringMatching(/^LYC4010: clocks \(secret\) is not valid/),
  ]);
  expect(reasonsOf({ timout: 1 })).toEqual([expect.stringMatching(/^LYC4010: timout is not an argument/)]);
  expect(reasonsOf({ composeFileCode: undefined })).toEqual([
    expect.stringMatching(/^LYC4010: composeFile or composeFileCode is missing/),
  ]);
});

test("a compose document has codes of its own", () => {
  expect(reasonsOf({ composeFileCode: "- a" })).toEqual([
    expect.stringMatching(/^composeFileCode:1:1 error LYC2\d{3}: /),
  ]);
});
