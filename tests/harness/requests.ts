import type { SeenRequest } from "./control";
import type { Names } from "./names";

/**
 * The requests of one step as text.
 *
 * Whatever writes (POST, PUT, DELETE) is shown one by one, in order, with its body. Reads between two writes are
 * shown as a sorted set on one line: how often a wait polls, and which of two reads comes first, depends on timing.
 * @param files texts of the work folder: a compose text equal to one of them is shown by its name
 */
export function tellRequests(
  requests: readonly SeenRequest[],
  names: Names,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const lines: string[] = [];
  let reads = new Set<string>();
  const flush = (): void => {
    if (reads.size > 0) lines.push(`reads: ${[...reads].sort().join(", ")}`);
    reads = new Set();
  };
  for (const request of requests) {
    const target = `${request.method} ${tellPath(request, names)}`;
    // A held or dropped request has no answer.
    const answer = `${request.status === 200 ? "" : ` → ${request.status ?? "no answer"}`}${request.fault ? " (fault)" : ""}`;
    if (request.method === "GET") {
      reads.add(target + answer);
      continue;
    }
    flush();
    lines.push(target + answer, ...tellBody(request.body, names, files).map((line) => `    ${line}`));
  }
  flush();
  return lines;
}

function tellPath(request: SeenRequest, names: Names): string {
  const path = request.path
    .replace(/^\/api\/v2\/external/, "")
    .replace(
      /^(\/(?:execution|workloads\/abort|logs\/execution|execution\/streaming)\/)(local-[^/]+)/,
      (_all, before: string, id: string) => before + names.execution(id),
    );
  const query = Object.entries(request.query).map(([key, value]) => `${key}=${value}`);
  return query.length === 0 ? path : `${path}?${query.sort().join("&")}`;
}

function tellBody(body: unknown, names: Names, files: ReadonlyMap<string, string>): readonly string[] {
  if (body === undefined || body === null) return [];
  if (typeof body !== "object" || Array.isArray(body)) return [JSON.stringify(body)];
  return Object.entries(body)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => tellField(key, value, names, files));
}

function tellField(key: string, value: unknown, names: Names, files: ReadonlyMap<string, string>): readonly string[] {
  if (key === "file_name" && typeof value === "string") return [`${key}: ${names.fileName(value)}`];
  if (key !== "compose_file_code" || typeof value !== "string") return [`${key}: ${tellValue(value, names)}`];
  for (const [file, text] of files) if (text === value) return [`${key}: <${file}>`];
  return [
    `${key}: |`,
    ...names
      .apply(value.trimEnd())
      .split("\n")
      .map((line) => `    ${line}`),
  ];
}

/** Names go in before JSON escapes anything, so that a value with a quote in it is still met. */
function tellValue(value: unknown, names: Names): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "string" ? names.apply(entry) : entry));
}
