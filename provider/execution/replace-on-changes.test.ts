import { settingsThatReplace } from "./replace-on-changes";

test.each([
  [[], []],
  [["timeout"], ["timeout"]],
  [
    ["registryCredentials.password", 'clocks["run"]', "userCallbackUrls[0]"],
    ["userCallbackUrls", "registryCredentials", "clocks"],
  ],
  [["triggers", "composeFile", "time", "timeouts", ""], []],
])("%j names the settings %j", (paths, names) => expect(settingsThatReplace(paths)).toEqual(names));

test("* names them all", () => {
  expect(settingsThatReplace(["*"])).toHaveLength(15);
  expect(settingsThatReplace(["*"])).toContain("deleteRecord");
});
