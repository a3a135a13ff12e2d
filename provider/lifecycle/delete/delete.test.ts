import { LyceumError } from "../../lyceum/errors";
import type { ExecutionPage, LyceumPort } from "../../lyceum/port";
import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, running, someInputs } from "../testing/world";
import { stopReport } from "./abort-end";
import { deleteExecution } from "./delete";

describe("delete", () => {
  test("aborts, and is done when the service shows the end", async () => {
    const world = await running();
    const begun = world.clock.now();
    await deleteExecution(world.context, world.outputs);
    expect(world.clock.now() - begun).toBeGreaterThanOrEqual(2000);
    expect(abortsOf(world)).toEqual(["run-1"]);
  });

  test("a run whose end was observed needs no request", async () => {
    const { context, outputs, service } = await running();
    const before = service.calls.length;
    expect(await deleteExecution(context, { ...outputs, status: "failed", returnCode: 3 })).toBe(false);
    expect(service.calls.length).toBe(before);
  });

  test("an end that only a status word recorded is read once more, and counts if it cannot be read", async () => {
    const { context, outputs, service, clock } = await running();
    await clock.sleep(2000);
    const before = service.calls.length;
    await deleteExecution(context, { ...outputs, status: "failed", baseUrl: "https://elsewhere" });
    await deleteExecution(context, { ...outputs, status: "failed", onDelete: "leave" });
    expect(service.calls.slice(before)).toEqual([]);
    await deleteExecution(context, { ...outputs, status: "failed" });
    expect(service.calls.slice(before)).toEqual(["record run-1"]);
    service.behaviour.failing = { record: modelError(500), olderStatus: modelError(500) };
    await deleteExecution(context, { ...outputs, status: "failed" });
    expect(abortsOf({ service })).toEqual([]);
  });

  test("an active run is aborted, even if a status word alone recorded its end", async () => {
    const { context, outputs, service } = await running();
    await deleteExecution(context, { ...outputs, status: "failed" });
    expect(abortsOf({ service })).toEqual(["run-1"]);
  });

  test("the record of a run at another base URL is not deleted", async () => {
    const { context, outputs, service } = await running();
    const ended = { ...outputs, status: "failed", returnCode: 3, deleteRecord: true as const };
    const elsewhere = { ...ended, baseUrl: "https://other.example/api/v2/external" };
    await expect(deleteExecution(context, elsewhere)).rejects.toThrow("LYC3006");
    expect(service.calls.filter((call) => call.startsWith("deleteRecord"))).toEqual([]);
    await deleteExecution(context, ended);
    expect(service.calls.filter((call) => call.startsWith("deleteRecord"))).toEqual(["deleteRecord run-1"]);
  });

  test("a run that ended by itself needs one read", async () => {
    const { context, outputs, service, clock } = await running();
    await clock.sleep(2000);
    await deleteExecution(context, outputs);
    expect(service.calls.slice(-3)).toEqual(["abort run-1", "listActive", "record run-1"]);
  });

  test.each([
    ["the grace period and 60 s", { gracefulTimeout: 5 }, {}, 65],
    ["clocks.delete", { clocks: { delete: 5 } }, {}, 5],
    // A run that was adopted may have no known grace period.
    ["the longest grace period there is, where the run's own is not known,", {}, { gracefulTimeout: undefined }, 360],
  ])("an abort without effect is an error after %s, and the state stays", async (_name, inputs, of, seconds) => {
    const { context, outputs, service, clock } = await running(inputs, 1000);
    service.behaviour.abortWorks = false;
    const begun = clock.now();
    await expect(deleteExecution(context, { ...outputs, ...of } as typeof outputs)).rejects.toThrow(
      new RegExp(`LYC3005: The delete clock \\(${seconds} s\\) .* run run-1\\. Its last status was running, \\d s ago`),
    );
    expect((clock.now() - begun) / 1000).toBe(seconds);
  });

  /** Deletes eight runs at the same time. Each run ends some seconds after its abort. */
  async function eightDeleted(seconds: number, returnCode: number) {
    const { context, service, clock, reported } = await running({}, 1000);
    const others = [..."bcdefghi"].map((name) => someInputs({ $urn: `urn:${name}`, waitFor: "accepted" }));
    const recorded = await Promise.all(others.map((inputs) => createExecution(context, inputs)));
    service.behaviour.stopTakes = 1000;
    void clock.sleep(seconds).then(() => {
      for (const run of service.runs.slice(1)) service.end(run, "aborted", returnCode);
    });
    const before = service.calls.length;
    await Promise.all(recorded.map((outputs) => deleteExecution(context, outputs)));
    return { reported, calls: service.calls.slice(before).filter((call) => /^(history|record)/.test(call)) };
  }

  test("the ends of several runs are found in the history, in one request", async () => {
    const { calls, reported } = await eightDeleted(4, 143);
    expect(calls).toEqual(["history"]);
    expect(reported.filter((line) => /ended aborted \d s after its abort, within its grace/.test(line))).toHaveLength(
      8,
    );
  });

  test("the exit code is read if it shows whether a run was killed", async () => {
    const { calls, reported } = await eightDeleted(12, 137);
    expect(calls).toEqual(["history", ...[2, 3, 4, 5, 6, 7, 8, 9].map((id) => `record run-${id}`)]);
    expect(reported.filter((line) => /^notice: .*too short, and it was killed/.test(line))).toHaveLength(8);
  });

  test("404 for a run whose end was not observed proves nothing", async () => {
    const { context, outputs, service } = await running();
    service.behaviour.forgotten.add("run-1");
    await expect(deleteExecution(context, outputs)).rejects.toThrow(/LYC3005.*does not prove that it has ended/);
  });

  test.each([
    ["its grace period", 90, 90],
    ["the longest grace period there is, where its own is not known", undefined, 300],
  ])("a run that only the active list shows is over when it is off the list for %s", async (_name, grace, least) => {
    const { context, outputs, service, clock, reported } = await running({}, 1000);
    service.behaviour.failing = { record: modelError(403), olderStatus: modelError(403), history: modelError(403) };
    const begun = clock.now();
    await deleteExecution(context, { ...outputs, gracefulTimeout: grace } as typeof outputs);
    expect(reported.at(-1)).toContain("no longer in the list of active runs");
    const seconds = (clock.now() - begun) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(least);
    expect(seconds).toBeLessThan(least + 20);
  });

  const endedAt = "1970-01-01T00:00:05Z";
  const page = async (run: object): Promise<ExecutionPage> => ({
    executions: [{ executionId: "run-1", createdAt: endedAt, status: "running", ...run }],
    unreadable: 0,
    hasMore: false,
  });
  /** The history shows the run only at its third read. The two reads before belong to the wait for the end. */
  const late = (run: object) => {
    let looks = 0;
    return () => page(++looks === 3 ? run : { executionId: "another" });
  };
  const fails = (status: number) => async () => Promise.reject(modelError(status));
  test.each<[string, Partial<LyceumPort>, boolean | string, number]>([
    ["has ended where the history shows its end", { history: late({ returnCode: 0, endedAt }) }, true, 1],
    ["is active where the list shows it", { listActive: () => page({}) }, "LYC3018", 70],
    ["is active where only the history shows it, late", { history: late({}), abort: fails(403) }, "LYC3018", 1],
    ["is an error where a list fails", { history: fails(500) }, "model 500", 1],
    ["gets its time where both lists are refused", { listActive: fails(403), history: fails(403) }, false, 70],
  ])("a run whose reads and abort are answered 404 %s", async (_name, calls, end, seconds) => {
    const first = await running({}, 1000);
    first.service.behaviour.forgotten.add("run-1");
    const { context, clock } = createWorld({ ...first, open: () => ({ ...first.service.client, ...calls }) });
    const begun = clock.now();
    const ended = await deleteExecution(context, first.outputs).catch(({ message }: Error) => message.split(":")[0]);
    expect(ended).toBe(end);
    expect((clock.now() - begun) / 1000).toBe(seconds);
  });

  test("an abort that cannot be sent is an error of its own, without a wait", async () => {
    const { context, outputs, service, clock } = await running();
    const begun = clock.now();
    service.behaviour.failing = { abort: new LyceumError({ code: "LYC1201", message: "cannot be reached" }) };
    await expect(deleteExecution(context, outputs)).rejects.toThrow("cannot be reached");
    expect(clock.now() - begun).toBeLessThanOrEqual(5000);
    expect(abortsOf({ service })).toHaveLength(1);
  });

  test("a run whose abort fails goes on, with a warning, if its replacement has onDelete leave", async () => {
    const { context, outputs, service, reported } = await running({}, 1000);
    service.behaviour.failing = { abort: modelError(403) };
    const replacement = { onDelete: "leave", rehearse: async () => undefined } as const;
    expect(await deleteExecution(context, outputs, replacement)).toBe(false);
    expect(reported.at(-1)).toMatch(/^warning: Run run-1 could not be aborted and may still be active\./);
    const elsewhere = { ...outputs, baseUrl: "https://elsewhere" };
    const sent = abortsOf({ service });
    expect(await deleteExecution(context, elsewhere, replacement)).toBe(false);
    expect(abortsOf({ service })).toEqual(sent);
  });

  test("onDelete leave sends nothing, with and without `deleteRecord`", async () => {
    const { context, outputs, service, reported } = await running({ deleteRecord: true, onDelete: "leave" });
    const before = service.calls.length;
    await deleteExecution(context, outputs);
    expect(service.calls.length).toBe(before);
    expect(reported.join()).toContain("is not aborted");
  });

  test("no request is sent for a run at another base URL", async () => {
    const { context, outputs, service } = await running();
    const before = service.calls.length;
    const elsewhere = { ...outputs, baseUrl: "https://elsewhere" };
    await expect(deleteExecution(context, elsewhere)).rejects.toThrow("LYC3006");
    // A replacement stores no files before this error.
    const replacement = { onDelete: "abort", rehearse: () => Promise.reject(new Error("rehearsed")) } as const;
    await expect(deleteExecution(context, elsewhere, replacement)).rejects.toThrow("LYC3006");
    expect(service.calls.length).toBe(before);
  });

  test.each([
    ["that ended within its grace", { returnCode: 143 }, 2, ", within its grace period of 3 s."],
    ["that ended later, with an exit code of its own", { returnCode: 0 }, 9, "."],
    [
      "that was killed after its grace, as the service reports",
      { returnCode: 137, endedAt: "1970-01-01T00:00:04Z" },
      4,
      "; its grace period of 3 s was too short, and it was killed.",
    ],
  ])("reports what is known of the grace period of a run %s", (_name, end, took, text) => {
    const run = { executionId: "r", gracefulTimeout: 3 };
    expect(stopReport(run, { status: "aborted", ...end }, 0, 1000 * ("endedAt" in end ? 9 : took))).toEqual({
      message: `Run r ended aborted ${took} s after its abort${text}`,
      lasting: text.includes("too short"),
    });
  });

  test("deleteRecord removes the record after the proven end, even if the run ended before", async () => {
    const { context, outputs, service } = await running({ deleteRecord: true });
    expect(outputs.deleteRecord).toBe(true);
    await deleteExecution(context, outputs);
    expect(service.calls.at(-1)).toBe("deleteRecord run-1");
    const other = await running({ deleteRecord: true });
    await deleteExecution(other.context, { ...other.outputs, status: "completed" });
    expect(other.service.calls.at(-1)).toBe("deleteRecord run-1");
  });

  test("a record that cannot be deleted is a warning, and the other records are deleted", async () => {
    const { context, outputs, reported } = await running({ deleteRecord: true });
    const tried: string[] = [];
    const deleteRecord: LyceumPort["deleteRecord"] = async (id) => {
      tried.push(id);
      throw modelError(403);
    };
    const ended = { ...outputs, status: "completed", retriedExecutionIds: ["run-0"] };
    await deleteExecution({ ...context, client: { ...context.client, deleteRecord } }, ended);
    expect(tried).toEqual(["run-0", "run-1"]);
    expect(reported.filter((line) => line.startsWith("warning: LYC3015: "))).toHaveLength(2);
    tried.length = 0;
    await deleteExecution({ ...context, client: { ...context.client, deleteRecord } }, { ...ended, onDelete: "leave" });
    expect(tried).toEqual(["run-0", "run-1"]);
  });

  test("a lost run is dropped only if the program asks to rerun it; its record stays: it may be active", async () => {
    const { context, outputs, service, reported } = await running({ deleteRecord: true });
    service.behaviour.forgotten.add("run-1");
    const lost = { ...outputs, missing: "lost" as const };
    await expect(deleteExecution(context, lost)).rejects.toThrow("LYC3005");
    context.processCache.acceptLoss("run-1");
    await deleteExecution(context, lost);
    expect(reported.at(-1)).toContain("Lyceum did not report its end");
    expect(service.calls).not.toContain("deleteRecord run-1");
  });

  test("a lost run that reappears is aborted like any other, though its loss was accepted", async () => {
    const { context, outputs, service, reported } = await running({ deleteRecord: true });
    context.processCache.acceptLoss("run-1");
    await deleteExecution(context, { ...outputs, missing: "lost" });
    expect(service.calls).toContain("abort run-1");
    expect(service.calls.at(-1)).toBe("deleteRecord run-1");
    expect(reported.join()).not.toContain("abandoned");
  });
});
