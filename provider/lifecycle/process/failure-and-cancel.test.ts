import { getMaxListeners } from "node:events";
import { create, deleteResource, InitFailure, read, update } from "..";
import { inputs, never, recorded, SECRET, startProcess, URN } from "../testing/recorded-resource";

// Tests what every host relies on: the types of errors, the reasons, redaction, cancel, and the process cache of a
// command.

describe("a failure", () => {
  test("of a run keeps its id, and its reasons are redacted", async () => {
    const process = startProcess();
    process.service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
    process.service.behaviour.output = [`it is ${SECRET}`];
    const news = inputs({ variables: { PASSWORD: SECRET } }, { secrets: ["variables.PASSWORD"] });
    const failure = await create(process.runtime, { news, signal: never }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InitFailure);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "failed", resourceUrn: URN } });
    expect(String((failure as InitFailure<unknown>).reasons)).toMatch(/^LYC3001: /);
    expect(String((failure as InitFailure<unknown>).reasons)).not.toContain(SECRET);
  });

  test("of anything else is a code and a sentence without secrets", async () => {
    const broken = new TypeError(`cannot read ${SECRET}`);
    const { runtime } = startProcess(() => ({ listActive: () => Promise.reject(broken) }));
    const news = inputs({ variables: { PASSWORD: SECRET } }, { secrets: ["variables.PASSWORD"] });
    const error = await create(runtime, { news, signal: never }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "LYC3999", message: expect.stringMatching(/^LYC3999: .*TypeError/) });
    const { message, trace } = error as { message: string; trace: string };
    expect(`${message}${trace}`).not.toContain(SECRET);
  });
});

describe("a cancel", () => {
  /** Makes a process that cancels its operations after some seconds. */
  function cancelledAfter(seconds: number, changed?: Parameters<typeof startProcess>[0]) {
    const process = startProcess(changed);
    const cancel = new AbortController();
    const fire = (): void => void process.clock.sleep(seconds).then(() => cancel.abort());
    return { ...process, signal: cancel.signal, fire };
  }

  test("of create and update sends the abort where the program asks for it", async () => {
    const process = cancelledAfter(9);
    process.fire();
    const { signal, service, runtime } = process;
    const news = inputs({ waitFor: "completed", onInterrupt: "abort" });
    await expect(create(runtime, { news, signal })).rejects.toThrow(/Its abort was sent/);
    expect(service.calls).toContain("abort run-1");
    const again = cancelledAfter(9);
    const { state } = await recorded(again);
    again.fire();
    const work = update(again.runtime, { state, news, signal: again.signal });
    await expect(work).rejects.toThrow(/Its abort was sent/);
  });

  test("of read and delete keeps the state", async () => {
    const hang = () => new Promise<never>(() => undefined);
    let isSlow = false;
    const process = cancelledAfter(9, (port) => ({
      record: hang,
      olderStatus: hang,
      abort: hang,
      listActive: () => (isSlow ? hang() : port.listActive()),
    }));
    const { state } = await recorded(process);
    isSlow = true;
    process.fire();
    const { runtime, signal, clock } = process;
    const begunAt = clock.now();
    await expect(read(runtime, { state, signal })).rejects.toMatchObject({ code: "LYC3021" });
    expect(clock.now() - begunAt).toBeLessThanOrEqual(10_000);
    const other = cancelledAfter(9, () => ({ abort: hang }));
    const running = await recorded(other);
    other.fire();
    await expect(
      deleteResource(other.newCommand(), { state: running.state, signal: other.signal }),
    ).rejects.toMatchObject({
      code: "LYC3021",
    });
  });

  test("may be one signal for all operations of a process", async () => {
    const process = startProcess();
    const { signal } = new AbortController();
    expect(getMaxListeners(signal)).toBe(10);
    await create(process.runtime, { news: inputs(), signal });
    expect(getMaxListeners(signal)).toBe(Number.POSITIVE_INFINITY);
  });
});
