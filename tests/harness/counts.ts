import type { SeenRequest } from "./control";

/** How many starts were asked for. */
export function startsIn(requests: readonly SeenRequest[]): number {
  return starts(requests).length;
}

/** How many aborts were asked for. */
export function abortsIn(requests: readonly SeenRequest[]): number {
  return requests.filter(({ method, path }) => method === "POST" && path.includes("/workloads/abort/")).length;
}

/** Requests that change something at the service. */
export function writesIn(requests: readonly SeenRequest[]): readonly SeenRequest[] {
  return requests.filter(({ method }) => method !== "GET");
}

/** Bodies of the starts, in order. */
export function startBodies(requests: readonly SeenRequest[]): readonly Readonly<Record<string, unknown>>[] {
  return starts(requests).map(({ body }) => (body ?? {}) as Record<string, unknown>);
}

function starts(requests: readonly SeenRequest[]): readonly SeenRequest[] {
  return requests.filter(({ method, path }) => method === "POST" && path.endsWith("/execution/compose/start"));
}
