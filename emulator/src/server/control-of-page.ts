import { type ControlHandler, failure, ok } from "./answer";
import { type PageQuestion, pageLimits, pageView } from "./page-view";
import type { ServerState } from "./state";

/** What the page alone asks for. An abort from here is no request of a client: it is not logged, and no injected error meets it. */
export function pageHandlers(
  state: ServerState,
  operations: readonly string[],
): Readonly<Record<string, ControlHandler>> {
  return {
    "GET /page": async ({ query }) => {
      const question = read(query);
      return question === undefined
        ? failure(400, "offset, limit and from must be integers from 0")
        : ok(await pageView(state, question, operations));
    },
    "POST /executions/:id/abort": async ({ id }) => {
      const execution = await state.runs.abort(id);
      return execution === undefined ? failure(404, `${id} does not run.`) : ok({ status: execution.status });
    },
  };
}

function read(query: Readonly<Record<string, unknown>>): PageQuestion | undefined {
  const { offset = 0, limit = pageLimits.runs, from = 0 } = query;
  const [first, most, line] = [Number(offset), Number(limit), Number(from)];
  if (![first, most, line].every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
  return { offset: first, limit: most, from: line, run: typeof query.run === "string" ? query.run : undefined };
}
