import { getEventListeners } from "node:events";
import { createExecution } from "../create/create";
import type { ExecutionOutputs } from "../run/record/record";
import { cancelled, desired, hangs, recorded } from "../testing/cancelled-world";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, someInputs } from "../testing/world";
import { updateExecution } from "../update/update";

// After a cancel, every wait must end within a second, and the provider must not lose the id of a run. Time is virtual.

describe("a create", () => {
  test("that is cancelled while it waits for its run returns the id, and the run continues", async () => {
    const world = cancelled(20);
    const { seconds, message, failure } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(message).toMatch(/^LYC3021: .*run-1.*last status was running.*The run continues and its id is saved\./);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(abortsOf(world)).toEqual([]);
    // The next command resumes the wait.
    const next = createWorld(world);
    const resumed = await updateExecution(next.context, failure?.outputs as ExecutionOutputs, someInputs());
    expect(resumed).toMatchObject({ executionId: "run-1", status: "running" });
    expect(world.service.runs).toHaveLength(1);
  });

  test.each([
    ["answered", false, "Its abort was sent and its id is saved."],
    ["never answered", true, "Its abort was sent, but Lyceum has not answered it yet. Its id is saved."],
  ])("aborts the run if the program asks for this; the abort is %s", async (_name, isLost, text) => {
    let sent: AbortSignal | undefined;
    const world = cancelled(20, ({ service }) => ({
      client: {
        abort: async (id, options) => {
          sent = options?.signal;
          await service.client.abort(id, options);
          return isLost ? hangs() : { kind: "found", value: {} };
        },
      },
    }));
    const { seconds, message, failure } = await world.created(desired, "abort");
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect(message).toContain(`${text} \`whenAborted\` decides`);
    expect(failure?.outputs.abortSent).toBe(true);
    expect(abortsOf(world)).toEqual(["run-1"]);
    // The client aborts the unanswered request. An open connection would keep the process alive.
    await world.clock.sleep(1);
    expect(sent?.aborted).toBe(true);
  });

  test.each([
    [500, "Its abort got no clear answer (POST /workloads/abort/{id} answered 500), so the run may continue."],
    [409, "Its abort got no clear answer (POST /workloads/abort/{id} answered 409), so the run may continue."],
    [403, "It was not aborted (POST /workloads/abort/{id} answered 403), so the run continues."],
  ])("reports an abort that was answered %d as unclear or refused", async (status, text) => {
    const world = cancelled(20);
    world.service.behaviour.failing = { abort: modelError(status) };
    const { message, failure } = await world.created(desired, "abort");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect(failure?.outputs.abortSent === true).toBe(status !== 403);
    expect(message).toContain(`${text} Its id is saved. Run the command again`);
  });

  test("reports an abort that was answered 404 as unclear", async () => {
    const world = cancelled(20);
    world.clock.at(19, () => world.service.behaviour.forgotten.add("run-1"));
    const { message } = await world.created(desired, "abort");
    expect(message).toContain(
      "Its abort got no clear answer (POST /workloads/abort/{id} answered 404), so the run may",
    );
  });

  test.each([{}, { existingExecutionId: "run-1" }])(
    "never aborts a run that the program leaves alone: %p",
    async (more) => {
      const world = cancelled(20);
      if ("existingExecutionId" in more) await recorded(createWorld(world));
      const { message } = await world.created(
        someInputs({ waitFor: "completed", onDelete: "leave", ...more }),
        "abort",
      );
      expect(message).toMatch(/^LYC3021: .*The run continues and its id is saved\./);
      expect(abortsOf(world)).toEqual([]);
    },
  );

  test("that is cancelled while it reads why a run failed returns the id", async () => {
    const world = cancelled(5, ({ context }) => ({
      client: { record: hangs, logsTail: hangs },
      poller: { ...context.poller, watch: async (_id, see) => see({ kind: "status", status: "failed" }) ?? "deadline" },
    }));
    const { seconds, failure, message } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    // The last status was observed before the cancel.
    expect(message).toMatch(/^LYC3021: .*run-1\. Its last status was failed, 5 s ago\./);
  });

  test("that is cancelled while a duplicate run is ended returns the id", async () => {
    const world = cancelled(20, ({ context }) => ({ duplicates: { ...context.duplicates, settled: hangs } }));
    const { seconds, failure } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
  });

  test("that has reached its desired state does not fail, and removes its listener", async () => {
    const world = createWorld();
    const { signal } = new AbortController();
    expect(await createExecution(world.context, someInputs(), { signal })).toMatchObject({ status: "running" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
