import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { PAGE_FOLDER } from "../../files";

/** Every path of the page, with its file. A request can name only these paths, so it cannot name a path on the disk. */
const FILES: readonly (readonly [path: string, file: string, type: string])[] = [
  ["/", "index.html", "text/html; charset=utf-8"],
  ["/page/page.css", "page.css", "text/css; charset=utf-8"],
  ...[
    "main",
    "compose-text",
    "connection",
    "copy",
    "elements",
    "files",
    "filters",
    "first-run",
    "injected-errors",
    "output",
    "run",
    "runs",
    "times",
  ].map((name) => [`/page/${name}.mjs`, `${name}.mjs`, "text/javascript; charset=utf-8"] as const),
];

/**
 * The security policy of the page. Only these files may run or load, no other page may show this page in a frame, and
 * no text may become markup. With `require-trusted-types-for`, the browser throws an error if a script tries to make
 * markup from a text.
 */
const PAGE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
} as const;

/**
 * Adds the files of the page. The files contain no secret, so they need no API key. The calls that the page makes need
 * the key.
 */
export function addPageFiles(app: FastifyInstance): void {
  for (const [url, file, type] of FILES) {
    const text = readFileSync(join(PAGE_FOLDER, file), "utf8");
    app.route({
      method: "GET",
      url,
      handler: (_request, reply) => reply.headers(PAGE_HEADERS).type(type).send(text),
    });
  }
}
