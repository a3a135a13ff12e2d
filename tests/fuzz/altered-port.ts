import fc from "fast-check";
import { modelError } from "../../provider/lifecycle/testing/model-service";
import type { ExecutionPage, ExecutionSummary, LyceumPort, StartOutcome } from "../../provider/lyceum/port";

export const message = fc.constantFrom(
  "pending",
  "running",
  "RUNNING ",
  "completed",
  "failed",
  "aborted",
  "cancelling",
  "",
  "weird",
  "constructor",
  "timeout",
);
export const instants = fc.constantFrom(
  undefined,
  "",
  "soon",
  "2026-03-01T12:00:05Z",
  "1970-01-01T00:00:00Z",
  "9999-12-31T00:00:00Z",
  "1772366405",
);

/** What a list entry says that no model would. */
export const unusual: fc.Arbitrary<ExecutionSummary> = fc.record({
  executionId: fc.constantFrom("run-1", "run-2", "run-99", "x"),
  status: message,
  fileName: fc.constantFrom("", "label", "lyc1.x.y.z", "another key"),
  createdAt: instants.map((text) => text ?? "never"),
});

/** How one call of the port is altered. */
export type Alteration =
  | { readonly kind: "pass" }
  | { readonly kind: "throw"; readonly status: number }
  | { readonly kind: "hang" }
  | { readonly kind: "missing" }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "list"; readonly list: readonly ExecutionSummary[]; readonly keep: boolean }
  | { readonly kind: "start"; readonly commit: boolean; readonly outcome: "unknown" | "refused" | "again" | "hidden" };

export const alter: fc.Arbitrary<Alteration> = fc.oneof(
  { weight: 40, arbitrary: fc.constant({ kind: "pass" } as const) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("throw" as const),
      status: fc.constantFrom(0, 400, 404, 409, 429, 500, 503),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("throw" as const), status: fc.constantFrom(401, 403) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "hang" } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: "missing" } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("word" as const), word: message }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("list" as const),
      list: fc.array(unusual, { maxLength: 3 }),
      keep: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("start" as const),
      commit: fc.boolean(),
      outcome: fc.constantFrom("unknown", "refused", "again", "hidden" as const),
    }),
  },
);

/** A port in front of the model that alters call after call by a tape, which is played again and again. */
export function alteredPort(real: LyceumPort, tape: readonly Alteration[]) {
  const given = new Set<string>();
  const started: StartOutcome["kind"][] = [];
  let unclear = 0;
  let at = 0;
  const next = (): Alteration => tape[at++ % tape.length] ?? { kind: "pass" };
  const hang = (signal?: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      // A hanging call ends with its signal, or with the client's own clock, which is short here.
      if (signal === undefined) setImmediate(() => reject(modelError(0)));
      signal?.addEventListener("abort", () => reject(modelError(0)));
    });
  async function read<T>(
    call: () => Promise<T>,
    signal: AbortSignal | undefined,
    altered: (alter: Alteration, value: T) => T,
  ): Promise<T> {
    const how = next();
    if (how.kind === "throw") throw modelError(how.status);
    if (how.kind === "hang") return hang(signal);
    return altered(how, await call());
  }
  const list = (how: Alteration, value: readonly ExecutionSummary[]): readonly ExecutionSummary[] =>
    how.kind === "list" ? [...(how.keep ? value : []), ...how.list] : how.kind === "missing" ? [] : value;
  const port: LyceumPort = {
    ...real,
    async start(request, options) {
      const how = next();
      const outcome = await alteredStart(how, () => real.start(request, options));
      started.push(outcome.kind);
      if (outcome.kind === "unknown") unclear += 1;
      if (outcome.kind === "started") given.add(outcome.executionId);
      return outcome;
    },
    record: (id, options) =>
      read(
        () => real.record(id, options),
        options?.signal,
        (how, value) => {
          if (how.kind === "missing") return { kind: "missing", error: modelError(404) };
          if (how.kind !== "word" || value.kind === "missing") return value;
          return { kind: "found", value: { ...value.value, status: how.word } };
        },
      ),
    olderStatus: (id, options) =>
      read(
        () => real.olderStatus(id, options),
        options?.signal,
        (how, value) => (how.kind === "missing" ? { kind: "missing", error: modelError(404) } : value),
      ),
    abort: (id, options) =>
      read(
        () => real.abort(id, options),
        options?.signal,
        (_, value) => value,
      ),
    listActive: async (options) =>
      noted(
        await read(
          () => real.listActive(options),
          options?.signal,
          (how, value) => ({ ...value, executions: list(how, value.executions) }),
        ),
      ),
    async history(page, options) {
      const altered = await read(
        () => real.history(page, options),
        options?.signal,
        (how, value) =>
          how.kind === "list" || how.kind === "missing"
            ? { executions: list(how, value.executions), unreadable: 0, hasMore: false }
            : value,
      );
      return noted(altered);
    },
    logsTail: (id, lines, options) =>
      read(
        () => real.logsTail(id, lines, options),
        options?.signal,
        (_, value) => value,
      ),
  };
  function noted(page: ExecutionPage): ExecutionPage {
    for (const entry of page.executions) given.add(entry.executionId);
    return page;
  }
  return { port, given, started, unclear: () => unclear };
}

export async function alteredStart(how: Alteration, commit: () => Promise<StartOutcome>): Promise<StartOutcome> {
  if (how.kind !== "start" || how.outcome === "hidden") return commit();
  if (how.outcome === "unknown") {
    if (how.commit) await commit();
    return { kind: "unknown", error: modelError(500) };
  }
  return how.outcome === "refused"
    ? { kind: "refused", error: modelError(400) }
    : { kind: "refused", error: modelError(429), retryAfterSeconds: 30 };
}
