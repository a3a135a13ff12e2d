import { resolve } from "node:path";
import { nearest } from "../../compose/wording";
import { validPrefix } from "../../provider/storage";

import { type Command, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { namesRun } from "../runs/recorded-artifacts";
import { STACK_OPTION } from "../runs/run-options";
import { fetchFiles, getFiles } from "./get-files";
import { listFiles, printFiles } from "./list-files";
import { putFiles } from "./put-files";
import { removeFiles } from "./remove-files";
import { filesOfRun } from "./run-files";
import { withBucket } from "./service";

const OPTIONS = {
  output: { type: "string", short: "o", value: "DIR", help: "with get: the folder for the files (default: this one)" },
  exclude: {
    type: "string",
    multiple: true,
    default: [] as string[],
    value: "PATTERN",
    help: "with put: leaves out paths of the folder, such as '**/*.pyc' or .git; may be given several times",
  },
  yes: { type: "boolean", short: "y", default: false, help: "with rm: does not ask" },
  json: {
    type: "boolean",
    default: false,
    help: "with list: {files: [{key, bytes, etag, modified}]}, and for a RUN also the name of each file",
  },
  stack: { ...STACK_OPTION.stack, help: "with list and get: RUN is a resource of this stack, by its name" },
} as const satisfies OptionTable;

const OPERATIONS = ["list", "get", "put", "rm"] as const;
type Operation = (typeof OPERATIONS)[number];

/** `pulumi-lyceum files`: the files of the account's bucket. */
export const files: Command = {
  synopsis: "[OPERATION] [NAME] [options]",
  about: [
    "Lists, fetches, stores and removes files of the account's bucket. A run that starts with `enableS3Mount: true` sees the file data/a.csv as /mnt/s3/data/a.csv.",
    "OPERATION: list [NAME|RUN] (the default), get NAME, get RUN [FILE], put PATH [NAME], rm NAME.",
    "NAME is the name of a file in the bucket, or of a folder, which means all files in it.",
    "RUN means the artifacts of a run that the state of a stack records: its id, the URN of its resource, or with --stack the name of its resource. FILE is the name or the path of one artifact.",
    "put sends only files that differ from the bucket, and removes none. get and put go on where an earlier command was stopped.",
  ],
  options: OPTIONS,
  closing: [
    "Exit code: 0; 1 if a question was not answered with yes; 2 if the bucket or a local file cannot be used; 130 after ^C.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const { stack } = values;
    const { operation, rest } = operationIn(positionals, stack !== undefined);
    const [one, other, ...more] = rest;
    const run = one !== undefined && (stack !== undefined || namesRun(one)) ? one : undefined;
    if (stack !== undefined && (run === undefined || operation === "put" || operation === "rm"))
      throw new UsageError("--stack goes with `files list RUN` and `files get RUN`");
    const takesTwo = operation === "put" || (operation === "get" && run !== undefined);
    if (more.length > 0 || (!takesTwo && other !== undefined))
      throw new UsageError(`Too many words after \`files ${operation}\``);
    if (one === undefined && operation !== "list") {
      throw new UsageError(`${operation === "put" ? "PATH" : "NAME"} is missing after \`files ${operation}\``);
    }
    const name = (text: string | undefined): string => validPrefix(text ?? "");
    const folder = resolve(surface.folder, values.output ?? ".");
    const ofRun = (named: string) => filesOfRun(named, other, { stack, folder: surface.folder });
    return withBucket(surface, async (service) => {
      if (run !== undefined && operation === "list") return printFiles(service, ofRun(run).files, values.json);
      if (run !== undefined && operation === "get") {
        const { files, base } = ofRun(run);
        return fetchFiles(service, files, base, folder);
      }
      if (operation === "list") return listFiles(service, name(one), values.json);
      if (operation === "get") return getFiles(service, name(one), folder);
      if (operation === "rm") return removeFiles(service, name(one), values.yes);
      return putFiles(service, { source: one ?? "", target: name(other), exclude: values.exclude }, surface);
    });
  },
};

/**
 * Returns the operation of a command line, and the words after it. If the command line has no operation, the operation
 * is a list: of the whole bucket, of a folder such as `results/`, or of the artifacts of a run.
 */
export function operationIn(
  words: readonly string[],
  hasStack: boolean,
): { readonly operation: Operation; readonly rest: readonly string[] } {
  const [word, ...rest] = words;
  if (word === undefined) return { operation: "list", rest };
  const known = OPERATIONS.find((name) => name === word);
  if (known !== undefined) return { operation: known, rest };
  if (hasStack || word.includes("/") || namesRun(word)) return { operation: "list", rest: words };
  const meant = nearest(word, OPERATIONS);
  throw new UsageError(
    `\`files ${word}\` is not an operation: list, get, put or rm${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`,
  );
}
