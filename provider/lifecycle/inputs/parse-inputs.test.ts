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
 * A change of one of these arguments starts a new run even without `replaceOnChanges`, or the argument only selects and
 * validates the Compose text.
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
