import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Runtime } from "../../lifecycle";
import { list } from "./list";

/** Returns the answer to a list request, for an account without runs. */
async function listed(query: Record<string, Parameters<typeof Struct.fromJavaScript>[0][string]>) {
  const calls: string[] = [];
  const client = {
    listActive: async () => {
      calls.push("active");
      return { executions: [], unreadable: 0, hasMore: false };
    },
  };
  const runtime = { context: () => ({ client }) } as unknown as Runtime;
  const request = new messages.ListRequest();
  request.setQuery(Struct.fromJavaScript(query));
  const responses: messages.ListResponse[] = [];
  for await (const response of list(runtime, request)) responses.push(response);
  return { responses, calls };
}

test("a query needs no argument, and null counts as absent", async () => {
  expect(await listed({})).toEqual({ responses: [], calls: ["active"] });
  expect(await listed({ includeEnded: null })).toEqual({ responses: [], calls: ["active"] });
});

test.each([
  [{ includeended: true }, "LYC4010: list has no includeended; it has includeEnded."],
  [{ status: "failed" }, "LYC4010: list has no status; it has includeEnded."],
  [{ includeEnded: "yes" }, 'LYC4010: includeEnded must be true or false, not "yes".'],
])("a query that is not valid is refused before anything is sent: %j", async (query, message) => {
  await expect(listed(query)).rejects.toMatchObject({ message: expect.stringContaining(message) });
});
