/**
 * Plain JSON of an answer. The engine cannot store `undefined` ("Unexpected struct type", which loses the run), a Date
 * or a Map, so whatever is not JSON is dropped or written as text here, at the one border all answers cross.
 */
export function plainJson(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
