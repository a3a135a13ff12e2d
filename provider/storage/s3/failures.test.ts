import { storageError } from "./failures";

test.each([
  ["ECONNREFUSED", true],
  ["ENOTFOUND", true],
  ["UND_ERR_SOCKET", true],
  ["MODULE_NOT_FOUND", false],
  ["ERR_MODULE_NOT_FOUND", false],
  ["ERR_INVALID_ARG_TYPE", false],
])("an error with the code %s is an error of the network: %s", (code, isOfNetwork) => {
  const error = Object.assign(new Error("it failed"), { code });
  const shown = storageError(error, "Storing data/a.csv", (text) => text);
  if (isOfNetwork) expect(String(shown)).toMatch(/LYC6001: Storing data\/a\.csv failed: it failed\./);
  else expect(shown).toBe(error);
});
