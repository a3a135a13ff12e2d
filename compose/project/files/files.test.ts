import { fileErrorMessage } from "./files";

test.each([
  ["large", "is larger than 5 bytes"],
  ["missing", "does not exist"],
  ["folder", "is a folder"],
] as const)("a file that is %s: %s", (reason, message) => expect(fileErrorMessage(reason, 5)).toBe(message));
