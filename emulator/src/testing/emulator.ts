import { readContract } from "../contract/document";
import { type EmulatorOptions, startEmulator } from "../emulator";
import { ManualClock } from "./manual-clock";

/** An answer that a test receives. */
export interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely; the contract is what checks them.
  readonly body: any;
  readonly headers: Headers;
}

/** An emulator in this process, whose clock is stopped. */
export type TestEmulator = Awaited<ReturnType<typeof startTestEmulator>>;

/** Returns method and path of an operation, for `call`. Both come from the contract, so tests need not repeat them. */
export function route(operation: string, executionId = "", query = ""): [method: string, path: string] {
  const found = readContract().operations.find(({ id }) => id === operation);
  if (found === undefined) throw new Error(`The contract has no operation ${operation}.`);
  return [found.method.toUpperCase(), found.path.replace("{execution_id}", executionId) + query];
}

/** Starts an emulator. The caller closes it. */
export async function startTestEmulator(options: Partial<EmulatorOptions> = {}) {
  const clock = new ManualClock(Date.now());
  const { url, control, apiKey, close } = await startEmulator({ port: 0, apiKey: "lk_test", clock, ...options });
  /** Sends one request with the API key. A header with the value `null` is left out. */
  const request =
    (base: string) =>
    async (
      method: string,
      path: string,
      body?: unknown,
      more: Record<string, string | null> = {},
    ): Promise<TestAnswer> => {
      const json = body === undefined ? {} : { "content-type": "application/json" };
      const headers = { authorization: `Bearer ${apiKey}`, ...json, ...more };
      const response = await fetch(base + path, {
        method,
        headers: Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      let parsed: unknown = text;
      try {
        parsed = JSON.parse(text);
      } catch {
        // If the answer is not JSON, it is returned as a text.
      }
      return { status: response.status, body: parsed, headers: response.headers };
    };
  const [call, controlCall] = [request(url), request(control)];
  return {
    url,
    apiKey,
    call,
    control: controlCall,
    /** Starts a run with the Compose text that {@link compose} makes of `script`. Returns the id of the run. */
    async start(script: string, fields: Record<string, unknown> = {}): Promise<string> {
      const answer = await call(...route("startComposeExecution"), { compose_file_code: compose(script), ...fields });
      if (answer.status !== 200) throw new Error(`start answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body.execution_id;
    },
    advance: (seconds: number) => clock.advance(seconds * 1000),
    async status(executionId: string): Promise<string> {
      return (await call(...route("getExecution", executionId))).body.status;
    },
    /** Injects a fault. Returns its id. */
    async fault(fault: Record<string, unknown>): Promise<string> {
      const answer = await controlCall("POST", "/faults", fault);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body.id;
    },
    close,
  };
}

/**
 * Returns a Compose text with one service. `script` is the value of `x-lyceum-sim` on one line (YAML flow style), such
 * as `{start: 0, run: 50}`. It sets what happens in the simulated run.
 */
export function compose(script: string): string {
  return `services: {app: {image: busybox}}\nx-lyceum-sim: ${script}\n`;
}
