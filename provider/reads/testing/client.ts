import type { ExecutionPage, ExecutionSummary, LyceumPort } from "../../lyceum/port";

/** Makes a page of runs, as the client returns it. */
export const page = (executions: readonly ExecutionSummary[], rest: Partial<ExecutionPage> = {}): ExecutionPage => ({
  executions,
  unreadable: 0,
  hasMore: false,
  ...rest,
});

/** A client that answers some calls. Any other call makes the test fail. */
export function clientWith(calls: Partial<LyceumPort>): LyceumPort {
  const known: Partial<LyceumPort> = { baseUrl: "https://lyceum.example", isSimulated: () => false, ...calls };
  return new Proxy(known, {
    get: (target, name) => {
      const call = Reflect.get(target, name);
      if (call === undefined) throw new Error(`the call ${String(name)} was not expected`);
      return call;
    },
  }) as LyceumPort;
}
