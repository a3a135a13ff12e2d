import { resolve } from "node:path";
import { nearest } from "../../compose/wording";
import { validPrefix } from "../../provider/storage";

import { type Command, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { getFiles } from "./get-files";
import { listFiles } from "./list-files";
import { putFiles } from "./put-files";
import { removeFiles } from "./remove-files";
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
  json: { type: "boolean", default: false, help: "with list: {files: [{key, bytes, etag, modified}]}" },
} as const satisfies OptionTable;

const OPERATIONS = ["list", "get", "put", "rm"] as const;
type Operation = (typeof OPERATIONS)[number];

/** `pulumi-lyceum files`: the files of the account's bucket. */
export const files: Command = {
  synopsis: "[OPERATION] [NAME] [options]",
  about: [
    "Lists, fetches, stores and removes files of the account's bucket. A run that starts with `enableS3Mount: true` sees the file data/a.csv as /mnt/s3/data/a.csv.",
    "OPERATION: list [NAME] (the default), get NAME, put PATH [NAME], rm NAME.",
    "NAME is the name of a file in the bucket, or of a folder, which means all files in it.",
    "put sends only files that differ from the bucket, and removes none. get and put go on where an earlier command was stopped.",
  ],
  options: OPTIONS,
  closing: [
    "Exit code: 0, 1 if a question was not answered with yes, 2 if the bucket or a local file cannot be used, 130 after ^C.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const [first, ...rest] = positionals;
    const operation = operationIn(first);
    const [one, other, ...more] = rest;
    if (more.length > 0 || (operation !== "put" && other !== undefined))
      throw new UsageError(`Too many words after \`files ${operation}\``);
    if (one === undefined && operation !== "list") {
      throw new UsageError(`${operation === "put" ? "PATH" : "NAME"} is missing after \`files ${operation}\``);
    }
    const name = (text: string | undefined): string => validPrefix(text ?? "");
    return withBucket(surface, async (service) => {
      if (operation === "list") return listFiles(service, name(one), values.json);
      if (operation === "get") return getFiles(service, name(one), resolve(surface.folder, values.output ?? "."));
      if (operation === "rm") return removeFiles(service, name(one), values.yes);
      return putFiles(service, { source: one ?? "", target: name(other), exclude: values.exclude }, surface);
    });
  },
};

function operationIn(word: string | undefined): Operation {
  if (word === undefined) return "list";
  const known = OPERATIONS.find((name) => name === word);
  if (known !== undefined) return known;
  const meant = nearest(word, OPERATIONS);
  throw new UsageError(
    `\`files ${word}\` is not an operation: list, get, put or rm${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`,
  );
}
