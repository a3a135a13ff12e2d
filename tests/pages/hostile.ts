import type { Page } from "playwright-core";

/** The script in each hostile text. If the text becomes markup, the script leaves a mark on the page. */
const MARK = "document.documentElement.dataset.broken=1";

/** Lines of a container's output that try to become markup on a page. */
export const HOSTILE_LINES: readonly string[] = [
  `<script>${MARK}</script>`,
  `<img src=x onerror="${MARK}">`,
  `</pre></details></article><svg onload="${MARK}">`,
  `"'\`><iframe srcdoc="<script>parent.${MARK}</script>">`,
  `<a href="javascript:${MARK}">link</a><form action="http://elsewhere.invalid/"><input autofocus onfocus="${MARK}">`,
  `<style>*{display:none}</style><link rel=stylesheet href=http://elsewhere.invalid/x.css><base href=http://elsewhere.invalid/>`,
  "]]>--><!-- &lt;script&gt; &#60;script&#62; {{constructor.constructor('1')()}} #{1}",
  "\u001b[2J\u001b[31mred\u001b[0m \u001b]8;;http://elsewhere.invalid/\u0007link\u001b]8;;\u0007 \u0000\u0008\u009b2J",
  "user\u202egnp.exe\u202c \u2066isolate\u2069 \u200f\u061c",
  "שלום עולם / مرحبا 123 abc",
  `${"M".repeat(1024 * 1024)}`,
];

/** The tags in `HOSTILE_LINES`. */
const MADE =
  "img, iframe, base, form[action], link[rel=stylesheet][href^='http'], a[href^='javascript'], svg[onload], pre style";

/** Returns true if a hostile line has become markup: its script has run, or its element exists. */
export async function hasBrokenOut(page: Page): Promise<boolean> {
  const mark = "document.documentElement.dataset.broken !== undefined";
  return page.evaluate<boolean>(`${mark} || document.querySelector(${JSON.stringify(MADE)}) !== null`);
}

/** Returns the characters in a text that change the text direction or move a cursor, as in `HOSTILE_LINES`. */
export function controlsIn(text: string): readonly string[] {
  return [...text].filter((character) => /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u.test(character));
}
