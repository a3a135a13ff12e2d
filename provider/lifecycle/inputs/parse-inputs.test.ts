import { UNKNOWN_MARKER } from "../../../compose";
import { ARGUMENTS, inputsOf } from "../../schema";
import { parseInputs, secretValues, settingsThatReplace, uncheckedSecrets } from "./parse-inputs";

test.each([
  [[], []],
  [["timeout"], ["timeout"]],
  [
    ["registryCredentials.password", 'clocks["run"]', "userCallbackUrls[0]"],
    ["userCallbackUrls", "registryCredentials", "clocks"],
  ],
  [["triggers", "composeFile", "time", "timeouts", ""], []],
])("replaceOnChanges %j names the settings %j", (paths, names) => expect(settingsThatReplace(paths)).toEqual(names));

/**
 * Inputs that are no settings. A change of such an input starts a new run even without `replaceOnChanges`, or the input
 * only selects or validates the Compose text, or it belongs to the deletion.
 */
const OTHERS: readonly string[] = [
  "composeFile",
  "composeFileCode",
  "variables",
  "images",
  "profiles",
  "job",
  "inheritEnvironment",
  "envFiles",
  "composeRoot",
  "localFiles",
  ...inputsOf("identity"),
  "diagnostics",
  "rerunOnChanges",
  "onDelete",
  "deleteRecord",
  "artifacts",
];

test("`*` names every argument whose change starts nothing by itself", () => {
  expect([...settingsThatReplace(["*"])].sort()).toEqual(ARGUMENTS.filter((name) => !OTHERS.includes(name)).sort());
});

test("the resource options are read, and only times of `customTimeouts` that are numbers", () => {
  const urn = "urn:a";
  const timeouts = { create: 60, update: "1m", delete: null };
  const parsed = parseInputs({ urn, values: {}, timeouts, replaceOnChanges: ["timeout", 1], secrets: ["fileName", 2] });
  expect(parsed).toMatchObject({ urn, scope: "", replaceOnChanges: ["timeout"], secretInputs: ["fileName"] });
  expect(parsed.customTimeouts).toEqual({ create: 60 });
  const both = parseInputs({ urn, values: { rerunOnChanges: ["clocks"] }, replaceOnChanges: ["timeout"] });
  expect(both.replaceOnChanges).toEqual(["timeout", "clocks"]);
  const none = parseInputs({ urn, values: {} });
  expect(none).not.toHaveProperty("replaceOnChanges");
  expect([none.customTimeouts, none.secretInputs]).toEqual([{}, []]);
});

const secretInputs = {
  urn: "urn:a",
  scope: "scope-secret",
  secrets: ["triggers", "fileName", "variables.B"],
  values: {
    triggers: ["first", ["second"], { third: "third", number: 3, none: null }, "", null],
    fileName: "label",
    description: "public",
    variables: { A: "a", B: "b" },
    registryCredentials: { type: "basic", username: "robot", password: "password" },
  },
};
const found = ["scope-secret", "password", "b", "first", "second", "third", "label"];

test("all texts in a secret argument are secret values, except empty ones", () => {
  expect(secretValues(parseInputs(secretInputs)).sort()).toEqual([...found].sort());
});

test("secret values of unchecked inputs are found too, except those that are not known yet", () => {
  expect(uncheckedSecrets(secretInputs).sort()).toEqual([...found].sort());
  const values = { ...secretInputs.values, triggers: [UNKNOWN_MARKER, "first"], fileName: UNKNOWN_MARKER };
  expect(uncheckedSecrets({ ...secretInputs, values }).sort()).toEqual(["b", "first", "password", "scope-secret"]);
});
