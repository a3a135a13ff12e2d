import { type Bundled, type BundleOptions, bundleProject } from "..";
import { memoryFiles } from "./memory-files";

/** The content of files by their paths. A path is absolute, or relative to the project folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

type Options = Partial<Omit<BundleOptions, "variables">> & { readonly variables?: Readonly<Record<string, string>> };

/** Bundles a project in the folder `/p` that consists of these files. */
export function bundleOf(files: Files, options: Options = {}): Bundled {
  const { variables = {}, ...rest } = options;
  const absolute = Object.entries(files).map(
    ([path, text]) => [path.startsWith("/") ? path : `/p/${path}`, text] as const,
  );
  return bundleProject(
    {
      paths: ["compose.yaml"],
      from: "/p",
      variables: new Map(
        Object.entries(variables).map(([name, text]) => [name, { text, secret: name.startsWith("SECRET") }]),
      ),
      ...rest,
    },
    memoryFiles(Object.fromEntries(absolute)),
  );
}

/** Bundles a text as `compose.yaml`. Files that the text mounts are sent with the run (`localFiles: "inline"`). */
export function inlineOf(text: string, files: Files = {}, options: Options = {}): Bundled {
  return bundleOf({ ...files, "compose.yaml": text }, { localFiles: "inline", ...options });
}

/**
 * Returns a document with a service `a` that has these mounts. The first mount is on line 5, and each mount has its own
 * line.
 */
export const mounting = (...mounts: string[]) =>
  `services:\n  a:\n    image: i\n    volumes:\n${mounts.map((mount) => `      - ${mount}\n`).join("")}`;

/** Returns `code message` of each diagnostic. */
export function messagesOf({ diagnostics }: Bundled): string[] {
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

/** Returns `file:line:column code path` of each diagnostic. */
export function marksOf({ diagnostics }: Bundled): string[] {
  return diagnostics.map(({ code, file, range, path }) =>
    [`${file ?? ""}${range === undefined ? "" : `:${range.start.line}:${range.start.column}`}`, code, path ?? ""]
      .filter((part) => part !== "")
      .join(" "),
  );
}
