import { type Deviations, FakeService } from "./testing/service";

const lost: Deviations = {
  startComposeExecution: (answer) => (answer.status === 422 ? answer : undefined),
};

test("a run whose end was seen is not aborted again", async () => {
  const service = new FakeService();
  const { answers, cleanedUp, interrupted } = await service.walk();
  expect([answers.ended, cleanedUp, interrupted, service.isActive]).toEqual([true, undefined, false, false]);
});

test("a start whose answer is lost is never sent again; its run is found by its file name, and ends", async () => {
  const service = new FakeService(lost);
  const { answers, startLost } = await service.walk();
  expect([answers.run.id, answers.ended, startLost, service.isActive]).toEqual(["run-1", true, false, false]);
  expect(service.received.filter((operation) => operation === "startComposeExecution")).toHaveLength(2);
});

test("a start whose run no list shows is reported as maybe started", async () => {
  const refused = () => ({ status: 403, json: {} });
  const service = new FakeService({ ...lost, listWorkloads: refused, getBillingHistory: refused });
  expect(await service.walk()).toMatchObject({ startLost: true, answers: { ended: false } });
});

test.each(["getExecution", "getStreamingStatus", "abortWorkload"] as const)(
  "stopped at %s, it aborts its run and asks nothing more",
  async (operation) => {
    const service: FakeService = new FakeService({
      [operation]: (answer: { status: number; json: unknown }) => {
        if (service.isActive) service.stop.abort();
        return answer;
      },
    });
    const { interrupted, cleanedUp } = await service.walk();
    expect([interrupted, cleanedUp?.id]).toEqual([true, "run-1"]);
    expect(service.received.at(-1)).toBe("abortWorkload");
    service.now += 2000;
    expect(service.isActive).toBe(false);
  },
);

test("an error of the walk itself does not leave the run behind either", async () => {
  const service: FakeService = new FakeService({
    getStreamingStatus: () => {
      throw new Error("planted");
    },
  });
  await expect(service.walk()).rejects.toThrow("planted");
  service.now += 2000;
  expect(service.isActive).toBe(false);
});

test("stopped before the start, nothing is started", async () => {
  const service = new FakeService();
  service.stop.abort();
  expect(await service.walk()).toMatchObject({ interrupted: true });
  expect(service.received).not.toContain("startComposeExecution");
});

test("an abort that is not accepted is reported with the run", async () => {
  const service = new FakeService({
    abortWorkload: () => ({ status: 405, json: {} }),
    getExecution: (answer) => ({
      ...answer,
      json: { ...(answer.json as object), status: "running", return_code: null },
    }),
  });
  expect((await service.walk()).cleanedUp).toEqual({ kind: "left", id: "run-1" });
});
