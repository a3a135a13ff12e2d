import type { StartRequest } from "../lyceum/port";
import { createExecution } from "./create";
import { endScope } from "./end-of-scope";
import { InitFailure } from "./errors";
import type { ExecutionOutputs } from "./outputs";
import { modelError } from "./testing/model-service";
import { createWorld, someInputs } from "./testing/world";

async function failureOf(work: Promise<unknown>): Promise<InitFailure<ExecutionOutputs>> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InitFailure);
  return error as InitFailure<ExecutionOutputs>;
}
const startRequestOf = (fileName: string): StartRequest => ({
  composeFileCode: "",
  timeout: 60,
  executionType: "cpu",
  fileName,
  enableS3Mount: false,
  gracefulTimeout: 10,
});
const starts = (calls: readonly string[]) => calls.filter((call) => call.startsWith("start "));

describe("create", () => {
  test.each([
    ["accepted", "pending"],
    ["running", "running"],
    ["completed", "completed"],
  ])("waitFor %s is done at %s, with one start", async (waitFor, status) => {
    const { context, service } = createWorld();
    const outputs = await createExecution(context, someInputs({ waitFor }));
    expect(outputs).toMatchObject({ executionId: "run-1", status, attempt: 1, timeout: 60, gracefulTimeout: 10 });
    expect(starts(service.calls)).toHaveLength(1);
    if (status === "completed") expect(outputs).toMatchObject({ returnCode: 0, endedAt: expect.any(String) });
  });

  test("progress is told only of what is waited for", async () => {
    const { context, said } = createWorld();
    await createExecution(context, someInputs({ waitFor: "accepted" }));
    expect(said).toEqual([]);
    await createExecution(context, someInputs({ triggers: [1] }));
    expect(said[0]).toBe("progress: pending (run run-2)");
  });

  test("an end that comes between two looks reaches waitFor running", async () => {
    const { context, service } = createWorld();
    service.behaviour.script = [{ after: 0.01, status: "completed", returnCode: 0 }];
    expect(await createExecution(context, someInputs())).toMatchObject({ status: "completed" });
  });

  test("outputs stay under 1 KB and never hold the text or the scope", async () => {
    const { context } = createWorld();
    const text = JSON.stringify(await createExecution(context, someInputs({ waitFor: "completed" })));
    expect(Buffer.byteLength(text)).toBeLessThan(1000);
    expect(text).not.toMatch(/busybox|scope-secret/);
  });

  test.each(["accepted", "running", "completed"])(
    "a bad end learned while waiting fails create with the id (waitFor %s)",
    async (waitFor) => {
      const { context, service } = createWorld();
      service.behaviour.script = [{ after: 0, status: "failed", returnCode: 3 }];
      service.behaviour.output = ["first", "the last words"];
      if (waitFor === "accepted") {
        service.behaviour.starts = [
          {
            commit: true,
            outcome: () => ({ kind: "started", executionId: "run-1", status: "failed", streamingUrl: "s" }),
          },
        ];
      }
      const failure = await failureOf(createExecution(context, someInputs({ waitFor })));
      expect(failure).toMatchObject({ id: "run-1", outputs: { status: "failed", returnCode: 3 } });
      expect(failure.reasons.join("\n")).toMatch(/LYC3001: Run run-1 ended failed, exit code 3[\s\S]*the last words/);
    },
  );

  test("failureOutput false leaves the lines out, and secrets never show in them", async () => {
    const { context, service } = createWorld();
    service.behaviour.script = [{ after: 0, status: "failed", returnCode: 1 }];
    service.behaviour.output = ["login with p4ssw0rd-canary failed"];
    const registryCredentials = { type: "basic", username: "u", password: "p4ssw0rd-canary" };
    const shown = await failureOf(createExecution(context, someInputs({ registryCredentials })));
    expect(shown.reasons.join("\n")).toContain("login with");
    expect(shown.reasons.join("\n")).not.toContain("canary");
    const hidden = await failureOf(createExecution(context, someInputs({ failureOutput: false, triggers: [1] })));
    expect(hidden.reasons.join("\n")).not.toContain("login with");
  });

  test("values of a secret compose text are taken out of the lines", async () => {
    const { context, service } = createWorld();
    service.behaviour.script = [{ after: 0, status: "failed", returnCode: 1 }];
    service.behaviour.output = ["connecting to db://canary-host"];
    const composeFileCode = "services:\n  worker:\n    image: busybox\n    environment:\n      - DB=db://canary-host\n";
    const failure = await failureOf(
      createExecution(context, someInputs({ composeFileCode, __secretInputs: ["composeFileCode"] })),
    );
    expect(failure.reasons.join("\n")).toContain("connecting to");
    expect(failure.reasons.join("\n")).not.toContain("canary");
  });

  test.each([
    ["queue", { queue: 30 }, [] as const],
    ["run", { run: 30 }, [{ after: 1, status: "running" }] as const],
    ["total", { total: 20 }, [{ after: 1, status: "running" }] as const],
  ])("the %s clock names itself, the status and the id", async (clock, clocks, script) => {
    const { context, service, clock: time } = createWorld();
    service.behaviour.script = script;
    const begun = time.now();
    const failure = await failureOf(createExecution(context, someInputs({ waitFor: "completed", clocks })));
    expect(failure.id).toBe("run-1");
    expect(failure.reasons[0]).toMatch(
      new RegExp(`LYC3002: The ${clock} clock .* run run-1 .*last seen (pending|running)`),
    );
    expect((time.now() - begun) / 1000).toBeLessThan(40);
  });

  test("a refused credential in the middle of a wait ends it with the id saved", async () => {
    const { context, service, clock } = createWorld();
    clock.at(4, () => {
      service.behaviour.failing = { listActive: modelError(401), record: modelError(401) };
    });
    const failure = await failureOf(createExecution(context, someInputs({ waitFor: "completed" })));
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(failure.reasons[0]).toMatch(/LYC3007: The service refused the credential/);
  });

  test("a failing list falls back to reads, and failing reads are waited out", async () => {
    const { context, service, clock } = createWorld();
    clock.at(1.5, () => {
      service.behaviour.failing = {
        listActive: modelError(500),
        record: modelError(500),
        olderStatus: modelError(500),
      };
    });
    clock.at(60, () => {
      service.behaviour.failing = { listActive: modelError(500) };
    });
    expect(await createExecution(context, someInputs({ waitFor: "completed" }))).toMatchObject({ status: "completed" });
  });

  test("a crash of anything after the answer still carries the id", async () => {
    const { context } = createWorld();
    const poller = { ...context.poller, watch: () => Promise.reject(new TypeError("broken poller")) };
    const broken = { ...context, poller };
    const failure = await failureOf(createExecution(broken, someInputs()));
    expect(failure).toMatchObject({ id: "run-1", outputs: { executionId: "run-1", status: "pending" } });
    expect(failure.reasons[0]).toMatch(/^LYC3010: .*broken poller/);
  });

  test("403 for the list alone falls back to reads; 403 for one run ends its wait only", async () => {
    const { context, service, clock } = createWorld();
    clock.at(0.5, () => {
      service.behaviour.failing = { listActive: modelError(403) };
    });
    expect(await createExecution(context, someInputs({ waitFor: "completed" }))).toMatchObject({ status: "completed" });
  });

  test("a word in the list that nobody knows tells less than the record", async () => {
    const { context, service } = createWorld();
    service.behaviour.listedAs = "archived?";
    expect(await createExecution(context, someInputs())).toMatchObject({ status: "running" });
  });

  test("a service that asks for a pause gets it, and no single reads instead", async () => {
    const { context, service, clock } = createWorld();
    clock.at(0.5, () => {
      service.behaviour.failing = { listActive: modelError(429, 30) };
      service.calls.length = 0;
    });
    clock.at(70, () => {
      service.behaviour.failing = {};
    });
    await createExecution(context, someInputs({ waitFor: "completed" }));
    const asked = service.calls.filter((call) => call === "listActive" || call.startsWith("record"));
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  test("a service that hangs does not hold the deadline up", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.script = [{ after: 1, status: "running" }];
    clock.at(0.5, () => {
      service.behaviour.hangs = true;
    });
    const begun = clock.now();
    await failureOf(createExecution(context, someInputs({ waitFor: "completed", clocks: { total: 30 } })));
    expect((clock.now() - begun) / 1000).toBeLessThan(60);
  });

  test("a service that hides file names is reported once in a command", async () => {
    const { context, service, said } = createWorld();
    service.behaviour.hideFileNames = true;
    await createExecution(context, someInputs());
    await createExecution(context, someInputs({ triggers: [1] }));
    expect(said.filter((line) => line.startsWith("warning"))).toEqual([
      expect.stringContaining("does not give back the file name"),
    ]);
  });

  test("a run that answers 404 for a minute without an end seen is lost, with the id kept", async () => {
    const { context, service, clock } = createWorld();
    clock.at(4, () => service.behaviour.forgotten.add("run-1"));
    const failure = await failureOf(createExecution(context, someInputs({ waitFor: "completed" })));
    expect(failure).toMatchObject({ id: "run-1", outputs: { missing: "lost" } });
    expect(failure.reasons[0]).toContain("LYC3003");
  });
});

describe("starting once", () => {
  test("a new process takes over the run of a killed one, and the run that has ended meanwhile", async () => {
    const first = createWorld();
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    const second = createWorld(first);
    expect(await createExecution(second.context, someInputs({ waitFor: "completed" }))).toMatchObject({
      executionId: "run-1",
      status: "completed",
    });
    expect(second.said.join()).toContain("was started for this resource before and is taken over");
    const third = createWorld(first);
    expect(await createExecution(third.context, someInputs({ waitFor: "completed" }))).toMatchObject({
      executionId: "run-1",
    });
    expect(third.said.join()).toMatch(/ended completed \d+ s ago/);
    expect(starts(first.service.calls)).toHaveLength(1);
  });

  test("an orphan starts nothing", async () => {
    const { context, engine, service } = createWorld();
    engine.alive = false;
    await expect(createExecution(context, someInputs())).rejects.toThrow("LYC3008");
    expect(starts(service.calls)).toHaveLength(0);
  });

  test("an unclear answer is looked for, and the run that came of it is taken over", async () => {
    const { context, service } = createWorld();
    service.behaviour.lag = 10;
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    expect(await createExecution(context, someInputs())).toMatchObject({ executionId: "run-1" });
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("an unclear answer of which nothing came is tried again only after 30 s of looking", async () => {
    const { context, service, clock, said } = createWorld();
    service.behaviour.starts = [{ commit: false, outcome: (error) => ({ kind: "unknown", error }) }];
    const begun = clock.now();
    expect(await createExecution(context, someInputs({ waitFor: "accepted" }))).toMatchObject({ executionId: "run-1" });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(30_000);
    expect(starts(service.calls)).toHaveLength(2);
    expect(said.join()).toContain("no run came of it; it is tried again");
  });

  test("a service that hides file names cannot prove that nothing came of it: no second start", async () => {
    const { context, service } = createWorld();
    service.behaviour.hideFileNames = true;
    service.behaviour.starts = [{ commit: true, outcome: (error) => ({ kind: "unknown", error }) }];
    await expect(createExecution(context, someInputs())).rejects.toThrow(/LYC3004.*[a-z0-9]{21}/);
    expect(starts(service.calls)).toHaveLength(1);
  });

  test("look-ups that fail prove nothing: no second start", async () => {
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
      createExecution(context, someInputs({ __resourceUrn: `urn:${index}`, waitFor: "accepted" })),
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
  ])("a long history %s is read to its end", async (_name, bent) => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "completed", returnCode: 0 }];
    for (let index = 0; index < 250; index++) {
      await first.service.client.start({ ...startRequestOf(`other-${index}`) });
    }
    Object.assign(first.service.behaviour, bent);
    await first.clock.sleep(10_000);
    await createExecution(first.context, someInputs({ waitFor: "completed" }));
    const second = createWorld(first);
    const found = await createExecution(second.context, someInputs({ waitFor: "completed" }));
    expect(found).toMatchObject({ executionId: "run-251" });
  });

  test("a run that a killed command started with other inputs is ended, and said", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    const second = createWorld(first);
    const outputs = await createExecution(second.context, someInputs({ triggers: ["edited"] }));
    expect(outputs).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(second.said.join()).toContain(
      "Run run-1 (pending) was left behind by an interrupted command; it was aborted and has ended.",
    );
  });

  test("a leftover that cannot be aborted is named, and keeps nothing from starting", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    first.service.behaviour.failing = { abort: modelError(500) };
    const second = createWorld(first);
    await createExecution(second.context, someInputs({ triggers: ["edited"] }));
    expect(second.said.join()).toMatch(/warning: Run run-1 \(pending\) was left behind .* could not be aborted/);
  });

  test("before a scope goes, what a killed command left is ended; what was to be left is not", async () => {
    const first = createWorld();
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    await createExecution(first.context, someInputs({ waitFor: "accepted" }));
    await createExecution(
      first.context,
      someInputs({ waitFor: "accepted", __resourceUrn: "urn:left", onDelete: "leave" }),
    );
    await createExecution(first.context, someInputs({ waitFor: "accepted", __scope: "another-stack" }));
    const second = createWorld(first);
    await endScope(second.context, "scope-secret");
    expect(first.service.calls.filter((call) => call.startsWith("abort"))).toEqual(["abort run-1"]);
    first.service.behaviour.failing = { listActive: modelError(500) };
    await endScope(createWorld(first).context, "scope-secret");
  });

  test("an existing run is taken over by id, an unknown one is refused", async () => {
    const { context, service } = createWorld();
    await createExecution(context, someInputs({ waitFor: "completed" }));
    const adopted = await createExecution(
      context,
      someInputs({ __resourceUrn: "urn:other", existingExecutionId: "run-1" }),
    );
    expect(adopted).toMatchObject({ executionId: "run-1", status: "completed" });
    await expect(createExecution(context, someInputs({ existingExecutionId: "run-9" }))).rejects.toThrow("LYC3009");
    expect(starts(service.calls)).toHaveLength(1);
  });
});

describe("waiting", () => {
  test("many waits share one list call a tick, at most every 2 s in the first minute and 5 s later", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.script = [
      { after: 1, status: "running" },
      { after: 120, status: "completed", returnCode: 0 },
    ];
    const begun = clock.now();
    const many = Array.from({ length: 200 }, (_, index) =>
      createExecution(context, someInputs({ __resourceUrn: `urn:${index}`, waitFor: "completed" })),
    );
    const outputs = await Promise.all(many);
    expect(outputs.every(({ status }) => status === "completed")).toBe(true);
    const lists = service.calls.filter((call) => call === "listActive").length;
    expect(lists).toBeLessThan(70);
    expect(lists).toBeGreaterThan((clock.now() - begun) / 1000 / 5 - 1);
    // Each run is read once by itself, when the list no longer shows it.
    expect(service.calls.filter((call) => call.startsWith("record ")).length).toBeLessThanOrEqual(400);
  });
});
