import { UsageError } from "../command";
import { CiError } from "./catalogue";
import { explained } from "./run-operation";

const HELP = "\n`npx pulumi-lyceum ci --help` lists the options.";

test.each([
  ["an error with a code", new CiError("LYC5001"), /^LYC5001: [^`]*/],
  [
    "an error of the Pulumi CLI, without advice about options",
    new UsageError("Pulumi: no access"),
    "Pulumi: no access",
  ],
  ["an error of usage with a code, without this advice", new UsageError("LYC5002: no CLI"), "LYC5002: no CLI"],
  ["an error of usage", new UsageError("a is not a folder"), `a is not a folder.${HELP}`],
  ["an error of usage that is a question", new UsageError("Which command?"), `Which command?${HELP}`],
  ["a bug", new TypeError("a bug"), /failed unexpectedly on Node .*: TypeError: a bug/],
])("the text of %s", (_what, error, text) => {
  if (typeof text === "string") expect(explained(error)).toBe(text);
  else expect(explained(error)).toMatch(text);
});
