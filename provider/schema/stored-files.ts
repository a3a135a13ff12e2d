import type { InputRow, OutputRow } from "./rows";
import { integer, names, oneOf, text, type ValueType, wordOf } from "./value-types";

/** An argument of a StoredFiles. It has no role, because a role says what a change means for a run. */
export type FilesInputRow = Omit<InputRow, "role">;

/** A list of patterns. Each pattern may be the output of another resource. */
const patterns: ValueType<readonly string[]> = {
  ...names,
  typescript: "pulumi.Input<string>[]",
  words: "list of patterns",
};

/** Every argument of a StoredFiles resource, in the order of the reference page. */
export const FILES_INPUTS = {
  source: {
    type: text,
    required: true,
    doc: "The file or folder that is stored, relative to the program's directory. In place of a symbolic link, its target is stored, because a bucket cannot contain links. A link to something outside of the folder is an error (LYC6013). If `source` is a path in the program's folder, but leads out of this folder through a link, this is an error too.",
    example: 'source: "data"',
  },
  prefix: {
    type: text,
    defaultWords: "`PROJECT/STACK/NAME/`, from the project, the stack and the name of the resource",
    doc: "The folder in the bucket, such as `data/train`. After a change of `prefix`, the next `up` first stores the files in the new folder, and then removes the files from the old folder.",
    example: 'source: "data", prefix: "datasets/train"',
  },
  exclude: {
    type: patterns,
    defaultWords: "none",
    doc: "Patterns of paths in the folder that are left out: `*`, `**`, `?`, `[…]` and `{a,b}`, as for `npx pulumi-lyceum files put --exclude`. A pattern that matches a folder leaves out everything in that folder.",
    example: 'source: "app", exclude: [".git", "cache"]',
  },
  onDelete: {
    type: wordOf({
      delete: "The files are removed, except files that somebody else has stored again or changed in the bucket.",
      leave: "No file is removed.",
    }),
    whenAbsent: "delete",
    doc: "What the deletion of the resource does to the files that the resource has stored.",
    example: 'source: "results", onDelete: "leave"',
  },
} as const satisfies Readonly<Record<string, FilesInputRow>>;

/** Every output of a StoredFiles that a program can use. */
export const FILES_OUTPUTS = {
  prefix: {
    type: text,
    fallback: "",
    public: true,
    doc: "The folder in the bucket, with a slash at its end.",
  },
  mountPath: {
    type: text,
    fallback: "",
    public: true,
    doc: "The path at which a service sees the folder, or the file if `source` is a file, in a run with `enableS3Mount: true`. The path begins with the value of the setting `s3MountPath`.",
  },
  hash: {
    type: text,
    fallback: "",
    public: true,
    doc: "Digest of the paths and contents of all files. The digest does not depend on the times of the files, on the machine or on `prefix`. If the `triggers` of an execution contain `hash`, a change of the files starts a new run.",
  },
  fileCount: { type: integer, fallback: 0, public: true, doc: "How many files there are." },
  bytes: { type: integer, fallback: 0, public: true, doc: "The size of all files together." },
  source: { type: text, public: true, doc: "The argument `source`, as the last create or update used it." },
  exclude: {
    type: { ...names, words: "list of patterns" },
    public: true,
    doc: "The argument `exclude`, as the last create or update used it.",
  },
  onDelete: {
    type: oneOf("delete", "leave"),
    public: true,
    doc: "The argument `onDelete`, which the deletion uses.",
  },
} as const satisfies Readonly<Record<string, OutputRow>>;

/** Name of an argument of a StoredFiles. */
export type FilesInputName = keyof typeof FILES_INPUTS;

/** The arguments of a StoredFiles, in the order of the reference. */
export const FILES_ARGUMENTS = Object.keys(FILES_INPUTS) as readonly FilesInputName[];

/** The outputs of a StoredFiles that a program can use, in the order of the reference. */
export const FILES_OUTPUT_NAMES = Object.keys(FILES_OUTPUTS) as readonly (keyof typeof FILES_OUTPUTS)[];
