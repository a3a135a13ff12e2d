import { nameOfOperation, OPERATIONS, type OperationName, pathOf } from "../../../provider/lyceum/operations";
import type { ReceivedRequest } from "../emulator/control";
import { Names } from "./names";
import { describeRequests, type RequestStyle } from "./requests";

const [START, LIST, HISTORY] = (["startComposeExecution", "listWorkloads", "getBillingHistory"] as const).map(
  nameOfOperation,
);
const [ABORT, RECORD] = (["abortWorkload", "getExecution"] as const).map((each) =>
  nameOfOperation(each).replace("{id}", "<execution-1>"),
);

function request(operation: OperationName, more: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return {
    index: 0,
    at: "",
    operation,
    method: OPERATIONS[operation].method,
    path: `/api/v2/external${pathOf(operation, "local-1")}`,
    query: {},
    headers: {},
    body: null,
    status: 200,
    ...more,
  };
}

test("a wait's polls are one line, whatever their number and order", () => {
  const list = request("listWorkloads");
  const record = request("getExecution");
  const once = describeRequests([list, record], new Names(), new Map());
  expect(once).toEqual([`reads: ${RECORD}, ${LIST}`]);
  expect(describeRequests([record, list, list, record, list], new Names(), new Map())).toEqual(once);
});

test("requests about the bucket come last, and files that are sent at once are sorted", () => {
  const bucket = (method: string, key: string, query = {}) =>
    request("listWorkloads", { method, path: `/local-bucket/${key}`, query });
  const credentials = request("listWorkloads", { method: "POST", path: "/api/v2/external/storage/credentials" });
  const all = [
    credentials,
    bucket("GET", "", { "list-type": "2" }),
    request("listWorkloads"),
    bucket("PUT", "b", { "x-id": "PutObject" }),
    bucket("PUT", "a"),
    bucket("POST", "", { delete: "" }),
  ];
  expect(describeRequests(all, new Names(), new Map())).toEqual([
    `reads: ${LIST}`,
    "bucket: POST /storage/credentials",
    "bucket: GET /<bucket>/?list-type=2",
    "bucket: PUT /<bucket>/a",
    "bucket: PUT /<bucket>/b",
    "bucket: POST /<bucket>/?delete=",
  ]);
});

test("two equal starts are two starts, and each shows its body", () => {
  const start = request("startComposeExecution", {
    body: {
      timeout: 60,
      file_name: "a1b2c3d4e5-worker",
      compose_file_code: "services: {}\n",
      docker_password: 'pw-01"23456789',
    },
  });
  const names = new Names();
  names.fixCanary({ name: "docker_password", value: 'pw-01"23456789' });
  const reported = describeRequests([start], names, new Map([["compose.yaml", "services: {}\n"]]));
  expect(reported).toEqual([
    START,
    "    compose_file_code: <compose.yaml>",
    '    docker_password: "<canary:docker_password>"',
    "    file_name: <key-1>-worker",
    "    timeout: 60",
  ]);
  expect(describeRequests([start, start], names, new Map([["compose.yaml", "services: {}\n"]]))).toEqual([
    ...reported,
    ...reported,
  ]);
});

test("a lookup soon after an answered start is left out, and a lookup after any other write is shown", () => {
  const list = request("listWorkloads");
  const history = request("getBillingHistory", { query: { limit: "100", offset: "0" } });
  const [start, unanswered] = [200, 503].map((status) => request("startComposeExecution", { status }));
  const abort = request("abortWorkload");
  const readsBefore = (...requests: (ReceivedRequest | undefined)[]) =>
    describeRequests(
      requests.flatMap((sent) => sent ?? []),
      new Names(),
      new Map(),
    ).filter((line) => line.startsWith("reads: "));
  const both = `reads: ${HISTORY}?limit=100&offset=0, ${LIST}`;
  expect(readsBefore(history, list, start, list, start)).toEqual([both, `reads: ${LIST}`]);
  expect(readsBefore(history, list, start, list, history, start)).toEqual([both, `reads: ${LIST}`]);
  expect(readsBefore(history, list, start, abort, history, list, start)).toEqual([both, both]);
  expect(readsBefore(history, list, unanswered, history, list, start)).toEqual([both, both]);
  expect(readsBefore(history, list, start, history, list)).toEqual([both, both]);
});

test("different runs and keys have different numbers, equal ones the same", () => {
  const names = new Names();
  expect([names.execution("local-a"), names.execution("local-b"), names.execution("local-a")]).toEqual([
    "<execution-1>",
    "<execution-2>",
    "<execution-1>",
  ]);
  expect([names.fileName("aaaaaaaaaaaa-x"), names.fileName("bbbbbbbbbbbb"), names.fileName("aaaaaaaaaaaa-y")]).toEqual([
    "<key-1>-x",
    "<key-2>",
    "<key-1>-y",
  ]);
});

test("a refusal shows its status, and a text that is in no file is shown completely", () => {
  const start = request("startComposeExecution", {
    status: 422,
    body: { compose_file_code: "services:\n  a: {}\n" },
  });
  expect(describeRequests([start], new Names(), new Map())).toEqual([
    `${START} → 422`,
    "    compose_file_code: |",
    "        services:",
    "          a: {}",
  ]);
});

test("times, durations, ports and fixed texts are replaced in a text", () => {
  const names = new Names();
  names.fix("/work/folder", "<work>");
  names.execution("local-77");
  expect(
    names.apply(
      "local-77 at 2024-01-02T03:04:05.678Z, seen 03:04:05 UTC, on http://127.0.0.1:4567/ (2.5s), 12 s ago, in /work/folder",
    ),
  ).toBe("<execution-1> at <time>, seen <time>, on http://127.0.0.1:<port>/ (<duration>), <duration> ago, in <work>");
});

test.each([
  "ID  STATUS   CREATED  RAN\n1   running  9s ago   8s",
  "ID  STATUS   CREATED   RAN\n1   running  1m2s ago  1m1s",
])("a list has the same text for any width of its durations: %j", (list) => {
  expect(new Names().apply(list)).toBe("ID  STATUS   CREATED  RAN\n1   running  <duration> ago  <duration>");
});

describe("many at once", () => {
  const startOf = (label: string, key: string) =>
    request("startComposeExecution", { body: { file_name: `${key}-${label}`, timeout: 60 } });
  const one = startOf("one", "a1b2c3d4e5");
  const two = startOf("two", "f6g7h8i9j0");
  const abort = request("abortWorkload");
  const list = request("listWorkloads");
  const describe_ = (style: RequestStyle, ...requests: readonly ReceivedRequest[]) =>
    describeRequests(requests, new Names(true), new Map(), style);

  test("the requests are reported without their order", () => {
    const reported = describe_("at once", list, one, abort, two);
    expect(reported).toEqual([`reads: ${LIST}`, `${START} <key:one-1>-one`, `${START} <key:two-1>-two`, ABORT]);
    expect(describe_("at once", two, abort, list, one)).toEqual(reported);
    expect(describe_("at once", two, two, abort, list, one)).not.toEqual(reported);
  });

  test("equal requests of two simultaneous steps are reported once, whatever the second answer", () => {
    const late = request("abortWorkload", { status: 404 });
    expect(describe_("writes once", list, abort, late)).toEqual([ABORT]);
    expect(describe_("writes once", abort)).toEqual(describe_("writes once", abort, list, abort));
  });

  test("counts are of all requests, or only of writes", () => {
    expect(describe_("counted", list, one, list, two)).toEqual([`2 × ${LIST}`, `2 × ${START}`]);
    expect(describe_("writes counted", list, one, list, two)).toEqual([`reads: ${LIST}`, `2 × ${START}`]);
  });
});
