import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { mayUseOtherAccount, type OwnAccount } from "./provider-account";

const TYPE = "pulumi:providers:lyceum";
const URL = "https://api.example/api/v2/external";

test.each<[string, object, OwnAccount, boolean]>([
  ["the default provider", { name: "default", inputs: { apiKey: "[secret]" } }, {}, false],
  ["the default provider of a version", { name: "default_0_1_0", inputs: { baseUrl: URL } }, {}, false],
  ["the dynamic provider", { type: "pulumi:providers:pulumi-nodejs", name: "x", inputs: { apiKey: "k" } }, {}, false],
  ["a declared provider without settings", { inputs: { version: "1.0.0", s3MountPath: "/x" } }, {}, false],
  ["the same, next to a key of the stack", { inputs: {} }, { isOfStack: true }, true],
  ["a declared provider with a key", { inputs: { apiKey: "[secret]" } }, {}, true],
  ["a key that is not known yet", { inputs: { apiKey: UNKNOWN_TEXT } }, {}, true],
  ["an organization", { inputs: { orgSlug: "acme" } }, {}, true],
  ["the same base URL", { inputs: { baseUrl: URL } }, { baseUrl: URL }, false],
  ["the same base URL and a key", { inputs: { baseUrl: URL, apiKey: "[secret]" } }, { baseUrl: URL }, true],
  ["another base URL", { inputs: { baseUrl: URL } }, { baseUrl: `${URL}2` }, true],
  ["a base URL that is not known yet", { inputs: { baseUrl: UNKNOWN_TEXT } }, { baseUrl: URL }, true],
])("whether a provider may use another account: %s", (_, provider, own, expected) => {
  expect(mayUseOtherAccount({ type: TYPE, name: "eu", inputs: {}, ...provider }, own)).toBe(expected);
});

test("a setting that cannot be read may select any account", () => {
  const inputs = new Proxy(
    {},
    {
      get: () => {
        throw new Error("unknown");
      },
    },
  );
  expect(mayUseOtherAccount({ type: TYPE, name: "eu", inputs })).toBe(true);
});
