import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { URN } from "../../files/resource/testing/ports";
import { ownVersion } from "../../lyceum/http/own-version";
import { json, serverForEachTest } from "../../lyceum/testing/server";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { createProvider, type Provider } from "./provider";
import { received, sent } from "./wire-values";

afterEach(removeFolders);

const EXECUTION_URN = "urn:pulumi:dev::shop::lyceum:index:ComposeExecution::train";
const PROVIDER_URN = "urn:pulumi:dev::shop::pulumi:providers:lyceum::other";
const RUN = "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const server = serverForEachTest();

async function configure({ methods }: Provider, settings: Record<string, unknown> = {}, name = "default") {
  const request = new messages.ConfigureRequest();
  request.setArgs(sent(settings, []));
  request.setName(name);
  return methods.configure(request);
}

/** Makes a provider of a local service, as a program declares it. */
async function configured(): Promise<Provider> {
  const provider = createProvider(undefined);
  await configure(provider, { baseUrl: server.url, apiKey: "lk_local_0123456789" }, "other");
  return provider;
}

/** The calls with which a command begins that attaches to a running plugin. */
async function begin(provider: Provider, address: string): Promise<void> {
  const attach = new plugin.PluginAttach();
  attach.setAddress(address);
  expect(await provider.methods.attach(attach)).toBeInstanceOf(Empty);
  await configure(provider);
}

async function check({ methods }: Provider, urn: string, source: string): Promise<readonly string[]> {
  const request = new messages.CheckRequest();
  request.setUrn(urn);
  request.setNews(sent({ source, prefix: "p" }, []));
  const response = await methods.check(request);
  const failures = response.getFailuresList().map((failure) => failure.getReason());
  return failures.length > 0 ? failures : [String(received(response.getInputs()).values.prefix)];
}

test("a plugin that serves several commands forgets which resource of an earlier command stores a file", async () => {
  const source = folderWith({ "a.txt": "a" });
  // Port 9 has no service. A message to the engine that does not arrive is ignored.
  const provider = createProvider("127.0.0.1:9");
  await begin(provider, "127.0.0.1:9");
  expect(await check(provider, URN, source)).toEqual(["p/"]);
  expect(await check(provider, `${URN}2`, source)).toEqual([expect.stringMatching(/^LYC6016: /)]);
  for (const address of ["127.0.0.1:9", "127.0.0.1:10"]) {
    await begin(provider, address);
    expect(await check(provider, `${URN}2`, source)).toEqual(["p/"]);
  }
});

test("a handshake names the engine of the next command", async () => {
  const source = folderWith({ "a.txt": "a" });
  const provider = createProvider("127.0.0.1:9");
  await configure(provider);
  expect(await check(provider, URN, source)).toEqual(["p/"]);
  const request = new messages.ProviderHandshakeRequest();
  request.setEngineAddress("127.0.0.1:10");
  expect((await provider.methods.handshake(request)).getAcceptSecrets()).toBe(true);
  expect(await check(provider, `${URN}2`, source)).toEqual(["p/"]);
});

test("the plugin names its version, its schema, and what it supports", async () => {
  const provider = createProvider(undefined);
  expect((await provider.methods.getPluginInfo()).getVersion()).toBe(ownVersion());
  // The SDKs are made from this file.
  const file = JSON.parse(readFileSync(join(__dirname, "../../../plugin/schema.json"), "utf8"));
  expect(JSON.parse((await provider.methods.getSchema()).getSchema())).toEqual({ ...file, version: ownVersion() });
  const response = await configure(provider);
  expect([response.getAcceptsecrets(), response.getSupportspreview()]).toEqual([true, true]);
});

test("a provider with a setting that is not valid names the setting, and says why", async () => {
  const request = new messages.CheckRequest();
  request.setUrn(PROVIDER_URN);
  request.setNews(sent({ orgSlug: "a/b" }, []));
  const response = await createProvider(undefined).methods.checkConfig(request);
  expect(response.getFailuresList().map((failure) => failure.toObject())).toEqual([
    { property: "orgSlug", reason: expect.stringMatching(/^LYC1010: /) },
  ]);
  expect(received(response.getInputs()).values).toMatchObject({ orgSlug: "a/b" });
});

// The setting `orgSlug` counts for a token, and not for an API key.
const HERE = { baseUrl: "https://one.example", orgSlug: "a", apiKey: "eyJhbGciOiJub25lIn0.e30.sig" };

test.each<[string, object, readonly string[]]>([
  ["the same account", HERE, []],
  ["another token", { ...HERE, apiKey: "eyJhbGciOiJub25lIn0.e30.new" }, []],
  ["another base URL", { ...HERE, baseUrl: "https://two.example" }, ["baseUrl"]],
  ["another organization", { ...HERE, orgSlug: "b" }, ["orgSlug"]],
  ["a base URL that is not known yet", { ...HERE, baseUrl: UNKNOWN_MARKER }, []],
])("a provider with %s replaces its runs only if the account is another", async (_name, news, replaces) => {
  const request = new messages.DiffRequest();
  request.setUrn(PROVIDER_URN);
  request.setOldInputs(sent(HERE, []));
  request.setNews(sent({ ...news }, []));
  const response = await createProvider(undefined).methods.diffConfig(request);
  const { DIFF_SOME, DIFF_UNKNOWN } = messages.DiffResponse.DiffChanges;
  expect([response.getReplacesList(), response.getChanges()]).toEqual([
    replaces,
    replaces.length > 0 ? DIFF_SOME : DIFF_UNKNOWN,
  ]);
});

test("a resource is refused before Configure, and a resource of another type always", async () => {
  const provider = createProvider(undefined);
  await expect(check(provider, URN, "/")).rejects.toThrow("Configure was not called.");
  await configure(provider);
  const urn = URN.replace("StoredFiles", "Bucket");
  await expect(check(provider, urn, "/")).rejects.toThrow(/^LYC4020: lyceum:index:Bucket is not a resource /);
});

async function invoke({ methods }: Provider, token: string, args: Record<string, unknown>) {
  const request = new messages.InvokeRequest();
  request.setTok(token);
  request.setArgs(sent(args, []));
  return methods.invoke(request);
}

describe("a function", () => {
  const GET = "lyceum:index:getExecution";

  test("returns its result, and sends the settings of the provider", async () => {
    server.answerWith(json(200, { execution_id: RUN, status: "running" }));
    const response = await invoke(await configured(), GET, { executionId: RUN });
    expect(received(response.getReturn()).values).toMatchObject({ executionId: RUN, status: "running" });
    expect(server.received[0]?.headers.authorization).toContain("lk_local_0123456789");
  });

  test("that refuses an argument names it", async () => {
    const response = await invoke(await configured(), GET, { executionId: 5 });
    expect(response.getFailuresList().map((failure) => failure.getProperty())).toEqual(["executionId"]);
    expect(server.received).toEqual([]);
  });

  test("of another name is refused, with the names that there are", async () => {
    const call = invoke(await configured(), "lyceum:index:getRun", {});
    await expect(call).rejects.toThrow(/^LYC4020: lyceum:index:getRun is not a function .*lyceum:index:getExecution/);
  });

  test.each(["the plugin's own end", "the engine's Cancel"])(
    "%s ends calls, and the next command can call again",
    async (by) => {
      server.answerWith(json(200, { execution_id: RUN, status: "running" }));
      const provider = await configured();
      if (by === "the plugin's own end") provider.cancel();
      else expect(await provider.methods.cancel()).toBeInstanceOf(Empty);
      await expect(invoke(provider, GET, { executionId: RUN })).rejects.toBeDefined();
      await configure(provider, { baseUrl: server.url, apiKey: "lk_local_0123456789" }, "other");
      expect((await invoke(provider, GET, { executionId: RUN })).getReturn()).toBeDefined();
    },
  );
});

async function listed({ streams }: Provider, token: string): Promise<unknown[]> {
  const request = new messages.ListRequest();
  request.setToken(token);
  const responses: unknown[] = [];
  for await (const response of streams.list(request)) responses.push(response.getResult()?.toObject());
  return responses;
}

test("runs are listed by id and name, and no other type is", async () => {
  server.answerWith(json(200, [{ execution_id: RUN, status: "running", file_name: "train.yaml" }]));
  const provider = await configured();
  expect(await listed(provider, "lyceum:index:ComposeExecution")).toMatchObject([{ id: RUN, name: "train.yaml" }]);
  await expect(listed(provider, "lyceum:index:StoredFiles")).rejects.toThrow(/^LYC4020: lyceum:index:StoredFiles is/);
});

test("a run is read from the service by its id", async () => {
  server.answerWith(json(200, { execution_id: RUN, status: "running" }));
  const provider = await configured();
  const request = new messages.ReadRequest();
  request.setId(RUN);
  request.setUrn(EXECUTION_URN);
  const response = await provider.methods.read(request);
  expect(received(response.getProperties()).values).toMatchObject({ executionId: RUN, status: "running" });
});
