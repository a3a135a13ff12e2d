import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callCompose } from "../daemon/compose";
import type { DockerFacts } from "../daemon/probe";

/** The output of a project: for each service and stream, the lines in their order. */
export type Written = Readonly<Record<string, readonly string[]>>;

let count = 0;

/** Runs a text with `docker compose up`, and removes everything of it. Returns the exit code and the output. */
export async function composeUp(
  { composePlugin: plugin, socket }: DockerFacts,
  input: string,
  { goesOn = false }: { readonly goesOn?: boolean } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "compose-up-"));
  const project = `compared-${process.pid}-${++count}`;
  await writeFile(join(folder, "values.env"), "V=from-the-file\n");
  const compose = (...args: string[]) =>
    callCompose({ plugin, socket }, { project, folder, args, input, signal: new AbortController().signal });
  try {
    const up = await compose("up", "--no-color", ...(goesOn ? [] : ["--abort-on-container-failure"]), "--timeout", "1");
    const logs = await compose("logs", "--no-color");
    const [written, logged] = [up, logs].map((printed) => writtenIn(printedLines(printed))) as [Written, Written];
    return { code: up.code, written, logged, reason: up.stderr };
  } finally {
    await compose("down", "--volumes", "--timeout", "0");
    await rm(folder, { recursive: true });
  }
}

/** Matches a line of a container as Compose prints it. Drops a carriage return at its end, as the engine does. */
const LINE = /^(\S+)-\d+ +\| ?(.*?)\r?$/s;

/** Returns lines in groups, by service and stream. */
export function writtenIn(lines: Iterable<readonly [service: string, stream: string, message: string]>): Written {
  const found = new Map<string, string[]>();
  for (const [service, stream, message] of lines) {
    const key = `${service} ${stream}`;
    const group = found.get(key) ?? [];
    group.push(message);
    found.set(key, group);
  }
  return Object.fromEntries(found);
}

function* printedLines({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) {
  for (const [stream, text] of Object.entries({ stdout, stderr })) {
    for (const line of text.split("\n")) {
      const [, service, message = ""] = LINE.exec(line) ?? [];
      if (service !== undefined) yield [service, stream, message] as const;
    }
  }
}
