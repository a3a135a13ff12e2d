import type { ReceivedRequest } from "../emulator/control";

/** The number of start requests. */
export function startsIn(requests: readonly ReceivedRequest[]): number {
  return starts(requests).length;
}

/** The number of abort requests. */
export function abortsIn(requests: readonly ReceivedRequest[]): number {
  return requests.filter(({ operation }) => operation === "abortWorkload").length;
}

/** Requests that change something at the service. */
export function writesIn(requests: readonly ReceivedRequest[]): readonly ReceivedRequest[] {
  return requests.filter(({ method }) => method !== "GET");
}

/** Bodies of the starts, in order. */
export function startBodies(requests: readonly ReceivedRequest[]): readonly Readonly<Record<string, unknown>>[] {
  return starts(requests).map(({ body }) => (body ?? {}) as Record<string, unknown>);
}

function starts(requests: readonly ReceivedRequest[]): readonly ReceivedRequest[] {
  return requests.filter(({ operation }) => operation === "startComposeExecution");
}
