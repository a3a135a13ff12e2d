import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * Findings that axe rates as serious or critical, one line for each element.
 * @param parts selectors of the examined parts; default: the whole page
 */
export async function seriousFindings(page: Page, parts?: readonly string[]): Promise<readonly string[]> {
  await page.evaluate(axe);
  const context = parts === undefined ? "document" : JSON.stringify({ include: parts });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${context}, { resultTypes: ['violations'] })`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}

/** The width of the page. If the page is wider than the window, a reader has to scroll sideways. */
export function widthOf(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth");
}

/** The element with the focus: its text, its label or its name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    "((e) => (e.innerText || e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.localName).trim())(document.activeElement)",
  );
}

/** Whether the browser draws something around the element with the focus. */
export function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'");
}
