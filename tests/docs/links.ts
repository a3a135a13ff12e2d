import { posix } from "node:path";

/** The targets of inline links, images and link definitions in a page of Markdown. Code is left out. */
export function linksOf(markdown: string): string[] {
  const prose = withoutFences(markdown).replace(/``.*?``|`[^`\n]*`/g, "code");
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
  const definitions = [...prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm)];
  return [...inline, ...definitions].map(([, target = ""]) => target);
}

/** The anchors of a page's headings, in the form that GitHub and npm use. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutFences(markdown).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
    let unique = anchor;
    for (let copy = 1; anchors.has(unique); copy += 1) unique = `${anchor}-${copy}`;
    anchors.add(unique);
  }
  return anchors;
}

/**
 * Dead links of a page: links to a file that is not among `files`, and links to a heading that is missing. Absolute
 * URLs are not checked.
 *
 * @param page path of the page, with slashes, like those of `files`
 * @param read returns the text of one of `files`
 */
export function deadLinks(page: string, files: ReadonlySet<string>, read: (path: string) => string): string[] {
  return linksOf(read(page)).flatMap((link) => {
    if (/^(https?|mailto):/.test(link)) return [];
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : posix.join(posix.dirname(page), path);
    if (!files.has(target)) return [`${page}: ${link} leads to no file`];
    if (anchor === undefined || (target.endsWith(".md") && anchorsOf(read(target)).has(anchor))) return [];
    return [`${page}: ${link} leads to no heading`];
  });
}

/** Source files and pages that a page names as code, such as `provider/schema/inputs.ts`, and that do not exist. */
export function missingFiles(page: string, files: ReadonlySet<string>, read: (path: string) => string): string[] {
  const tops = new Set([...files].flatMap((file) => (file.includes("/") ? [file.split("/")[0]] : [])));
  const named = [...withoutFences(read(page)).matchAll(/`([\w-]+)(\/[\w./-]+\.(?:ts|mjs|cjs|md))`/g)];
  return named.flatMap(([, top = "", rest = ""]) =>
    tops.has(top) && !files.has(top + rest) ? [`${page}: ${top}${rest} does not exist`] : [],
  );
}

/** A page without its blocks of code. */
function withoutFences(markdown: string): string {
  return markdown.replace(/^( *)```[^\n]*\n[\s\S]*?^\1```/gm, "");
}
