import { ARGUMENTS, inputsOf } from "../../schema";
import { settingsThatReplace } from "./parse-inputs";

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
  "inheritEnvironment",
  "envFiles",
  "composeRoot",
  "localFiles",
  ...inputsOf("identity"),
  "diagnostics",
  "onDelete",
  "deleteRecord",
];

test("`*` names every argument whose change starts nothing by itself", () => {
  expect([...settingsThatReplace(["*"])].sort()).toEqual(ARGUMENTS.filter((name) => !OTHERS.includes(name)).sort());
});
