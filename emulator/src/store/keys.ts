/**
 * How the store is laid out. Numbers are padded so that their text sorts as they do.
 *
 * - `execution/<id>`: the execution
 * - `body/<id>`: the body of its start
 * - `time/<sequence>`: its id, for records that clients can see, in order of start
 * - `ledger/<sequence>`: its id, for every start ever
 * - `live/<sequence>`: its id, until it has ended
 * - `count/<status>`: how many visible records have the status
 * - `line/<id>/<index>`: one line of output
 * - `meta/sequence`: the last sequence number
 */
export const keys = {
  execution: (id: string) => `execution/${id}`,
  body: (id: string) => `body/${id}`,
  time: (sequence: number) => `time/${padded(sequence)}`,
  ledger: (sequence: number) => `ledger/${padded(sequence)}`,
  live: (sequence: number) => `live/${padded(sequence)}`,
  count: (status: string) => `count/${status}`,
  line: (id: string, index: number) => `line/${id}/${padded(index)}`,
  lines: (id: string) => everythingUnder(`line/${id}/`),
  sequence: "meta/sequence",
} as const;

/** The range that holds every key with the prefix. `prefix` ends in `/`; `0` is the character after it. */
export function everythingUnder(prefix: string): { readonly from: string; readonly before: string } {
  return { from: prefix, before: `${prefix.slice(0, -1)}0` };
}

function padded(value: number): string {
  return String(value).padStart(12, "0");
}
