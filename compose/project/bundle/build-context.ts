import { join, posix, relative, sep } from "node:path";
import { largestComposeText } from "../../yaml/text";
import type { ProjectReader } from "../files/reader";
import { type MappingNode, textOf, valueAt } from "../nodes";

/**
 * Whether the image of a service holds what is at a path: a local Dockerfile copies it, or a folder that it is in. That of another
 * folder, of a stage or in the form of a list does not count.
 */
export function isInImage(path: string, service: MappingNode, reader: ProjectReader): boolean {
  const build = valueAt(service, "build");
  if (build === undefined) return false;
  const context = reader.resolve(reader.folder, textOf(build) ?? textOf(valueAt(build, "context")) ?? ".");
  const inContext = relative(context, path).split(sep).join("/");
  if (inContext === ".." || inContext.startsWith("../")) return false;
  const dockerfile = join(context, textOf(valueAt(build, "dockerfile")) ?? "Dockerfile");
  const obtained = reader.stat(dockerfile) === "file" ? reader.obtain(dockerfile, largestComposeText) : undefined;
  if (obtained?.kind !== "file") return false;
  const sources = copiedSources(Buffer.from(obtained.source.bytes).toString());
  return sources.some((source) => source === "" || source === inContext || inContext.startsWith(`${source}/`));
}

/** What a Dockerfile copies from its context, without `./` and a slash at the end; the whole context is empty. */
function copiedSources(dockerfile: string): readonly string[] {
  return dockerfile.split(/\r?\n/).flatMap((line) => {
    const [instruction = "", ...words] = line.trim().split(/\s+/);
    if (!/^(?:COPY|ADD)$/i.test(instruction) || words.some((word) => word.startsWith("--from="))) return [];
    const paths = words.filter((word) => !word.startsWith("--"));
    // `posix.join` takes what is doubled, and `.`, out of a path.
    return paths.slice(0, -1).map((source) => posix.join("/", source, "/").slice(1, -1));
  });
}
