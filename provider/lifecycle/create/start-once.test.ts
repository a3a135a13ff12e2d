import { modelError, unclearStart } from "../testing/model-service";
import { createWorld, someInputs, startsOf } from "../testing/world";
import { createExecution } from "./create";

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });

describe("starting once", () => {
  test("a new process adopts the run of a killed one, and the run that has ended meanwhile", async () => {
    const first = createWorld();
    await createExecution(first.context, accepted());
    const second = createWorld(first);
    const inputs = someInputs({ waitFor: "completed" });
    const adopted = { executionId: "run-1", status: "completed" };
    expect(await createExecution(second.context, inputs)).toMatchObject(adopted);
    expect(second.reported.join()).toContain("was already started for this resource and is adopted");
    const third = createWorld(first);
    expect(await createExecution(third.context, inputs)).toMatchObject(adopted);
    expect(third.reported.join()).toMatch(/ended completed \d+ s ago/);
    expect(startsOf(first)).toBe(1);
  });

  test("a provider without an engine starts nothing", async () => {
    const world = createWorld();
    world.engine.alive = false;
    await expect(createExecution(world.context, someInputs())).rejects.toThrow("LYC3008");
    expect(startsOf(world)).toBe(0);
  });

  test("an unclear answer is looked for, and the run that came of it is adopted", async () => {
    const world = createWorld();
    world.service.behaviour.lag = 10;
    world.service.behaviour.starts = [unclearStart(true)];
    expect(await createExecution(world.context, someInputs())).toMatchObject({ executionId: "run-1" });
    expect(startsOf(world)).toBe(1);
  });

  test("one look serves many creates", async () => {
    const world = createWorld();
    const many = Array.from({ length: 40 }, (_, index) =>
      createExecution(world.context, accepted({ $urn: `urn:${index}` })),
    );
    await Promise.all(many);
    expect(world.service.calls.filter((call) => call === "history")).toHaveLength(1);
    expect(startsOf(world)).toBe(40);
  });

  test("an active list that fails is not an empty one: nothing is started", async () => {
    const world = createWorld();
    world.service.behaviour.failing = { listActive: modelError(500) };
    await expect(createExecution(world.context, someInputs())).rejects.toThrow("model 500");
    expect(startsOf(world)).toBe(0);
  });

  test("a service without the list is searched by its history", async () => {
    const first = createWorld();
    first.service.behaviour.failing = { listActive: modelError(404) };
    await createExecution(first.context, accepted());
    const second = createWorld(first);
    expect(await createExecution(second.context, someInputs())).toMatchObject({ executionId: "run-1" });
  });

  test.each([
    ["oldest first", { oldestFirst: true }],
    ["without a count", { hideTotal: true }],
    ["oldest first without a count", { oldestFirst: true, hideTotal: true }],
  ])("a long history %s is read to its end", async (_name, alteration) => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "completed", returnCode: 0 }];
    for (let index = 0; index < 250; index++) {
      await first.service.client.start({ compose_file_code: "", file_name: `other-${index}` });
    }
    Object.assign(first.service.behaviour, alteration);
    await first.clock.sleep(10_000);
    await createExecution(first.context, someInputs({ waitFor: "completed" }));
    const second = createWorld(first);
    const found = await createExecution(second.context, someInputs({ waitFor: "completed" }));
    expect(found).toMatchObject({ executionId: "run-251" });
  });
});

describe("a run that a killed command started with other inputs", () => {
  /** The next command, whose inputs have changed. */
  async function afterKill() {
    const killed = createWorld();
    killed.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(killed.context, accepted());
    return createWorld(killed);
  }
  const edited = (more: Record<string, unknown> = {}) => accepted({ triggers: ["edited"], ...more });

  test("is ended, and reported", async () => {
    const { context, reported } = await afterKill();
    expect(await createExecution(context, edited())).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(reported.join()).toContain(
      "An interrupted command left run run-1 (pending) active; it was aborted and has ended.",
    );
  });

  test("is named where it cannot be aborted, and keeps nothing from starting", async () => {
    const { context, service, reported } = await afterKill();
    service.behaviour.failing = { abort: modelError(500) };
    await createExecution(context, edited());
    expect(reported.join()).toMatch(
      /warning: An interrupted command left run run-1 \(pending\) active; its abort got no clear answer: .* answered 500 \(sent 5 times\)/,
    );
  });

  test("is waited for within the total clock", async () => {
    const { context, service, reported, clock } = await afterKill();
    service.behaviour.abortWorks = false;
    const begunAt = clock.now();
    expect(await createExecution(context, edited({ clocks: { total: 40 } }))).toMatchObject({ executionId: "run-2" });
    expect((clock.now() - begunAt) / 1000).toBe(40);
    expect(reported).toContainEqual(expect.stringMatching(/^warning: .*run-1 .*has not reported its end/));
  });

  test.each([
    ["for a moment", 10, "warning: .*has not reported its end"],
    ["for good", 10_000, "notice: .*was aborted and has ended"],
  ])("where only the list works, and does not show it %s", async (_name, seconds, line) => {
    const { context, service, reported, clock } = await afterKill();
    const { behaviour } = service;
    behaviour.abortWorks = false;
    behaviour.failing = { record: modelError(403), olderStatus: modelError(403) };
    const { abort } = context.client;
    let abortedAt = Number.POSITIVE_INFINITY;
    context.client.abort = (id, options) => {
      abortedAt = clock.now();
      return abort(id, options);
    };
    const sinceAbort = () => (clock.now() - abortedAt) / 1000;
    behaviour.forgotten.has = (id) => id === "run-1" && sinceAbort() >= 0 && sinceAbort() < seconds;
    await createExecution(context, edited());
    expect(reported.join("\n")).toMatch(new RegExp(line));
  });
});
