import type { Deviation, HttpAnswer } from "./http-service";

/**
 * Answers to a call that differ from the API's contract. Other statuses that refuse a call are not in the table,
 * because the provider treats them like 403 (`capability.test.ts`).
 */
export const DEVIATIONS = {
  "401": status(401),
  "403": status(403),
  "404": status(404),
  "500 always": status(500),
  HTML: () => ({ status: 200, body: "<html><title>Sign in</title></html>" }),
  "{items}": (answer) => on2xx(answer, (body) => ({ items: Array.isArray(body) ? body : (entriesOf(body) ?? [body]) })),
  "id called id": renamed("execution_id", "id"),
  "id called uid": renamed("execution_id", "uid"),
  "no file_name": renamed("file_name", undefined),
  "capital status": (answer) =>
    on2xx(answer, (body) => each(body, (run) => ({ ...run, status: String(run.status).toUpperCase() }), "status")),
  "no status": renamed("status", undefined),
  "empty 204": () => ({ status: 204, body: "" }),
} as const satisfies Record<string, Deviation>;

/** The name of a deviation. */
export type DeviationName = keyof typeof DEVIATIONS;

type Fields = Record<string, unknown>;

function status(code: number): Deviation {
  const body = JSON.stringify({ detail: `injected ${code}` });
  return Object.assign(() => ({ status: code, body }), { refuses: true });
}

function on2xx(answer: HttpAnswer, change: (body: unknown) => unknown): HttpAnswer {
  if (answer.status >= 300) return answer;
  return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) };
}

function renamed(from: string, to: string | undefined): Deviation {
  return (answer) =>
    on2xx(answer, (body) =>
      each(
        body,
        ({ [from]: value, ...rest }) => (to === undefined || value === undefined ? rest : { ...rest, [to]: value }),
        from,
      ),
    );
}

/**
 * Applies `change` to each run in the field `executions`. Without this field, applies `change` to the run, or to each
 * run of an array, but only if the run has the field `key`. Any other answer stays unchanged.
 */
function each(body: unknown, change: (run: Fields) => Fields, key: string): unknown {
  if (Array.isArray(body)) return body.map((entry) => each(entry, change, key));
  const list = entriesOf(body);
  if (list !== undefined) return { ...(body as Fields), executions: list.map((entry) => change(entry as Fields)) };
  return typeof body === "object" && body !== null && key in body ? change(body as Fields) : body;
}

function entriesOf(body: unknown): readonly unknown[] | undefined {
  const list = typeof body === "object" && body !== null ? (body as Fields).executions : undefined;
  return Array.isArray(list) ? list : undefined;
}
