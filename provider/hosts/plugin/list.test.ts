import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Runtime } from "../../lifecycle";
import { list } from "./list";

const RUNS = ["run-1", "run-2", "run-3"].map((executionId) => ({ executionId, fileName: `${executionId}.yaml` }));

interface Page {
  readonly query?: Record<string, Parameters<typeof Struct.fromJavaScript>[0][string]>;
  readonly limit?: number;
  readonly pageSize?: number;
  readonly token?: string;
}

/** Returns the answer to a list request: ids with names, the next page, and the warnings of the command. */
async function listed({ query = {}, limit = 0, pageSize = 0, token = "" }: Page, runs: object[] = [], unreadable = 0) {
  const calls: string[] = [];
  const client = {
    listActive: async () => {
      calls.push("active");
      return { executions: runs, unreadable, hasMore: false };
    },
    history: async (page: { readonly limit: number; readonly offset: number }) => {
      calls.push(`history from ${page.offset}`);
      const executions = runs.slice(page.offset, page.offset + page.limit);
      return { executions, unreadable: 0, hasMore: false, total: runs.length };
    },
  };
  const warnings: string[] = [];
  const engine = {
    report: { warning: (_urn: string, text: string) => void warnings.push(text) },
    flush: async () => undefined,
  };
  const runtime = { client: () => client, engine } as unknown as Runtime;
  const request = new messages.ListRequest();
  request.setQuery(Struct.fromJavaScript(query));
  request.setLimit(limit);
  request.setPageSize(pageSize);
  request.setContinuationToken(token);
  const [found, pages, computed]: [string[], string[], boolean[]] = [[], [], []];
  for await (const response of list(runtime, request)) {
    const [result, next] = [response.getResult(), response.getContinuation()];
    if (result !== undefined) found.push(`${result.getId()} ${result.getName()}`);
    if (next !== undefined) pages.push(next.getContinuationToken());
    if (response.hasComputed()) computed.push(true);
  }
  return { found, pages, isComputed: computed.length > 0, calls, warnings };
}

const ENDED = { includeEnded: true };
const [FIRST, SECOND, THIRD] = RUNS.map(({ executionId, fileName }) => `${executionId} ${fileName}`);

test.each<[string, Page, object]>([
  ["without a limit, all active runs", {}, { found: [FIRST, SECOND, THIRD], pages: [], calls: ["active"] }],
  ["with a limit, the first active runs", { limit: 2 }, { found: [FIRST, SECOND], pages: [] }],
  ["active runs have one page of any size", { pageSize: 1 }, { found: [FIRST, SECOND, THIRD], pages: [] }],
  ["of ended runs, the first page", { query: ENDED, pageSize: 2 }, { found: [FIRST, SECOND], pages: ["2"] }],
  ["of ended runs, the next page", { query: ENDED, pageSize: 2, token: "2" }, { found: [THIRD], pages: [] }],
  ["a page never has more than the limit", { query: ENDED, pageSize: 2, limit: 1 }, { found: [FIRST], pages: ["1"] }],
  [
    "a page of another provider begins at the first run",
    { query: ENDED, token: "x" },
    { found: [FIRST, SECOND, THIRD] },
  ],
])("a list has %s", async (_name, page, expected) => {
  expect(await listed(page, RUNS)).toMatchObject({ ...expected, warnings: [] });
});

test("entries without an id are a warning", async () => {
  expect((await listed({}, RUNS, 2)).warnings).toEqual([expect.stringContaining("2 entries without an id")]);
});

test("a query that is not known yet has no answer yet, and sends nothing", async () => {
  const query = { includeEnded: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  expect(await listed({ query }, RUNS)).toEqual({ found: [], pages: [], isComputed: true, calls: [], warnings: [] });
});

test("a query needs no argument, and null counts as absent", async () => {
  const none = { found: [], pages: [], isComputed: false, calls: ["active"], warnings: [] };
  expect(await listed({})).toEqual(none);
  expect(await listed({ query: { includeEnded: null } })).toEqual(none);
});

test.each([
  [{ includeended: true }, "LYC4010: list has no includeended; it has includeEnded."],
  [{ status: "failed" }, "LYC4010: list has no status; it has includeEnded."],
  [{ includeEnded: "yes" }, 'LYC4010: includeEnded must be true or false, not "yes".'],
])("a query that is not valid is refused before anything is sent: %j", async (query, message) => {
  await expect(listed({ query })).rejects.toMatchObject({ message: expect.stringContaining(message) });
});
