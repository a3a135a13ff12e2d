import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository. */
export const root = resolve(__dirname, "../..");

/** Every page for users or contributors, except the generated ones. */
export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("api/"))
    .map((name) => `docs/${name}`),
];

/** A code block of a page. */
export interface Block {
  readonly guide: string;
  readonly language: string;
  /** The file that the block contains completely: the block follows `<!-- file: PATH -->`. */
  readonly file: string | undefined;
  /**
   * The file of which the block contains a part, with `…` for omitted lines: the block follows `<!-- part: PATH -->`.
   */
  readonly part: string | undefined;
  /** The golden file with the terminal text: the block follows `<!-- golden: PATH -->`. */
  readonly golden: string | undefined;
  readonly text: string;
}

function blocksOf(guide: string): Block[] {
  const text = readFileSync(join(root, guide), "utf8");
  return [...text.matchAll(/(?:<!-- (file|part|golden): (\S+) -->\n)?```(\w+)\n([\s\S]*?)```\n/g)].map(
    ([, kind, path, language = "", body = ""]) => ({
      guide,
      language,
      file: kind === "file" ? path : undefined,
      part: kind === "part" ? path : undefined,
      golden: kind === "golden" ? path : undefined,
      text: body,
    }),
  );
}

/**
 * Whether a text consists of lines of a file, in their order. A line `…`, which may be a comment, stands for omitted
 * lines.
 */
export function isPartOf(text: string, file: string): boolean {
  let rest = `\n${file}`;
  return text.split(/^ *(?:\/\/ |# )?…\n/m).every((lines) => {
    const at = rest.indexOf(`\n${lines}`);
    rest = rest.slice(at + lines.length);
    return at >= 0;
  });
}

/** The code blocks of all pages. */
export const blocks: readonly Block[] = pages.flatMap(blocksOf);
