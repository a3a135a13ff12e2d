import { DEVIATIONS } from "./testing/deviations";
import { active, createStack, GOING, LONG, outputsOf, READS, unclearStart } from "./testing/stack";

// Tests with a service that is slow, refuses calls for a while, or sends incomplete answers.

const DONE = [...GOING, { after: 20, status: "completed", returnCode: 0 }];
const FAILED = [...GOING, { after: 20, status: "failed", returnCode: 3 }];

const answered = (status: number) => Object.assign(() => ({ status, body: '{"detail":"no"}' }), { refuses: true });
/** An answer that a proxy has cut off: the status is complete, but the JSON is not. */
const brokenOff = () => ({ status: 200, body: '[{"execution_id": "run' });

describe("a service whose answers take 12 s", () => {
  test("is waited for until the run has completed, or failed, in one command", async () => {
    const stack = createStack(DONE);
    stack.http.slowDown(12);
    expect((await stack.run("up", { waitFor: "completed" })).result).toEqual({ kind: "ok", errors: [] });
    expect(outputsOf(stack)).toMatchObject({ status: "completed", returnCode: 0 });
    expect((await stack.run("refresh")).result.kind).toBe("ok");
    expect((await stack.run("destroy")).result.kind).toBe("ok");
    const failing = createStack(FAILED);
    failing.http.slowDown(12);
    expect((await failing.run("up", { waitFor: "completed" })).result.errors).toEqual([
      expect.stringMatching(/^LYC3001: /),
    ]);
  });

  test("is destroyed while the run is active", async () => {
    const stack = createStack(LONG);
    stack.http.slowDown(12);
    expect((await stack.run("up")).result).toEqual({ kind: "ok", errors: [] });
    expect((await stack.run("destroy")).result).toEqual({ kind: "ok", errors: [] });
    expect(active(stack)).toEqual([]);
  });

  test("gets fewer requests", async () => {
    const requests = async (seconds: number) => {
      const stack = createStack([...GOING, { after: 100, status: "completed", returnCode: 0 }]);
      stack.http.slowDown(seconds);
      return (await stack.run("up", { waitFor: "completed" })).requests.length;
    };
    expect(await requests(12)).toBeLessThan((await requests(0)) / 3);
  });
});

describe.each([
  ["409", answered(409)],
  ["423", answered(423)],
  ["425", answered(425)],
  ["429", answered(429)],
  ["an answer that breaks off", brokenOff],
])("list and history that lastingly answer %s", (_name, deviation) => {
  const stackOf = () => {
    const stack = createStack(LONG);
    stack.http.deviate(["list", "history"], deviation);
    return stack;
  };

  test("stop neither a start, which gives one warning, nor a destroy", async () => {
    const stack = stackOf();
    const { result, warnings } = await stack.run("up");
    expect(result).toEqual({ kind: "ok", errors: [] });
    expect(warnings).toEqual([expect.stringMatching(/^LYC3015: GET \/workloads\/list .*GET \/billing\/history /)]);
    expect((await stack.run("up")).result.kind).toBe("ok");
    expect((await stack.run("destroy")).result.kind).toBe("ok");
    expect(active(stack)).toEqual([]);
  });

  test("stop every start if whenUnverified is fail", async () => {
    const stack = stackOf();
    const { result } = await stack.run("up", { whenUnverified: "fail" });
    expect(result.errors).toEqual([expect.stringMatching(/^LYC3016: /)]);
    expect(stack.service.runs).toEqual([]);
  });
});

test("a list that answers 429 for a short time after an unclear start is read again, and shows the run", async () => {
  const stack = createStack(LONG);
  stack.service.behaviour.starts = [
    unclearStart(true, () => {
      const until = stack.clock.now() + 60_000;
      stack.http.deviate(["list", "history"], (answer) => (stack.clock.now() < until ? answered(429)() : answer));
    }),
  ];
  expect((await stack.run("up")).result).toEqual({ kind: "ok", errors: [] });
  expect(stack.service.runs).toHaveLength(1);
});

test("an up without changes and with a refused key warns once", async () => {
  const stack = createStack(LONG);
  await stack.run("up");
  stack.http.deviate(READS, DEVIATIONS["401"]);
  const { result, warnings } = await stack.run("up");
  expect(result.kind).toBe("ok");
  expect(warnings).toEqual([expect.stringMatching(/^LYC1101: .*refused the API key/)]);
});

describe("a record that cannot be read when the run ends", () => {
  const blind = async (script = DONE, declared = {}) => {
    const stack = createStack(script);
    stack.http.deviate("record", DEVIATIONS["500 always"]);
    await stack.run("up", { waitFor: "completed", ...declared });
    expect(outputsOf(stack)?.returnCode).toBeUndefined();
    return stack;
  };

  test("is read by the next up, and by no later up", async () => {
    const stack = await blind();
    expect(outputsOf(stack)).toMatchObject({ status: "completed", endUnread: true });
    stack.http.deviate("record", undefined);
    expect((await stack.run("up", { waitFor: "completed" })).result.kind).toBe("ok");
    expect(outputsOf(stack)).toMatchObject({ status: "completed", returnCode: 0 });
    expect(outputsOf(stack)?.endUnread).toBeUndefined();
    expect((await stack.run("up", { waitFor: "completed" })).requests).toEqual(["listWorkloads"]);
  });

  test("is read by the next up even if the policy keeps a failed run", async () => {
    const stack = await blind(FAILED, { whenFailed: "keep" });
    stack.http.deviate("record", undefined);
    expect((await stack.run("up", { waitFor: "completed", whenFailed: "keep" })).result.kind).toBe("ok");
    expect(outputsOf(stack)).toMatchObject({ status: "failed", returnCode: 3 });
    expect(stack.service.runs).toHaveLength(1);
  });

  test("and later shows a failure fails the up, and the run is started again after that", async () => {
    const stack = await blind([...GOING, { after: 20, status: "completed", returnCode: 4 }]);
    stack.http.deviate("record", undefined);
    expect((await stack.run("up", { waitFor: "completed" })).result.errors).toEqual([
      expect.stringMatching(/^LYC3001: .*exit code 4.*The next `pulumi up` starts a new run/),
    ]);
    await stack.run("up", { waitFor: "completed" });
    expect(stack.service.runs).toHaveLength(2);
  });

  test("and is refused for good is not read again", async () => {
    const stack = createStack(DONE);
    stack.http.deviate("record", DEVIATIONS["403"]);
    await stack.run("up", { waitFor: "completed" });
    expect((await stack.run("up", { waitFor: "completed" })).requests).toEqual(["listWorkloads"]);
  });
});

test("the remedy for a lost run names the run as the only target", async () => {
  const stack = createStack(LONG);
  await stack.run("up");
  stack.service.behaviour.forgotten.add("run-1");
  const { result } = await stack.run("destroy");
  expect(result.errors).toEqual([
    expect.stringMatching(/^LYC3005: .*run `pulumi up --target 'urn:[^']*::train'`, then repeat the command/),
  ]);
});
