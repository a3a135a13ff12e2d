import { BlockList, isIP } from "node:net";
import type { Execution, StartBody } from "../executions/execution";
import { callbackUrlsOf } from "../executions/start-body";
import { joined, summary } from "../executions/views";

/** More URLs of one run are not called. */
export const mostCallbacks = 20;

/** What callbacks need from outside. */
export interface CallbackEffects {
  /** Sends one callback. @returns the status of the answer. */
  readonly post: (url: URL, body: unknown) => Promise<number>;
  /** One line for a human. */
  readonly log: (line: string) => void;
}

/** Notifies each callback URL of a run that it has ended, one after the other, each once. Never rejects. */
export async function callBack(execution: Execution, body: StartBody, effects: CallbackEffects): Promise<void> {
  const urls = callbackUrlsOf(body);
  const note = (what: string) => effects.log(`${execution.executionId}: callback ${what}`);
  for (const text of urls.slice(0, mostCallbacks)) {
    const read = readCallback(text);
    if (read.kind === "leave") {
      note(`to ${read.shown} was not sent: ${read.reason}`);
      continue;
    }
    try {
      const status = await effects.post(read.url, payload(execution));
      if (status < 200 || status > 299) note(`to ${read.url.origin} was answered with ${status}`);
    } catch (error) {
      note(`to ${read.url.origin} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (urls.length > mostCallbacks)
    note(`URLs beyond the first ${mostCallbacks} were not called: ${urls.length - mostCallbacks}`);
}

/** Nobody outside knows what Lyceum sends. This is an entry of the history and why the run ended: nothing secret. */
function payload(execution: Execution) {
  return {
    ...summary(execution, { hideFileName: false }),
    errors: joined(execution.errors),
    errors_docker: joined(execution.dockerErrors),
  };
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** A callback URL, read: one of this machine that may be called, or why it is not called. */
type ReadCallback =
  | { readonly kind: "call"; readonly url: URL }
  | { readonly kind: "leave"; readonly shown: string; readonly reason: string };

/**
 * Reads one callback URL. Only this machine is ever called: a text that is tried out here must not reach a real service.
 * What is shown of a URL is its origin, since path and query may hold a secret.
 */
export function readCallback(text: string): ReadCallback {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { kind: "leave", shown: "a callback", reason: "it is not a valid URL" };
  const shown = url.origin === "null" ? url.protocol : url.origin;
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { kind: "leave", shown, reason: "only http and https are called" };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "leave", shown, reason: "a URL with a user name or password is not called" };
  }
  if (!isLoopback(url.hostname)) return { kind: "leave", shown, reason: "only this machine is called" };
  return { kind: "call", url };
}

function isLoopback(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}
