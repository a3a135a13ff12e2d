import { getEventListeners } from "node:events";
import type { LyceumPort } from "../../lyceum/port";
import { page, refuse } from "../testing/ticking";
import { createVirtualClock } from "../testing/virtual-clock";
import { createPoller } from "./poller";

const NEVER = (): number => Number.POSITIVE_INFINITY;
const goesOn = (): undefined => undefined;

/** Makes a poller for a service with these calls. */
function polling(calls: (clock: ReturnType<typeof createVirtualClock>) => Partial<LyceumPort>) {
  const clock = createVirtualClock();
  return { clock, poller: createPoller(calls(clock) as LyceumPort, clock) };
}

/** Makes a poller for a service that lists every run as running, and records the seconds of its requests. */
function listing(ids: readonly string[]) {
  const askedAt: number[] = [];
  const made = polling((clock) => {
    const begunAt = clock.now();
    return {
      listActive: async () => {
        askedAt.push((clock.now() - begunAt) / 1000);
        return page(...ids.map((executionId) => ({ executionId, status: "running" })));
      },
    };
  });
  return { ...made, askedAt };
}

test("200 waits that begin one after another need no more list calls than one", async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `run-${index}`);
  const { clock, poller, askedAt } = listing(ids);
  const end = clock.now() + 6000;
  const wait = async (id: string, index: number) => {
    await clock.sleep(index * 0.02);
    return poller.watch(id, () => (clock.now() >= end ? "done" : undefined), NEVER);
  };
  await Promise.all(ids.map(wait));
  const pauses = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0.5 - 1e-6);
  expect(askedAt.length).toBeLessThanOrEqual(13);
});

test("a wait that joins at the slow rate gets an observation within half a second", async () => {
  const { clock, poller, askedAt } = listing(["old", "new"]);
  const end = clock.now() + 200_000;
  const untilEnd = () => (clock.now() >= end ? "done" : undefined);
  const old = poller.watch("old", untilEnd, NEVER);
  await clock.sleep(101.3);
  await Promise.all([old, poller.watch("new", untilEnd, NEVER)]);
  // In the first three seconds of the new wait, requests are as frequent as if there were no old wait.
  expect(askedAt.filter((at) => at >= 101.3 && at <= 104.3)).toEqual([101.5, 102, 102.5, 103, 103.5, 104]);
  // Before the new wait, only the old wait was observed, at the slow rate.
  expect(askedAt.filter((at) => at > 70 && at < 100).length).toBeLessThanOrEqual(7);
});

test("a wait gets many observations while it is young, and none after its end", async () => {
  const { clock, poller, askedAt } = listing(["a"]);
  const cancel = new AbortController();
  clock.at(20.1, () => cancel.abort());
  await poller.watch("a", goesOn, NEVER, cancel.signal);
  await clock.sleep(60);
  const everySecond = Array.from({ length: 12 }, (_, index) => 4 + index);
  expect(askedAt).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, ...everySecond, 17, 19]);
});

describe("a wait", () => {
  test("ends with the observation of its run, and no request is sent afterwards", async () => {
    const { clock, poller, askedAt } = listing(["a"]);
    const watch = () =>
      poller.watch("a", (observed) => (observed.kind === "status" ? observed.status : undefined), NEVER);
    expect(await watch()).toBe("running");
    await clock.sleep(60);
    expect(askedAt).toEqual([0]);
    // The next wait polls as if it were the first one.
    expect(await watch()).toBe("running");
    await clock.sleep(0.1);
    expect(await watch()).toBe("running");
    expect(askedAt).toEqual([0, 60, 60.1]);
  });

  test("rejects with the error of its own callback; the others go on", async () => {
    const { poller } = listing(["a", "b"]);
    const broken = new Error("broken");
    const throws = () => {
      throw broken;
    };
    const failing = poller.watch("a", throws, NEVER);
    const other = poller.watch("b", () => "done", NEVER);
    await expect(failing).rejects.toBe(broken);
    expect(await other).toBe("done");
  });

  test("rejects if the service refuses the credential, and all other waits do, too", async () => {
    const refusal = refuse(401);
    const { poller } = polling(() => ({ listActive: refusal, record: refusal, olderStatus: refusal }));
    const waits = ["a", "b", "c"].map((id) => poller.watch(id, goesOn, NEVER).catch((error) => error));
    for (const error of await Promise.all(waits)) expect(error).toMatchObject({ status: 401 });
  });

  test("ends at its deadline, also while a list hangs, and when the deadline has moved nearer", async () => {
    const { clock, poller } = polling(() => ({ listActive: () => new Promise<never>(() => undefined) }));
    const begunAt = clock.now();
    let deadline = begunAt + 60_000;
    const wait = poller.watch("a", goesOn, () => deadline);
    await clock.sleep(12);
    deadline = begunAt + 13_000;
    expect(await wait).toBe("deadline");
    expect((clock.now() - begunAt) / 1000).toBeLessThanOrEqual(15);
    for (const seconds of [0, 2]) {
      const at = clock.now() + seconds * 1000;
      const late = poller.watch("b", goesOn, () => at);
      expect([await late, clock.now()]).toEqual(["deadline", at]);
    }
  });

  test("ends when it is cancelled, before it begins or later, and removes its listener", async () => {
    const { clock, poller, askedAt } = listing(["a"]);
    expect(await poller.watch("a", goesOn, NEVER, AbortSignal.abort())).toBe("cancelled");
    expect(askedAt).toEqual([]);
    const cancel = new AbortController();
    const begunAt = clock.now();
    clock.at(7, () => cancel.abort());
    expect(await poller.watch("a", goesOn, NEVER, cancel.signal)).toBe("cancelled");
    expect((clock.now() - begunAt) / 1000).toBe(7);
    const other = new AbortController();
    expect(await poller.watch("a", () => "done", NEVER, other.signal)).toBe("done");
    expect(getEventListeners(other.signal, "abort")).toEqual([]);
  });

  test.each(["list", "record"])("gets nothing after its end, though the %s of its tick arrives", async (shownBy) => {
    const value = { executionId: "a", status: "running", errors: [] };
    const { clock, poller } = polling(({ sleep }) => ({
      listActive: async () => {
        if (shownBy === "list") await sleep(2);
        return shownBy === "list" ? page(value) : page();
      },
      record: async () => {
        await sleep(2);
        return { kind: "found", value };
      },
    }));
    const cancel = new AbortController();
    const observed: string[] = [];
    clock.at(1, () => cancel.abort());
    const wait = poller.watch("a", ({ kind }) => void observed.push(kind), NEVER, cancel.signal);
    expect(await wait).toBe("cancelled");
    await clock.sleep(30);
    expect(observed).toEqual([]);
  });
});

test("listeners get every list until they are removed", async () => {
  const { poller, askedAt } = listing(["a"]);
  const heard: number[] = [];
  const stop = poller.onList((active) => void heard.push(active.length));
  let ticks = 0;
  const see = () => {
    if (++ticks === 3) stop();
    return ticks === 5 ? "done" : undefined;
  };
  await poller.watch("a", see, NEVER);
  expect([askedAt.length, heard]).toEqual([5, [1, 1, 1]]);
});
