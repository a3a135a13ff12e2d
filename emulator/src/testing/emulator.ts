import { type EmulatorOptions, startEmulator } from "../emulator";
import { ManualClock } from "./manual-clock";

/** An answer as a test looks at it. */
export interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely; the contract is what checks them.
  readonly body: any;
  readonly headers: Headers;
}

/** An emulator in this process, with a clock that stands still. */
export interface TestEmulator {
  readonly url: string;
  readonly apiKey: string;
  /** One request with the token; `null` leaves it out. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string | null>): Promise<TestAnswer>;
  control(method: string, path: string, body?: unknown): Promise<TestAnswer>;
  /** Starts a run with a script (YAML flow) and answers its id. */
  start(script: string, fields?: Record<string, unknown>): Promise<string>;
  advance(seconds: number): Promise<void>;
  status(executionId: string): Promise<string>;
  /** Injects a fault and answers its id. */
  fault(fault: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** Starts one; the caller closes it. */
export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  const clock = new ManualClock(Date.now());
  const emulator = await startEmulator({
    port: 0,
    apiKey: "lk_test",
    clock,
    ...options,
  });
  const request = async (url: string, method: string, body: unknown, headers: Record<string, string | null>) => {
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
    const response = await fetch(url, {
      method,
      headers: given,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Garbage is looked at as text.
    }
    return { status: response.status, body: parsed, headers: response.headers };
  };
  const json = { "content-type": "application/json" };
  const test: TestEmulator = {
    url: emulator.url,
    apiKey: emulator.apiKey,
    call: (method, path, body, headers = {}) =>
      request(emulator.url + path, method, body, {
        authorization: `Bearer ${emulator.apiKey}`,
        ...(body === undefined ? {} : json),
        ...headers,
      }),
    control: (method, path, body) =>
      request(emulator.control + path, method, body, {
        authorization: `Bearer ${emulator.apiKey}`,
        ...(body === undefined ? {} : json),
      }),
    async start(script, fields = {}) {
      const answer = await test.call("POST", "/execution/compose/start", {
        compose_file_code: compose(script),
        ...fields,
      });
      if (answer.status !== 200) throw new Error(`start answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body.execution_id;
    },
    advance: (seconds) => clock.advance(seconds * 1000),
    async status(executionId) {
      return (await test.call("GET", `/execution/${executionId}`)).body.status;
    },
    async fault(fault) {
      const answer = await test.control("POST", "/faults", fault);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body.id;
    },
    close: () => emulator.close(),
  };
  return test;
}

/** A compose text of one service that follows a script (YAML flow). */
export function compose(script: string): string {
  return `services: {app: {image: busybox}}\nx-lyceum-sim: ${script}\n`;
}
