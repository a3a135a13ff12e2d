/** An example of a page: its heading, its code, and what the code prints. */
export interface Example {
  readonly title: string;
  readonly code: string;
  readonly printed: string;
}

/** Returns the examples of a page: each block of code with the text block that follows it. */
export function examplesOf(page: string): readonly Example[] {
  const pattern = /^### ([^\n]+)\n(?:(?!^```|^#)[^\n]*\n)*```ts\n(.*?)^```\n\n```text\n(.*?)^```\n/gms;
  return [...page.matchAll(pattern)].map(([, title = "", code = "", printed = ""]) => ({ title, code, printed }));
}
