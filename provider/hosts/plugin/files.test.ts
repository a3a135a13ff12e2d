import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { portsOf, URN } from "../../files/resource/testing/ports";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { memoryBucket } from "../../storage/testing/memory-bucket";
import { check, create, type FilesContext } from "./files";
import { received, sent } from "./wire-values";

afterEach(removeFolders);

test.each([["prefix"], ["source"]])("inputs and outputs that contain a secret %s are secret", async (secret) => {
  const folder = folderWith({ "d/a.txt": "a" });
  const ports = portsOf(memoryBucket(), folder);
  const context = { ports, scope: "s", signal: new AbortController().signal } as unknown as FilesContext;
  const asked = new messages.CheckRequest();
  asked.setUrn(URN);
  asked.setNews(sent({ source: "d", prefix: "hidden" }, [[secret]]));
  const checked = await check(context, asked);
  const request = new messages.CreateRequest();
  request.setUrn(URN);
  request.setProperties(checked.getInputs());
  const created = await create(context, request);
  const names = [checked.getInputs(), created.getProperties()].map((all) =>
    received(all).secretPaths.map(([name]) => name),
  );
  expect(names[0]).toEqual(expect.arrayContaining([secret, "mountPath", "__files"]));
  expect(names[1]).toEqual(expect.arrayContaining(["mountPath", "__stored"]));
});
