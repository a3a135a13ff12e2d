import { extname, resolve } from "node:path";
import { listExecutions } from "../../provider/reads";
import { formatOf, keepRecordedSecretsOut, readReport, renderReport } from "../../provider/reads/report";
import { type Command, EXIT_CODES, type Surface, UsageError } from "../command";
import { count } from "../layout";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { writeText } from "../output";
import { findRun } from "./find-run";
import { countIn, momentIn, NAMES_HELP, TIME_HELP } from "./run-options";
import { type RunService, withService } from "./service";

const MOST_RUNS = 200;

const OPTIONS = {
  stack: {
    type: "string",
    short: "s",
    value: "STACK",
    help: "the runs of this stack; RUN is then the name of a resource in it",
  },
  since: { type: "string", value: "TIME", help: `the runs created since this time, such as ${TIME_HELP}` },
  limit: {
    type: "string",
    value: "N",
    default: "50",
    help: `with --since: at most N runs, up to ${MOST_RUNS} (default: 50)`,
  },
  output: {
    type: "string",
    short: "o",
    value: "FILE",
    help: "writes the report there; one that ends in .md is Markdown",
  },
  unmasked: {
    type: "boolean",
    help: "with --stack: masks only what looks secret, for a stack whose secrets Pulumi cannot decrypt here, or whose files have changed",
  },
  format: {
    type: "string",
    value: "FORMAT",
    help: "html or markdown (default: by the name of the file, else html)",
  },
} as const satisfies OptionTable;

/** `pulumi-lyceum report`: writes a page about runs. */
export const report: Command = {
  synopsis: "[RUN ...] [options]",
  about: [
    "Writes a page about runs: status, timeline, exit codes, errors, measurements, cost and the last lines of output. The page needs no network and no script; Markdown is for pull requests.",
    NAMES_HELP,
  ],
  options: OPTIONS,
  closing: ["Exit code: 0, or 2 if a run cannot be read or the file cannot be written."],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const { stack, since, output } = values;
    if (values.format === undefined && output !== undefined && !/^(\.html?|\.md)?$/i.test(extname(output))) {
      throw new UsageError(`A report is HTML or Markdown: end ${output} in .html or .md, or add --format`);
    }
    const format = values.format ?? formatOf(output ?? "");
    if (format !== "html" && format !== "markdown") throw new UsageError("--format takes html or markdown");
    if (positionals.length === 0 && stack === undefined && since === undefined) {
      throw new UsageError("RUN is missing: name runs, or add --stack or --since");
    }
    const limit = countIn("limit", values.limit, MOST_RUNS);
    const from = since === undefined ? undefined : new Date(momentIn("since", since)).toISOString();
    return withService(surface, async (service) => {
      const ids = await idsOf(service, surface, positionals, stack, from, limit);
      if (stack !== undefined && !values.unmasked) await maskSecretsOf(stack, service, surface);
      const found = await readReport(service.client, ids, service.now, service.stopped);
      const left = stack === undefined ? undefined : service.artifactsOf(stack);
      const runs = found.runs.map((run) => ({ ...run, artifacts: left?.get(run.executionId) ?? {} }));
      const read = { ...found, runs };
      if (read.runs.length === 0)
        throw new UsageError("Lyceum knows none of these runs. `npx pulumi-lyceum list --all` lists runs");
      const text = renderReport(read, format);
      if (output === undefined) service.print(text.trimEnd());
      else {
        writeText(resolve(surface.folder, output), text);
        surface.printError(`${output}: ${count(read.runs.length, "run")}`);
      }
      return EXIT_CODES.clean;
    });
  },
};

/**
 * Masks the secrets of a stack in the output of its runs, because people share their reports. The secrets come from the
 * state of the stack, and from the Compose files that the state names.
 */
async function maskSecretsOf(stack: string, { client, now, secrets }: RunService, surface: Surface): Promise<void> {
  const declared = secrets(stack);
  if (declared === undefined) {
    throw new UsageError(
      `Pulumi does not decrypt the secrets of the stack ${stack} here, so they cannot be masked. Set PULUMI_CONFIG_PASSPHRASE, log in to the service that holds the key of the stack, or add --unmasked`,
    );
  }
  client.keepOut(() => declared.values);
  const ports = { files: surface.files, folder: () => surface.folder, variable: surface.variable };
  const changed: string[] = [];
  for (const { name, inputs } of declared.resources)
    if (!(await keepRecordedSecretsOut({ client, now }, inputs, ports))) changed.push(name);
  if (changed.length === 0) return;
  const names = changed.join(", ");
  throw new UsageError(
    `The Compose files, mounted files or inherited variables of ${names} are not those with which the run was started, so their secrets cannot be masked. Run this command in the folder of the program, with the files and the environment of its last update, or add --unmasked`,
  );
}

async function idsOf(
  service: RunService,
  { printError }: Pick<Surface, "printError">,
  named: readonly string[],
  stack: string | undefined,
  since: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of named) {
    const { executionId, choice } = await findRun(name, service, { stack });
    if (choice !== undefined) printError(choice);
    ids.push(executionId);
  }
  if (named.length === 0 && stack !== undefined) ids.push(...service.recorded(stack).values());
  if (since !== undefined) {
    const { executions } = await listExecutions(service.client, { state: "all", since, limit }, service.stopped);
    ids.push(...executions.map(({ executionId }) => executionId));
  }
  return [...new Set(ids)].slice(0, MOST_RUNS);
}
