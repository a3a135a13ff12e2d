import { modelError } from "../testing/model-service";
import { type Shown, status, watchedWait } from "../testing/watched-wait";
import { createWorld } from "../testing/world";

test("the row shows the first status and each change, not every observation", async () => {
  const { reported } = await watchedWait({
    started: { status: "pending" },
    shown: [
      [1, status("pending", { fileName: "lyc1.key" })],
      [2, status("running", { fileName: "lyc1.key" })],
      [3, status("running", { fileName: "lyc1.key" })],
      [4, status("completed", { fileName: "lyc1.key", returnCode: 0, endedAt: "2026-03-01T12:00:00Z" })],
    ],
  });
  expect(reported).toEqual([
    "progress: pending (run r1)",
    "progress: running (run r1)",
    "progress: completed (run r1)",
  ]);
});

test("the row keeps the status alone when the wait ends", async () => {
  const base = createWorld();
  const world = createWorld({ ...base, hasTerminal: true });
  const { reason } = await watchedWait({ world, started: { status: "running" }, shown: [[30, status("running")]] });
  expect(reason).toMatch(/^LYC3002: /);
  expect(world.reported.filter((line) => line.startsWith("progress")).at(-1)).toBe("progress: running (run r1)");
});

test("the row shows a status without a record too", async () => {
  const { outputs } = await watchedWait({
    inputs: { waitFor: "running" },
    started: { status: "pending" },
    shown: [[1, { kind: "status", status: "running" }]],
  });
  expect(outputs.status).toBe("running");
});

describe("the clock", () => {
  test("is that of the queue until the run is first observed as running, then that of the run", async () => {
    const { deadlines, reason } = await watchedWait({
      started: { status: "pending" },
      shown: [
        [1, status("starting")],
        [10, status("running")],
        [50, status("running")],
      ],
    });
    expect(deadlines).toEqual([100, 210, 210]);
    expect(reason).toMatch(/^LYC3002: .*run clock \(200 s\).*running/);
  });

  test("that ran out is in the error, with the last status and its age", async () => {
    const of = async (shown: readonly Shown[], clocks = {}) =>
      (await watchedWait({ started: { status: "pending" }, shown, clocks })).reason;
    expect(await of([])).toMatch(/^LYC3002: .*queue clock \(100 s\).*pending/);
    expect(await of([[1, status("running")]], { total: 5 })).toMatch(/^LYC3002: .*total clock \(5 s\).*running/);
    const hidden = await of([
      [1, status("running")],
      [40, { kind: "unreachable", error: modelError(500) }],
    ]);
    expect(hidden).toMatch(/running, 39 s ago.*has not shown it since/);
  });
});

describe("a service that does not return the file name", () => {
  const warnings = async (observation: ReturnType<typeof status> & object, started = {}) => {
    const { reported } = await watchedWait({ shown: [[1, observation]], started: { status: "pending", ...started } });
    return reported.filter((line) => line.startsWith("warning"));
  };
  const listed = (more: object) => ({ ...status("running", more), isListed: true }) as ReturnType<typeof status>;
  const warned = [expect.stringMatching(/^warning: Lyceum does not return the file name of run r1, /)];
  const altered = [expect.stringMatching(/^warning: Lyceum alters the file name of run r1, /)];

  test.each([
    ["a list shows another name", listed({ fileName: "train.yaml" }), altered],
    ["a record shows another name", status("running", { fileName: "train.yaml" }), altered],
    ["a list shows no name", listed({}), warned],
    ["a record shows no name, which it may leave out", status("running"), []],
    ["the name begins with the start key", listed({ fileName: "lyc1.key-label" }), []],
    ["there is no record", { kind: "status", status: "running" } as const, []],
  ])("causes a warning if %s", async (_name, observation, expected) => {
    expect(await warnings(observation)).toEqual(expected);
  });

  test.each([{ fileName: "train.yaml" }, {}])(
    "is not warned of where the run was started without a key: %j",
    async (more) => {
      expect(await warnings(listed(more), { startKey: "" })).toEqual([]);
    },
  );

  test("causes one warning in a command", async () => {
    const world = createWorld();
    for (const _again of [1, 2]) await watchedWait({ world, shown: [[1, listed({})]], started: { status: "pending" } });
    expect(world.reported.filter((line) => line.startsWith("warning"))).toHaveLength(1);
  });
});
