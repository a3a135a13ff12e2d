import { createInterface } from "node:readline/promises";

/** Returns a function that asks questions on the terminal. Undefined without a terminal. */
export function questions(): ((question: string) => Promise<string>) | undefined {
  return process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined;
}

/**
 * Returns a function that replaces the last line of the terminal at the standard error. Undefined without a terminal.
 */
export function lineWriter(): ((text: string) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  // Without this handler, a closed terminal would end the process with an error of Node.
  process.stderr.on("error", () => undefined);
  return (text) => {
    process.stderr.write(`\r${text.slice(0, (process.stderr.columns || 80) - 1)}\u001b[K`);
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // ^C and the end of the input close the terminal. In some versions of Node, the answer to the question then never
  // comes. So a closed terminal counts as an empty answer.
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    return await Promise.race([terminal.question(question).catch(() => ""), closed]);
  } finally {
    terminal.close();
  }
}
