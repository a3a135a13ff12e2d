import { InitFailure } from "../errors/errors";
import type { ExecutionOutputs } from "../state/record";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import { createExecution } from "./create";

async function failureOf(work: Promise<unknown>): Promise<InitFailure<ExecutionOutputs>> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InitFailure);
  return error as InitFailure<ExecutionOutputs>;
}

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

  test("progress is reported only of what is waited for", async () => {
    const { context, reported } = createWorld();
    await createExecution(context, someInputs({ waitFor: "accepted" }));
    expect(reported).toEqual([]);
    await createExecution(context, someInputs({ triggers: [1] }));
    expect(reported[0]).toBe("progress: pending (run run-2)");
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
      expect(failure.reasons.join("\n")).toMatch(/LYC3001: Run run-1 failed with exit code 3[\s\S]*the last words/);
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
      createExecution(context, someInputs({ composeFileCode, $secrets: ["composeFileCode"] })),
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
      new RegExp(`LYC3002: The ${clock} clock .* run run-1. Its last status was (pending|running)`),
    );
    expect((time.now() - begun) / 1000).toBeLessThan(40);
  });

  test("a refused credential in the middle of a wait ends it with the id saved", async () => {
    const { context, service, clock } = createWorld();
    clock.at(4, () => {
      service.behaviour.failing = {
        listActive: modelError(401),
        record: modelError(401),
        olderStatus: modelError(401),
      };
    });
    const failure = await failureOf(createExecution(context, someInputs({ waitFor: "completed" })));
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(failure.reasons[0]).toMatch(/LYC3007: Lyceum refused the API key/);
  });

  test("401 on the list alone, or on the reads alone, refuses that call and not the credential", async () => {
    for (const failing of [
      { listActive: modelError(401) },
      { record: modelError(401), olderStatus: modelError(401) },
    ]) {
      const { context, service, clock } = createWorld();
      clock.at(4, () => {
        service.behaviour.failing = failing;
      });
      expect(await createExecution(context, someInputs({ waitFor: "completed" }))).toMatchObject({
        status: "completed",
      });
    }
  });

  test("where the service shows no file names, a run of this very command is not taken for one of another resource", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.hideFileNames = true;
    const create = (urn: string) => createExecution(context, someInputs({ $urn: urn, whenUnverified: "fail" }));
    expect(await create("urn:a")).toMatchObject({ executionId: "run-1" });
    // Later than any look that the first one could share; it still runs.
    await clock.sleep(4);
    expect(await create("urn:b")).toMatchObject({ executionId: "run-2" });
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

  test("a word in the list that nobody knows reports less than the record", async () => {
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
    const { context, service, reported } = createWorld();
    service.behaviour.hideFileNames = true;
    await createExecution(context, someInputs());
    await createExecution(context, someInputs({ triggers: [1] }));
    expect(reported.filter((line) => line.startsWith("warning"))).toEqual([
      expect.stringContaining("does not return the file name"),
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
