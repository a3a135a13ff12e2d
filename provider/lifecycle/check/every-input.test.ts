import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UNKNOWN_MARKER } from "../../../compose";
import { propertyOf } from "../../lyceum/port";
import {
  ARGUMENTS,
  IDENTITY_NAMES,
  identityKeyParts,
  inputRow,
  inputsOf,
  type ParsedName,
  valueTypeOf,
} from "../../schema";
import { startRequest } from "../create/start";
import { reasonsForNewRun, settingsForNextRun } from "../diff/changes";
import { identify } from "../run/identity/identity";
import {
  checkMaps as check,
  parseMap as parseInputs,
  recordedRun,
  unknownSettingsOf as unknownSettings,
  unknownStartOf as unknownStartInputs,
} from "../testing/maps";

/* Tests every argument in the table of inputs. A new argument in the table is tested without a change of this file. */

const base = { $urn: "urn:x", $scope: "secret", composeFileCode: "services: {a: {image: busybox}}" };
const before = parseInputs(base);

/** Returns an allowed value of an argument that is not the default. */
function another(name: ParsedName): unknown {
  const { default: written, whenAbsent: value = written } = inputRow(name);
  switch (valueTypeOf(name)?.kind) {
    case "flag":
      return value !== true;
    case "number":
      return Number(value ?? 0) + 1;
    case "text":
      return "another.1";
    case "word":
      return ["completed", "rerun", "leave", "start", "abort", "none"].find(
        (word) => word !== value && valueTypeOf(name)?.parse(word) !== undefined,
      );
    case "texts":
      return name === "rerunOnChanges" ? ["timeout"] : ["https://a.example/"];
    case "list":
      return [1];
    case "files":
      return { model: "out/model.pt" };
    case "retries":
      return { attempts: 3, on: ["timeout"] };
    case "seconds":
      return { queue: 5 };
    default:
      return { type: "basic", username: "u", password: "p" };
  }
}

const PARSED = ARGUMENTS.filter((name): name is ParsedName => valueTypeOf(name) !== undefined);
/** Arguments that another one needs. */
const NEEDED: { readonly [Name in ParsedName]?: object } = {
  artifacts: { enableS3Mount: true },
  job: { composeFileCode: "services: {another.1: {image: busybox}}" },
};
const changed = (name: ParsedName) => ({ ...base, [name]: another(name) });

/** The outputs of a run that was started with the inputs `before`. */
const recorded = recordedRun("r1", {
  ...Object.fromEntries(IDENTITY_NAMES.map((name) => [name, before[name]])),
  ...identify(before),
  status: "running",
  timeout: before.timeout,
  gracefulTimeout: before.gracefulTimeout,
});
const reasons = (name: ParsedName) => reasonsForNewRun(recorded, parseInputs(changed(name)), before);
const settings = (name: ParsedName) => settingsForNextRun(recorded, parseInputs(changed(name)), before);

test("unchanged inputs cause no action", () => {
  expect(reasonsForNewRun(recorded, before, before)).toEqual([]);
  expect(settingsForNextRun(recorded, before, before)).toEqual([]);
});

describe.each(PARSED)("the argument %s", (name) => {
  test("passes check with an allowed value, and is read unchanged", () => {
    expect(check({}, { ...changed(name), ...NEEDED[name] }).failures).toEqual([]);
    expect(parseInputs(changed(name))[name]).toEqual(another(name));
    expect(another(name)).not.toEqual(before[name]);
  });

  const { apiField } = inputRow(name);
  if (apiField !== undefined) {
    test("is sent as its field, and an error of the field is reported on it", () => {
      const inputs = parseInputs(changed(name));
      const request = startRequest(inputs, { ...identify(inputs).key, attempt: 1, onDelete: "abort" });
      const sent = Object.entries(request).find(([field]) => field === apiField)?.[1];
      if (name === "fileName") expect(sent).toMatch(/-another\.1$/);
      else expect(sent).toEqual(another(name));
      // A request does not contain the API's own default.
      const { whenAbsent } = inputRow(name);
      const unchanged = startRequest(before, { ...identify(before).key, attempt: 1, onDelete: "abort" });
      if (whenAbsent !== undefined) expect(Object.keys(unchanged)).not.toContain(apiField);
      expect(propertyOf(["body", apiField])).toBe(name);
    });
  }
});

/** The code of the provider without comments, tests, and the tables of the schema. */
const code = readdirSync(join(__dirname, "../.."), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !/\.(?:test|generated)\.|(?:^|\/)(?:testing|schema)\//.test(file))
  .map((file) => readFileSync(join(__dirname, "../..", file), "utf8").replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ""))
  .join("\n");
const isRead = (name: string) => new RegExp(`[.{,"]\\s*${name}\\b`).test(code);

test.each(ARGUMENTS.filter((name) => inputRow(name).apiField === undefined))(
  "the argument %s, which is not a field of a start, has an effect: code outside of `schema` reads it",
  (name) => expect(isRead(name)).toBe(true),
);

test("an argument that only has a row is found", () => expect(isRead("priority")).toBe(false));

test.each(inputsOf("identity"))(
  "a change of %s calls for a new run: its row has `recorded`, and run/identity/identity.ts makes a digest",
  (name) => {
    expect(reasons(name)).toEqual([expect.stringContaining(name)]);
    expect(settings(name)).toEqual([]);
  },
);

test.each(IDENTITY_NAMES)("another %s gives another start key of the same resource", (name) => {
  const key = identify(parseInputs(changed(name))).key;
  const old = identify(before).key;
  expect(key.inputs).not.toBe(old.inputs);
  expect(key.resource).toBe(old.resource);
});

test("a field that was added later is not in the start key while it has its default", () => {
  expect(identityKeyParts(before)).toEqual({ always: ["cpu", "false"], chosen: [] });
});

test.each(inputsOf("nextRun"))("a change of %s applies to the next run, and is reported", (name) => {
  expect(reasons(name)).toEqual([]);
  expect(settings(name)).toEqual([expect.stringContaining(name)]);
});

test.each(inputsOf("policy", "command", "end"))("a change of %s calls for nothing", (name) => {
  expect(reasons(name)).toEqual([]);
  expect(settings(name)).toEqual([]);
});

describe("an unknown argument", () => {
  const unknown = (name: string) => ({ ...base, [name]: UNKNOWN_MARKER });

  test.each([...inputsOf("identity"), "composeFileText", "composeFileCode", "existingExecutionId"])(
    "%s may start a new run",
    (name) => {
      expect(unknownStartInputs(unknown(name))).toEqual([name]);
      expect(unknownSettings(unknown(name))).toEqual([]);
    },
  );

  test.each(inputsOf("nextRun", "policy", "end"))(
    "nothing is concluded from %s, unless replaceOnChanges names it",
    (name) => {
      expect(unknownSettings(unknown(name))).toEqual([name]);
      expect(unknownStartInputs(unknown(name))).toEqual([]);
      const cannotBeNamed = [...inputsOf("end"), "rerunOnChanges"].some((other) => other === name);
      expect(unknownStartInputs({ ...unknown(name), $replaceOnChanges: ["*"] })).toEqual(cannotBeNamed ? [] : [name]);
    },
  );

  test.each(inputsOf("command"))("%s decides nothing about a recorded run", (name) => {
    expect(unknownSettings(unknown(name))).toEqual([]);
    expect(unknownStartInputs(unknown(name))).toEqual([]);
  });
});
