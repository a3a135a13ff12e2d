import type { CallOptions, ExecutionPage } from "../../lyceum/port";
import { modelError, unclearStart } from "../testing/model-service";
import { abortsOf, createWorld, someInputs, startsOf } from "../testing/world";
import { createExecution } from "./create";

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });

describe("starting once", () => {
  test("a new process adopts the run of a killed process, whether the run is active or has ended", async () => {
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

  test("the run of a start without a clear answer is looked up and adopted", async () => {
    const world = createWorld();
    world.service.behaviour.lag = 10;
    world.service.behaviour.starts = [unclearStart(true)];
    expect(await createExecution(world.context, someInputs())).toMatchObject({ executionId: "run-1" });
    expect(startsOf(world)).toBe(1);
  });

  test.each([2, 6])(
    "a run of the first request is adopted after a start was sent again: %j unclear answers, lists 40 s late",
    async (unclear) => {
      const world = createWorld();
      world.service.behaviour.lag = 40;
      world.service.behaviour.starts = Array.from({ length: unclear }, () => unclearStart(true));
      expect(await createExecution(world.context, accepted())).toMatchObject({ executionId: "run-1" });
      expect(startsOf(world)).toBe(2);
      // A known limit: if the lists show the second run even later, only the next `up` reports this run.
      expect(world.reported.join()).toContain("It was sent 2 times, so another run may appear");
    },
  );

  test("many creates share one lookup", async () => {
    const world = createWorld();
    const many = Array.from({ length: 40 }, (_, index) =>
      createExecution(world.context, accepted({ $urn: `urn:${index}` })),
    );
    await Promise.all(many);
    expect(world.service.calls.filter((call) => call === "history")).toHaveLength(1);
    expect(startsOf(world)).toBe(40);
  });

  test("a list of active runs that fails does not count as empty: nothing is started", async () => {
    const world = createWorld();
    world.service.behaviour.failing = { listActive: modelError(500) };
    await expect(createExecution(world.context, someInputs())).rejects.toThrow("model 500");
    expect(startsOf(world)).toBe(0);
  });

  test("the history is searched if the service has no list", async () => {
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
  /** Makes the next command, whose inputs have changed. */
  async function afterKill() {
    const killed = createWorld();
    killed.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(killed.context, accepted());
    return createWorld(killed);
  }
  const edited = (more: Record<string, unknown> = {}) => accepted({ triggers: ["edited"], ...more });

  test("is reported with all facts that identify it, and continues", async () => {
    const { context, reported, service } = await afterKill();
    expect(await createExecution(context, edited())).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(abortsOf({ service })).toEqual([]);
    expect(reported.filter((line) => line.includes("run-1"))).toEqual([
      expect.stringMatching(
        /^warning: Run run-1 \(pending, label "train", created \d s ago\) is active, and none of the resources that this command has read has this run\..*run `npx pulumi-lyceum abort run-1`\.$/,
      ),
    ]);
  });

  test("is not reported if another resource meanwhile shows that it has the run", async () => {
    const { context, clock, reported } = await afterKill();
    clock.at(1, () => void context.processCache.handled({ executionId: "run-1" }));
    await createExecution(context, edited());
    expect(reported.join()).not.toContain("run-1");
  });
});

describe("a run that another resource of the program has", () => {
  test("is not adopted if the engine shows that resource within two seconds", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    const recorded = await createExecution(first.context, accepted());
    const second = createWorld(first);
    second.clock.at(1, () => second.context.processCache.sawRecorded({ ...recorded, resourceUrn: "urn:renamed" }));
    expect(await createExecution(second.context, accepted())).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(abortsOf(first)).toEqual([]);
  });

  test("is adopted with a notice if nothing shows that resource", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, accepted());
    const second = createWorld(first);
    expect(await createExecution(second.context, accepted())).toMatchObject({ executionId: "run-1" });
    expect(second.reported).toContainEqual(
      expect.stringMatching(/^notice: Run run-1 .*has this run too, set `onDelete` to "leave"/),
    );
  });
});

describe("a service that shows ids in another form in its lists than in its answers", () => {
  const FORMS: readonly (readonly [string, (id: string) => string])[] = [
    ["in upper case", (id) => id.toUpperCase()],
    ["with a prefix", (id) => `exec-${id}`],
    ["as something else", (id) => `0${id.slice("run-".length)}`],
  ];

  function withForm(world: ReturnType<typeof createWorld>, form: (id: string) => string) {
    const { client } = world.service;
    const shown = async (page: Promise<ExecutionPage>): Promise<ExecutionPage> => {
      const { executions, ...rest } = await page;
      return { ...rest, executions: executions.map((run) => ({ ...run, executionId: form(run.executionId) })) };
    };
    const altered = {
      ...client,
      listActive: (options?: CallOptions) => shown(client.listActive(options)),
      history: (page: { limit: number; offset: number }) => shown(client.history(page)),
    };
    return createWorld({ ...world, service: { ...world.service, client: altered } });
  }

  test.each(FORMS)("%s: its own run is neither reported nor aborted during its wait", async (_name, form) => {
    const world = withForm(createWorld(), form);
    const done = await createExecution(world.context, someInputs({ waitFor: "completed" }));
    expect(done).toMatchObject({ executionId: "run-1", status: "completed" });
    expect(abortsOf(world)).toEqual([]);
    expect(world.reported.filter((line) => line.startsWith("warning"))).toEqual([]);
  });

  test.each(FORMS)("%s: the recorded run does not count as another one when it is replaced", async (_name, form) => {
    const world = withForm(createWorld(), form);
    world.service.behaviour.script = [{ after: 1, status: "running" }];
    const recorded = await createExecution(world.context, accepted());
    const next = withForm(world, (id) => id);
    next.context.processCache.sawRecorded(recorded);
    await createExecution(next.context, accepted({ triggers: ["edited"] }));
    expect(next.reported.filter((line) => line.startsWith("warning"))).toEqual([]);
  });
});
