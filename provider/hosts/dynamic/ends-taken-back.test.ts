import { DEVIATIONS } from "./testing/deviations";
import type { Deviation } from "./testing/http-service";
import { active, createStack, GOING, outputsOf } from "./testing/stack";

// Tests with a service that once reports an end by a status word, and then shows the run as active again.

const ENDING = [...GOING, { after: 100, status: "completed", returnCode: 0 }];

const aborts = (requests: readonly string[]) => requests.filter((request) => request.startsWith("abort"));
const empty: Deviation = () => ({ status: 200, body: "[]" });
const word =
  (status: string): Deviation =>
  () => ({ status: 200, body: JSON.stringify({ status }) });
/** Removes everything but the status word from each answer. */
const onlyWords: Deviation = (answer) =>
  answer.status === 200 ? { ...answer, body: JSON.stringify({ status: JSON.parse(answer.body).status }) } : answer;
/** Removes the times from list entries. */
const noTimes: Deviation = (answer) => ({
  ...answer,
  body: answer.body.replaceAll(/"end_time":"[^"]*",?/g, "").replaceAll(",}", "}"),
});
/** Makes a deviation that changes only the first answer. */
function once(deviation: Deviation): Deviation {
  let isOver = false;
  return (answer) => {
    const altered = isOver ? answer : deviation(answer);
    isOver = true;
    return altered;
  };
}

describe.each(["failed", "completed", "aborted"])("one answer `%s` without exit code and end time", (status) => {
  test.each([
    ["and a list that shows the run", undefined],
    ["and a list that lags", empty],
  ])("that a refresh reads %s: the run is recorded as running, and destroy aborts it", async (_name, list) => {
    const stack = createStack(ENDING);
    await stack.run("up");
    stack.http.deviate("record", once(word(status)));
    stack.http.deviate("list", list);
    await stack.run("refresh");
    expect(outputsOf(stack)).toMatchObject({ status: "running" });
    stack.http.deviate("list", undefined);
    const { result, requests } = await stack.run("destroy");
    expect(result.kind).toBe("ok");
    expect(aborts(requests)).toHaveLength(1);
    expect(active(stack)).toEqual([]);
  });

  test("that only the older status call gives does not count as an end", async () => {
    const stack = createStack(ENDING);
    await stack.run("up");
    stack.http.deviate("record", DEVIATIONS["500 always"]);
    stack.http.deviate("olderStatus", once(word(status)));
    stack.http.deviate("list", empty);
    await stack.run("refresh");
    expect(outputsOf(stack)).toMatchObject({ status: "running" });
  });

  test("during a wait does not end the wait or the run, and the next up starts no second run", async () => {
    const stack = createStack(ENDING);
    stack.http.deviate("list", empty);
    stack.http.deviate("record", once(word(status)));
    expect((await stack.run("up", { waitFor: "completed" })).result.kind).toBe("ok");
    expect(outputsOf(stack)).toMatchObject({ status: "completed", returnCode: 0 });
    await stack.run("up", { waitFor: "completed" });
    expect(stack.service.runs).toHaveLength(1);
  });

  test("in the list, during the drift check of the next up, starts nothing", async () => {
    const stack = createStack(ENDING);
    await stack.run("up");
    stack.http.deviate("list", (answer) => ({ ...answer, body: answer.body.replaceAll('"running"', `"${status}"`) }));
    await stack.run("up", { whenFailed: "rerun" });
    expect(outputsOf(stack)).toMatchObject({ status: "running" });
    expect(stack.service.runs).toHaveLength(1);
    expect(active(stack)).toEqual(["run-1"]);
  });

  test("about the run of a killed command: the run is adopted, and no second run is started", async () => {
    const stack = createStack(ENDING);
    await stack.run("up");
    stack.state.entries.clear();
    stack.http.deviate("list", empty);
    stack.http.deviate("history", (answer) => ({
      ...answer,
      body: answer.body.replaceAll('"running"', `"${status}"`),
    }));
    await stack.run("up");
    expect(stack.service.runs).toHaveLength(1);
    expect(outputsOf(stack)).toMatchObject({ executionId: "run-1", status: "running" });
  });
});

test("an end that an older version recorded by its word alone is confirmed before the run is deleted", async () => {
  const stack = createStack(ENDING);
  await stack.run("up");
  const entry = stack.state.entries.get("train");
  if (entry !== undefined)
    stack.state.entries.set("train", { ...entry, outputs: { ...entry.outputs, status: "failed" } });
  const { requests } = await stack.run("destroy");
  expect(aborts(requests)).toHaveLength(1);
  expect(active(stack)).toEqual([]);
});

describe("a service whose records have only a status word", () => {
  const wordsOnly = (script = ENDING) => {
    const stack = createStack(script);
    stack.http.deviate(["record", "olderStatus"], onlyWords);
    stack.http.deviate(["list", "history"], noTimes);
    return stack;
  };

  test("is waited for, refreshed and destroyed", async () => {
    const stack = wordsOnly();
    expect((await stack.run("up", { waitFor: "completed" })).result).toEqual({ kind: "ok", errors: [] });
    await stack.run("refresh");
    expect(outputsOf(stack)).toMatchObject({ status: "completed" });
    const { result, requests } = await stack.run("destroy");
    expect(result.kind).toBe("ok");
    expect(aborts(requests)).toEqual([]);
  });

  test("is refreshed after the end of the run, and a failed run is started again by its policy", async () => {
    const stack = wordsOnly([...GOING, { after: 50, status: "failed", returnCode: 1 }]);
    await stack.run("up");
    await stack.clock.sleep(100);
    await stack.run("up", { whenFailed: "rerun" });
    expect(stack.service.runs).toHaveLength(2);
    await stack.clock.sleep(100);
    await stack.run("refresh");
    expect(outputsOf(stack)).toMatchObject({ executionId: "run-2", status: "failed" });
  });

  test("is destroyed while the run is active", async () => {
    const stack = wordsOnly();
    await stack.run("up");
    expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
    expect(active(stack)).toEqual([]);
  });
});
