import { type Bundled, type BundleOptions, bundleProject } from "..";
import { memoryFiles } from "./memory-files";

/** Bundles texts by their paths in a folder `/p`. */
export function bundleOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<Omit<BundleOptions, "variables">> & { readonly variables?: Readonly<Record<string, string>> } = {},
): Bundled {
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

/** `file:line:column code path` of each diagnostic. */
export function marksOf({ diagnostics }: Bundled): string[] {
  return diagnostics.map(({ code, file, range, path }) =>
    [`${file ?? ""}${range === undefined ? "" : `:${range.start.line}:${range.start.column}`}`, code, path ?? ""]
      .filter((part) => part !== "")
      .join(" "),
  );
}
