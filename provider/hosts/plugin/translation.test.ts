import { inputsOf } from "./translation";
import { sent } from "./wire-values";

const context = { urn: "urn:x", scope: "scope" };
const values = { variables: { TAG: "v1", PASSWORD: "x" }, images: { "my.svc": "a:1", my: "b:1" } };
const secretsOf = (paths: readonly (readonly string[])[]) => inputsOf(sent(values, paths), context, undefined).secrets;

test("a map that is secret as a whole stays so beside an entry whose name is that of a secret", () => {
  expect(secretsOf([["variables"]])).toEqual(["variables"]);
  expect(secretsOf([["images"]])).toEqual(["images", "variables.PASSWORD"]);
});

test("entries that are secret are named each by itself", () => {
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
