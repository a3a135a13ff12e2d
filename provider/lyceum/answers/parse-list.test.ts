import { createRedactor } from "../../secrets";
import { LyceumError } from "../errors";
import { mergeMachines, parseExecutionPage, withMachines } from "./parse-list";

const SECRET = "canary-secret";

describe("lists of runs", () => {
  const entry = {
    execution_id: "e-1",
    status: "running",
    file_name: "key",
    created_at: "t",
    start_time: "t1",
    finish_time: "t2",
    hardware_profile: "cpu",
    compose_file_code: SECRET,
  };
  const summary = {
    executionId: "e-1",
    status: "running",
    fileName: "key",
    createdAt: "t",
    startedAt: "t1",
    endedAt: "t2",
    hardwareProfile: "cpu",
  };
  test.each<[string, unknown]>([
    ["bare", [entry]],
    ["of the history", { executions: [entry], total_executions: 1 }],
    ["under items", { items: [entry] }],
    ["under results", { results: [entry], next: null }],
    ["under workloads", { workloads: [entry] }],
    ["under data", { data: [entry], has_more: false }],
    ["inside data", { data: { executions: [entry], total: 1 } }],
  ])("are read: %s", (_name, body) =>
    expect(parseExecutionPage(body)).toMatchObject({ executions: [summary], unreadable: 0, hasMore: false }),
  );

  test("entries that cannot be read are counted: one of them may be the run that a lookup needs", () => {
    const page = parseExecutionPage([entry, null, "e", { status: "x" }, { execution_id: {} }]);
    expect(page).toEqual({ executions: [summary], unreadable: 4, hasMore: false });
  });

  test.each(["execution_id", "executionId", "id"])("the id may be called %s", (key) =>
    expect(parseExecutionPage([{ [key]: "e-1", status: "running" }])?.executions).toEqual([
      { executionId: "e-1", status: "running" },
    ]),
  );

  test("a list in which no entry has an id is not a known shape", () => {
    expect(parseExecutionPage([{ run: "e-1" }])).toBeUndefined();
    expect(parseExecutionPage([])).toEqual({ executions: [], unreadable: 0, hasMore: false });
  });

  test.each([
    { has_more: true },
    { hasMore: true },
    { next: "/page/2" },
    { next_cursor: "abc" },
    { nextPage: 1 },
    { data: { has_more: true } },
  ])("a further page that nobody documents is noticed: %j", (pointer) =>
    expect(parseExecutionPage({ items: [entry], ...pointer })?.hasMore).toBe(true),
  );

  test.each(["total_executions", "total", "total_count", "count"])("a count of all may be called %s", (key) =>
    expect(parseExecutionPage({ executions: [entry], [key]: 7 })?.total).toBe(7),
  );

  test.each([
    [{ count: 1 }, undefined],
    [{ count: 0 }, undefined],
    [{ count: "x" }, undefined],
    [{ total: 1 }, 1],
    [{ data: { total: 7 } }, 7],
  ])("a count that may be the count of the page does not count as the count of all: %j", (counted, total) =>
    expect(parseExecutionPage({ executions: [entry], ...counted })?.total).toBe(total),
  );

  test.each([{ next: "" }, { next: 0 }, { next: true }, { nextPage: {} }, { has_more: "true" }])(
    "is no pointer to a further page: %j",
    (pointer) => expect(parseExecutionPage({ items: [entry], ...pointer })?.hasMore).toBe(false),
  );

  test("an entry without a status is kept: it may be the run that a lookup needs", () => {
    expect(parseExecutionPage([{ execution_id: 5 }])?.executions).toEqual([{ executionId: "5", status: "unknown" }]);
  });

  test.each([[{}], [null], ["[]"], [{ executions: {} }]])("is not a list: %j", (body) =>
    expect(parseExecutionPage(body)).toBeUndefined(),
  );
});

describe("machines", () => {
  const cpu = { hardwareProfile: "cpu" };
  const gpu = { hardwareProfile: "gpu.l40s" };
  const priced = { ...cpu, pricePerHour: 1 };

  test.each([
    ["both lists", [cpu, gpu], [priced], [priced, gpu]],
    ["no prices", [cpu], undefined, [cpu]],
    ["prices alone", undefined, [priced], [priced]],
    ["prices and an empty list", [], [priced], [priced]],
    ["nothing", undefined, undefined, []],
  ])("are merged of %s", (_, available, prices, expected) => {
    expect(mergeMachines(available, prices)).toEqual(expected);
  });

  const refused = new LyceumError({ code: "LYC1105", message: "No such machine." });
  const message = (machines: Parameters<typeof withMachines>[1]) =>
    withMachines(refused, machines, createRedactor([])).message;

  test("are named in the error of a refused machine, at most twenty", () => {
    expect(withMachines(refused, [], createRedactor([]))).toBe(refused);
    expect(message([priced, gpu])).toContain("Machines of this account: cpu (1 per hour), gpu.l40s.");
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ hardwareProfile: `m${index}` }));
    expect(message(many(20))).not.toContain("more");
    expect(message(many(22))).toMatch(/m19 and 2 more\.$/);
  });
});
