import { randomUUID } from "node:crypto";
import type { StackSettings } from "../lyceum/configuration/configuration";
import { bucketOfClient } from "./bucket";
import { connectEngine } from "./engine";
import { configuredClient, missingSetting, serveEngine, sharedClient, unusableBaseUrl } from "./serve";

const KEY = "lk_0123456789abcdef";
const settingsOf = (settings: StackSettings) => (name: keyof StackSettings) => settings[name];
const account = { apiKey: KEY, baseUrl: "https://one.example" };
/** An account that no other test uses. */
const newAccount = () => ({ ...account, orgSlug: randomUUID() });

const variables = Object.keys(process.env).filter((name) => name.startsWith("LYCEUM_"));
const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
beforeAll(() => {
  for (const name of variables) delete process.env[name];
});
afterAll(() => void Object.assign(process.env, before));

test("functions with the same settings share a client, and a client has one bucket", () => {
  const settings = newAccount();
  const [client, other] = [sharedClient(settingsOf(settings)), sharedClient(settingsOf(newAccount()))];
  expect(sharedClient(settingsOf({ ...settings }))).toBe(client);
  expect(other).not.toBe(client);
  const bucket = bucketOfClient(client);
  expect(bucket).toBeDefined();
  expect(bucketOfClient(client)).toBe(bucket);
  expect(bucketOfClient(other)).not.toBe(bucketOfClient(client));
});

test("functions with another environment have another client", () => {
  const clients = [KEY, `${KEY}0`, KEY].map((apiKey) => {
    process.env.LYCEUM_API_KEY = apiKey;
    return sharedClient(settingsOf({}));
  });
  delete process.env.LYCEUM_API_KEY;
  expect(clients[1]).not.toBe(clients[0]);
  expect(clients[2]).toBe(clients[0]);
});

test.each([["start"], ["fail"], [undefined]] as const)(
  "the setting whenUnverified %s is passed on",
  (whenUnverified) => {
    const { client, ...rest } = configuredClient(settingsOf({ ...account, whenUnverified }), undefined, {});
    expect(client).toBeDefined();
    expect(rest).toEqual(whenUnverified === undefined ? {} : { whenUnverified });
  },
);

test("settings with errors are one error with all of them", () => {
  const broken = settingsOf({ apiKey: "a b", orgSlug: "a/b" });
  expect(() => configuredClient(broken, undefined, {})).toThrow(/LYC1010.*LYC1009/s);
});

const runtimeOf = (settings: StackSettings) =>
  serveEngine(
    connectEngine(undefined, () => {
      throw new Error("there is no engine");
    }),
    settingsOf(settings),
    {},
  );

test.each<[string, StackSettings, RegExp | undefined]>([
  ["is usable", account, undefined],
  ["is not the URL of a service", { ...account, baseUrl: "ftp://one.example" }, /^LYC1002: /],
])("a base URL that %s", (_name, settings, error) => {
  const expected = error === undefined ? undefined : expect.stringMatching(error);
  expect(unusableBaseUrl(settingsOf(settings), {})).toEqual(expected);
  expect(runtimeOf(settings).unusable?.()).toEqual(expected);
});

test.each<[string, StackSettings, RegExp | undefined]>([
  ["are complete", account, undefined],
  ["are not valid", { ...account, apiKey: "a b" }, /^LYC1009: /],
])("settings that %s", (_name, settings, error) => {
  const expected = error === undefined ? undefined : expect.stringMatching(error);
  expect(missingSetting(settingsOf(settings), {})).toEqual(expected);
});
