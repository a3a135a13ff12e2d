import { DEVIATIONS } from "./testing/deviations";
import type { HttpAnswer } from "./testing/http-service";
import { active, createStack, GOING, LONG, outputsOf, READS, unclearStart } from "./testing/stack";

// Tests with a service that has several deviations at once, or a deviation that ends soon. Each case caused a wrong
// decision in an earlier version.

const DONE = [...GOING, { after: 10, status: "completed", returnCode: 0 }];

const body = (answer: HttpAnswer, change: (value: never) => unknown): HttpAnswer =>
  answer.status >= 300 ? answer : { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as never)) };

test("an envelope with a status of its own does not end its run", async () => {
  const stack = createStack(LONG);
  await stack.run("up");
  stack.http.deviate("record", (answer) => body(answer, (data) => ({ status: "success", data })));
  await stack.run("refresh");
  expect(outputsOf(stack)).toMatchObject({ status: "running" });
  expect((await stack.run("destroy")).result.kind).toBe("ok");
  expect(active(stack)).toEqual([]);
});

test("a run that may be in the missing part of a list does not count as ended", async () => {
  const stack = createStack(LONG);
  stack.service.behaviour.stopTakes = 250;
  await stack.run("up");
  stack.http.deviate(["record", "olderStatus", "history"], DEVIATIONS["403"]);
  const page = { items: [{ id: "other", status: "running", file_name: "x" }], has_more: true };
  stack.http.deviate("list", () => ({ status: 200, body: JSON.stringify(page) }));
  expect((await stack.run("destroy")).result.errors).toEqual([expect.stringMatching(/^LYC3005: /)]);
  expect(stack.state.entries.size).toBe(1);
});

test("zero values of a record are not an end while the list cannot be read", async () => {
  const stack = createStack(LONG);
  stack.http.deviate("record", (answer) =>
    body(answer, (record: object) => ({ return_code: 0, end_time: "0001-01-01T00:00:00Z", ...record })),
  );
  await stack.run("up");
  expect(outputsOf(stack)).toMatchObject({ status: "running" });
  stack.http.deviate("list", DEVIATIONS["500 always"]);
  stack.service.behaviour.stopTakes = 250;
  expect((await stack.run("destroy")).result.errors).toEqual([expect.stringMatching(/^LYC3005: /)]);
});

describe("an incomplete history", () => {
  const old = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      execution_id: `o${index}`,
      status: "completed",
      file_name: "x",
      created_at: new Date(1.6e12 + index * 1000).toISOString(),
    }));

  test("that the provider abandons after ten pages is a gap", async () => {
    const stack = createStack(LONG);
    stack.http.deviate("history", () => ({
      status: 200,
      body: JSON.stringify({ executions: old(100), total_executions: 5000 }),
    }));
    const { result } = await stack.run("up", { whenUnverified: "fail" });
    expect(result.errors).toEqual([expect.stringMatching(/^LYC3016: .*more entries than the provider can read/)]);
    expect(stack.service.runs).toEqual([]);
  });

  test("whose count is the number of entries on its page proves nothing", async () => {
    const stack = createStack([
      { after: 1, status: "running" },
      { after: 2, status: "completed", returnCode: 0 },
    ]);
    stack.service.behaviour.starts = [unclearStart()];
    stack.http.deviate("history", () => ({
      status: 200,
      body: JSON.stringify({ items: old(100), count: 100, has_more: true }),
    }));
    await stack.run("up");
    expect(stack.service.runs).toHaveLength(1);
  });
});

test("a time without a zone does not make a young run count as ended", async () => {
  const stack = createStack(LONG);
  const local = (time: string) => new Date(Date.parse(time) - 8 * 3_600_000).toISOString().replace("Z", "");
  stack.http.deviate("list", (answer) =>
    body(answer, (runs: { created_at: string }[]) =>
      runs.map((run) => ({ ...run, created_at: local(run.created_at) })),
    ),
  );
  await stack.run("up");
  stack.service.behaviour.forgotten.add("run-1");
  await stack.run("refresh");
  expect(outputsOf(stack)).toMatchObject({ missing: "lost" });
});

test("a record that cannot be deleted does not stop a replacement", async () => {
  const stack = createStack(LONG);
  await stack.run("up", { deleteRecord: true });
  stack.http.deviate("deleteRecord", DEVIATIONS["500 always"]);
  const replaced = await stack.run("up", { deleteRecord: true, text: 2 });
  expect(replaced.result).toEqual({ kind: "ok", errors: [] });
  expect(replaced.warnings).toEqual([expect.stringMatching(/^LYC3015: The record of run run-1 could not be deleted/)]);
  expect(active(stack)).toEqual(["run-2"]);
  expect((await stack.run("destroy")).result.kind).toBe("ok");
});

test.each(["404", "403"] as const)("%s answers shortly after an unclear start do not lose the run", async (name) => {
  const stack = createStack(LONG);
  let started = false;
  let blips = 0;
  stack.service.behaviour.starts = [
    unclearStart(true, () => {
      started = true;
    }),
  ];
  const gateway = (answer: HttpAnswer) => (started && blips++ < 2 ? DEVIATIONS[name](answer) : answer);
  stack.http.deviate(["list", "history"], gateway);
  expect((await stack.run("up")).result.kind).toBe("ok");
  expect(stack.service.runs).toHaveLength(1);
});

test("a short time of 403 answers to every read does not end a wait", async () => {
  const stack = createStack(DONE);
  const from = stack.clock.now() + 4000;
  const blip = (answer: HttpAnswer) =>
    stack.clock.now() >= from && stack.clock.now() < from + 1500 ? DEVIATIONS["403"](answer) : answer;
  stack.http.deviate(READS, blip);
  expect((await stack.run("up", { waitFor: "completed" })).result).toEqual({ kind: "ok", errors: [] });
});

test("the history shows the end where neither record nor older status call exists", async () => {
  const stack = createStack(DONE);
  stack.http.deviate(["record", "olderStatus"], DEVIATIONS["404"]);
  expect((await stack.run("up", { waitFor: "completed" })).result).toEqual({ kind: "ok", errors: [] });
});

test("a completed run whose record is refused counts, with a warning", async () => {
  const stack = createStack(DONE);
  stack.http.deviate(["record", "olderStatus"], DEVIATIONS["403"]);
  const { result, warnings } = await stack.run("up", { waitFor: "completed" });
  expect(result.kind).toBe("ok");
  expect(warnings).toEqual([expect.stringMatching(/^LYC3015: GET \/execution\/\{id\} answered 403/)]);
});

test("an abort that was answered 409 is decided by a read", async () => {
  const stack = createStack([...GOING, { after: 100, status: "completed", returnCode: 0 }]);
  await stack.run("up");
  await stack.clock.sleep(200);
  const conflict = () => ({ status: 409, body: JSON.stringify({ detail: "Execution has already ended" }) });
  stack.http.deviate("abort", Object.assign(conflict, { refuses: true }));
  expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
});

test("an up finds a lost run with whenLost rerun and a refused history", async () => {
  const stack = createStack(LONG);
  await stack.run("up");
  stack.service.behaviour.forgotten.add("run-1");
  stack.http.deviate("history", DEVIATIONS["403"]);
  expect((await stack.run("up", { whenLost: "rerun" })).result.kind).toBe("ok");
  expect(stack.service.runs).toHaveLength(2);
});

test("a forgotten run that reappears has its current status", async () => {
  const stack = createStack([...GOING, { after: 100, status: "completed", returnCode: 0 }]);
  await stack.run("up");
  stack.service.behaviour.forgotten.add("run-1");
  await stack.clock.sleep(9000);
  await stack.run("refresh");
  expect(outputsOf(stack)).toMatchObject({ missing: "forgotten", status: "running" });
  stack.service.behaviour.forgotten.clear();
  expect((await stack.run("up", { waitFor: "completed" })).result).toEqual({ kind: "ok", errors: [] });
  expect(outputsOf(stack)).toMatchObject({ status: "completed", returnCode: 0 });
});
