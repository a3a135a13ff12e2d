import { parseExecutionPage } from "./parse-list";

const SECRET = "canary-secret";

describe("lists of runs", () => {
  const entry = {
    execution_id: "e-1",
    status: "running",
    file_name: "key",
    created_at: "t",
    compose_file_code: SECRET,
  };
  const summary = { executionId: "e-1", status: "running", fileName: "key", createdAt: "t" };
  test.each<[string, unknown]>([
    ["bare", [entry]],
    ["of the history", { executions: [entry], total_executions: 1 }],
    ["under items", { items: [entry] }],
    ["under results", { results: [entry], next: null }],
    ["under workloads", { workloads: [entry] }],
    ["under data", { data: [entry], has_more: false }],
    ["inside data", { data: { executions: [entry], total: 1 } }],
  ])("%s", (_name, body) =>
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

  test.each([{ has_more: true }, { next: "/page/2" }, { next_cursor: "abc" }, { nextPage: 2 }])(
    "a further page that nobody documents is noticed: %j",
    (pointer) => expect(parseExecutionPage({ items: [entry], ...pointer })?.hasMore).toBe(true),
  );

  test.each(["total_executions", "total", "total_count", "count"])("a count of all may be called %s", (key) =>
    expect(parseExecutionPage({ executions: [entry], [key]: 7 })?.total).toBe(7),
  );

  test("an entry without a status is kept: it may be the run that a lookup needs", () => {
    expect(parseExecutionPage([{ execution_id: 5 }])?.executions).toEqual([{ executionId: "5", status: "unknown" }]);
  });

  test.each([[{}], [null], ["[]"], [{ executions: {} }]])("is not a list: %j", (body) =>
    expect(parseExecutionPage(body)).toBeUndefined(),
  );
});
