import { nameOfOperation } from "../../../provider/lyceum/operations";
import type { ReceivedRequest } from "../emulator/control";
import type { Names } from "./names";

/**
 * How the requests of a step are reported.
 *
 * - `in order`: each write with its body. The reads between two writes are a sorted set, because timing decides how
 *   often a wait polls and in which order reads come. After an answered start, the page of the history that the lookup
 *   before the next start reads is left out: it is read only if the last lookup is older than 2 s. Requests about the
 *   bucket come last, because files are stored while runs are read. Those with the same method in a row are sorted,
 *   because several files are sent at once.
 * - `at once`: the writes, sorted. Of a start, only the file name is shown. This is for steps in which many things
 *   happen in no fixed order.
 * - `counted`: the number of requests of each kind, for all runs together.
 * - `writes counted`: the number of writes of each kind, and the reads as a set.
 * - `writes once`: each kind of write, without number and answer, and no reads. This is for two steps of the engine
 *   that do the same thing at the same time.
 */
export type RequestStyle = "in order" | "at once" | "counted" | "writes counted" | "writes once";

/**
 * The requests of one step as text.
 * @param files texts of the work folder: a compose text equal to one of them is shown by its name
 */
export function describeRequests(
  requests: readonly ReceivedRequest[],
  names: Names,
  files: ReadonlyMap<string, string>,
  style: RequestStyle = "in order",
): readonly string[] {
  if (style === "in order") {
    // If the list has no requests to the bucket itself, all requests keep their order.
    const isAboutBucket = requests.some(isOfBucket) ? concernsBucket : () => false;
    const ofBucket = requests.filter(isAboutBucket);
    const others = requests.filter((request) => !isAboutBucket(request));
    return [...describeInOrder(others, names, files), ...describeBucket(ofBucket, names)];
  }
  const reads = requests.filter(isRead);
  const writes = requests.filter((request) => !isRead(request));
  switch (style) {
    case "at once":
      return [
        ...describeReads(reads.map((request) => describeLine(request, names))),
        ...describeUnordered(writes, names),
      ];
    case "counted":
      return describeCounts(requests);
    case "writes counted":
      return [...describeReads(reads.map(shapeOf)), ...describeCounts(writes)];
    case "writes once":
      return [...new Set(writes.map((request) => `${request.method} ${describePath(request, names)}`))].sort();
  }
}

function describeInOrder(
  requests: readonly ReceivedRequest[],
  names: Names,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const lines: string[] = [];
  let reads: string[] = [];
  let written: string | undefined;
  for (const request of requests) {
    const line = describeLine(request, names);
    if (isRead(request)) {
      reads.push(line);
      continue;
    }
    const lookup = line === START && written === START ? LOOKUP_IN_HISTORY : undefined;
    lines.push(...describeReads(reads.filter((read) => read !== lookup)), line);
    lines.push(...describeBody(request.body, names, files).map((part) => `    ${part}`));
    reads = [];
    written = line;
  }
  return [...lines, ...describeReads(reads)];
}

/** The bucket of the emulator. */
const BUCKET = /^\/local-bucket(?=\/|$)/;

function isOfBucket({ path }: ReceivedRequest): boolean {
  return BUCKET.test(path);
}

function concernsBucket({ path }: ReceivedRequest): boolean {
  return BUCKET.test(path) || path.endsWith(CREDENTIALS);
}

const CREDENTIALS = "/storage/credentials";

function describeBucket(requests: readonly ReceivedRequest[], names: Names): readonly string[] {
  const lines: string[] = [];
  let row: string[] = [];
  let method: string | undefined;
  for (const request of [...requests, undefined]) {
    const next = request && `${request.method}${isOfBucket(request) ? "" : CREDENTIALS}`;
    if (next !== method) {
      lines.push(...row.sort());
      row = [];
    }
    method = next;
    if (request === undefined) break;
    row.push(`bucket: ${describeLine(request, names)}`);
  }
  return lines;
}

/** A start request that was answered. */
const START = nameOfOperation("startComposeExecution");
const LOOKUP_IN_HISTORY = `${nameOfOperation("getBillingHistory")}?limit=100&offset=0`;

function isRead({ method }: ReceivedRequest): boolean {
  return method === "GET";
}

function describeReads(reads: readonly string[]): readonly string[] {
  return reads.length === 0 ? [] : [`reads: ${[...new Set(reads)].sort().join(", ")}`];
}

function describeUnordered(writes: readonly ReceivedRequest[], names: Names): readonly string[] {
  const lines = writes.map((request) => {
    const fileName = (request.body as { file_name?: unknown } | null)?.file_name;
    return describeLine(request, names) + (typeof fileName === "string" ? ` ${names.fileName(fileName)}` : "");
  });
  return lines.sort();
}

function describeCounts(requests: readonly ReceivedRequest[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(shapeOf(request), (counts.get(shapeOf(request)) ?? 0) + 1);
  return [...counts].map(([shape, count]) => `${count} × ${shape}`).sort();
}

/** A request without parts that differ between runs. */
function shapeOf(request: ReceivedRequest): string {
  const path = request.path
    .replace(BASE, "")
    .replace(BUCKET, "/<bucket>")
    .replace(/local-[^/]+/, "<id>");
  return `${request.method} ${path}${describeAnswer(request)}`;
}

function describeLine(request: ReceivedRequest, names: Names): string {
  return `${request.method} ${describePath(request, names)}${describeAnswer(request)}`;
}

/** A request that was held or dropped has no answer. */
function describeAnswer(request: ReceivedRequest): string {
  return `${request.status === 200 ? "" : ` → ${request.status ?? "no answer"}`}${request.fault ? " (fault)" : ""}`;
}

const BASE = /^\/api\/v2\/external/;

function describePath(request: ReceivedRequest, names: Names): string {
  const short = request.path.replace(BASE, "").replace(BUCKET, "/<bucket>");
  const path = names.uploads(short.replace(/(?<=\/)local-[^/]+/, (id) => names.execution(id)));
  // The name of the operation, which clients of S3 add, repeats the method.
  const { "x-id": _operation, ...parameters } = request.query;
  const query = Object.entries(parameters).map(([key, value]) => `${key}=${names.uploads(String(value))}`);
  return query.length === 0 ? path : `${path}?${query.sort().join("&")}`;
}

function describeBody(body: unknown, names: Names, files: ReadonlyMap<string, string>): readonly string[] {
  if (body === undefined || body === null) return [];
  if (typeof body !== "object" || Array.isArray(body)) return [JSON.stringify(body)];
  return Object.entries(body)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => describeField(key, value, names, files));
}

function describeField(
  key: string,
  value: unknown,
  names: Names,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  if (key === "file_name" && typeof value === "string") return [`${key}: ${names.fileName(value)}`];
  if (key !== "compose_file_code" || typeof value !== "string") return [`${key}: ${describeValue(value, names)}`];
  for (const [file, text] of files) if (text === value) return [`${key}: <${file}>`];
  return [
    `${key}: |`,
    ...names
      .apply(value.trimEnd())
      .split("\n")
      .map((line) => `    ${line}`),
  ];
}

/** Names are replaced before JSON escapes the text. Otherwise a value with a quote would not be found. */
function describeValue(value: unknown, names: Names): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "string" ? names.apply(entry) : entry));
}
