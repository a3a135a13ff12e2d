import type { StartRequest } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import { createExecution } from "./create";

const startRequestOf = (fileName: string): StartRequest => ({
  compose_file_code: "",
  timeout: 60,
  execution_type: "cpu",
  file_name: fileName,
  enable_s3_mount: false,
  graceful_timeout: 10,
});
const starts = (calls: readonly string[]) => calls.filter((call) => call.startsWith("start "));

describe("starting once", () => {
  test("a new process adopts the run of a killed one, and the run that has ended meanwhile", async () => {
    const first = createWorld();
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    const second = createWorld(first);
    expect(await createExecution(second.context, someInputs({ waitFor: "completed" }))).toMatchObject({
      executionId: "run-1",
      status: "completed",
    });
    expect(second.reported.join()).toContain("was already started for this resource and is adopted");
    const third = createWorld(first);
    expect(await createExecution(third.context, someInputs({ waitFor: "completed" }))).toMatchObject({
      executionId: "run-1",
    });
    expect(third.reported.join()).toMatch(/ended completed \d+ s ago/);
    expect(starts(first.service.calls)).toHaveLength(1);
  });

  test("a provider without an engine starts nothing", async () => {
    const { context, engine, service } = createWorld();
    engine.alive = false;
    await expect(createExecution(context, someInputs())).rejects.toThrow("LYC3008");
    expect(starts(service.calls)).toHaveLength(0);
  });

  test("an unclear answer is looked for, and the run that came of it is adopted", async () => {
    const { context, service } = createWorld();
    service.behaviour.lag = 10;
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    expect(await createExecution(context, someInputs())).toMatchObject({ executionId: "run-1" });
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("an unclear answer of which nothing came is tried again only after 30 s of looking", async () => {
    const { context, service, clock, reported } = createWorld();
    service.behaviour.starts = [{ commit: false, outcome: (error) => ({ kind: "unknown", error }) }];
    const begun = clock.now();
    expect(await createExecution(context, someInputs({ waitFor: "accepted" }))).toMatchObject({ executionId: "run-1" });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(30_000);
    expect(starts(service.calls)).toHaveLength(2);
    expect(reported.join()).toContain("created no run. The provider tries again");
  });

  test("a service that hides file names cannot prove that nothing came of it: no second start", async () => {
    const { context, service } = createWorld();
    service.behaviour.hideFileNames = true;
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    await expect(createExecution(context, someInputs())).rejects.toThrow(/LYC3004.*[a-z0-9]{21}/);
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("lookups that fail prove nothing: no second start", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    clock.at(0.5, () => {
      service.behaviour.failing = { history: modelError(500), listActive: modelError(500) };
    });
    await expect(createExecution(context, someInputs())).rejects.toThrow("LYC3004");
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("a refusal that may pass is repeated within the queue clock, another is not", async () => {
    const { context, service } = createWorld();
    service.behaviour.starts = [
      { commit: false, outcome: (error) => ({ kind: "refused", error, retryAfterSeconds: 5 }) },
    ];
    await createExecution(context, someInputs());
    expect(starts(service.calls)).toHaveLength(2);
    service.behaviour.starts = [{ commit: false, outcome: (error) => ({ kind: "refused", error }) }];
    await expect(createExecution(context, someInputs({ triggers: [2] }))).rejects.toThrow("model 500");
    expect(starts(service.calls)).toHaveLength(3);
  });

  test("one look serves many creates", async () => {
    const { context, service } = createWorld();
    const many = Array.from({ length: 40 }, (_, index) =>
      createExecution(context, someInputs({ $urn: `urn:${index}`, waitFor: "accepted" })),
    );
    await Promise.all(many);
    expect(service.calls.filter((call) => call === "history")).toHaveLength(1);
    expect(starts(service.calls)).toHaveLength(40);
  });

  test("the total clock bounds refused starts too", async () => {
    const { context, service, clock } = createWorld();
    const refusal: (typeof service.behaviour.starts)[number] = {
      commit: false,
      outcome: (error) => ({ kind: "refused", error, retryAfterSeconds: 5 }),
    };
    service.behaviour.starts = Array.from({ length: 500 }, () => refusal);
    const begun = clock.now();
    await expect(createExecution(context, someInputs({ clocks: { total: 60 } }))).rejects.toThrow("model 500");
    expect((clock.now() - begun) / 1000).toBeLessThanOrEqual(60);
  });

  test("an active list that fails is not an empty one: nothing is started, nothing is proven", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.failing = { listActive: modelError(500) };
    await expect(createExecution(context, someInputs())).rejects.toThrow("model 500");
    expect(starts(service.calls)).toHaveLength(0);
    service.behaviour.failing = {};
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    clock.at((clock.now() - Date.parse("2026-03-01T12:00:00Z")) / 1000 + 0.5, () => {
      service.behaviour.failing = { listActive: modelError(500) };
      service.behaviour.lag = 1000;
    });
    await expect(createExecution(context, someInputs())).rejects.toThrow("LYC3004");
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("a service without the list is searched by its history", async () => {
    const first = createWorld();
    first.service.behaviour.failing = { listActive: modelError(404) };
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
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
      await first.service.client.start({ ...startRequestOf(`other-${index}`) });
    }
    Object.assign(first.service.behaviour, alteration);
    await first.clock.sleep(10_000);
    await createExecution(first.context, someInputs({ waitFor: "completed" }));
    const second = createWorld(first);
    const found = await createExecution(second.context, someInputs({ waitFor: "completed" }));
    expect(found).toMatchObject({ executionId: "run-251" });
  });

  test("a run that a killed command started with other inputs is ended, and reported", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    const second = createWorld(first);
    const outputs = await createExecution(second.context, someInputs({ triggers: ["edited"] }));
    expect(outputs).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(second.reported.join()).toContain(
      "An interrupted command left run run-1 (pending) active; it was aborted and has ended.",
    );
  });

  test("an abandoned run that cannot be aborted is named, and keeps nothing from starting", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    first.service.behaviour.failing = { abort: modelError(500) };
    const second = createWorld(first);
    await createExecution(second.context, someInputs({ triggers: ["edited"] }));
    expect(second.reported.join()).toMatch(
      /warning: An interrupted command left run run-1 \(pending\) active; it could not be aborted/,
    );
  });

  test.each([
    ["for a moment", 10, "warning: .*has not reported its end"],
    ["for good", 10_000, "notice: .*was aborted and has ended"],
  ])("where only the list works, an abandoned run that it does not show %s", async (_name, seconds, reported) => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    const { behaviour } = first.service;
    behaviour.abortWorks = false;
    behaviour.failing = { record: modelError(403), olderStatus: modelError(403) };
    const second = createWorld(first);
    const abort = second.context.client.abort;
    let abortedAt = Number.POSITIVE_INFINITY;
    second.context.client.abort = (id, options) => {
      abortedAt = first.clock.now();
      return abort(id, options);
    };
    const sinceAbort = () => (first.clock.now() - abortedAt) / 1000;
    behaviour.forgotten.has = (id) => id === "run-1" && sinceAbort() >= 0 && sinceAbort() < seconds;
    await createExecution(second.context, someInputs({ triggers: ["edited"], waitFor: "accepted" }));
    expect(second.reported.join("\n")).toMatch(new RegExp(reported));
  });

  test("an existing run is adopted by id, an unknown one is refused", async () => {
    const { context, service } = createWorld();
    await createExecution(context, someInputs({ waitFor: "completed" }));
    const adopted = await createExecution(context, someInputs({ $urn: "urn:other", existingExecutionId: "run-1" }));
    expect(adopted).toMatchObject({ executionId: "run-1", status: "completed" });
    await expect(createExecution(context, someInputs({ existingExecutionId: "run-9" }))).rejects.toThrow("LYC3009");
    expect(starts(service.calls)).toHaveLength(1);
  });
});
