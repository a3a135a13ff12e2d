import { inputsOf } from "./translation";
import { sent } from "./wire-values";

const context = { urn: "urn:x", scope: "scope" };
const values = { variables: { TAG: "v1", PASSWORD: "x" }, images: { "my.svc": "a:1", my: "b:1" } };
const secretsOf = (paths: readonly (readonly string[])[]) => inputsOf(sent(values, paths), context, undefined).secrets;

test("a map that is secret as a whole stays secret as a whole, even if an entry has the name of a secret", () => {
  expect(secretsOf([["variables"]])).toEqual(["variables"]);
  expect(secretsOf([["images"]])).toEqual(["images", "variables.PASSWORD"]);
});

test("secret entries are named one by one", () => {
  const names = secretsOf([
    ["variables", "TAG"],
    ["images", "my.svc"],
    ["images", "my"],
  ]);
  expect([...(names as string[])].sort()).toEqual([
    "images.my",
    "images.my.svc",
    "variables.PASSWORD",
    "variables.TAG",
  ]);
});
