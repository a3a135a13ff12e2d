import type { LyceumClient } from "../../../provider/lyceum/client";

/** Returns a client that answers some calls. Any other call fails the test. */
export function clientWith(calls: Partial<LyceumClient>): LyceumClient {
  const known: Partial<LyceumClient> = { baseUrl: "https://lyceum.example", ...calls };
  return new Proxy(known, {
    get: (target, name) => {
      const call = Reflect.get(target, name);
      if (call === undefined) throw new Error(`the call ${String(name)} was not expected`);
      return call;
    },
  }) as LyceumClient;
}
