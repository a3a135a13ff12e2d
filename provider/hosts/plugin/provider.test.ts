import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { URN } from "../../files/resource/testing/ports";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { createProvider, type Provider } from "./provider";
import { received, sent } from "./wire-values";

afterEach(removeFolders);

/** The calls with which a command begins that attaches to a running plugin. */
async function begin({ methods }: Provider, address: string): Promise<void> {
  const attach = new plugin.PluginAttach();
  attach.setAddress(address);
  await methods.attach(attach);
  const configure = new messages.ConfigureRequest();
  configure.setArgs(sent({}, []));
  await methods.configure(configure);
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
