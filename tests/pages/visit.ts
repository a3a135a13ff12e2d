import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page in a context of its own, and what it did that it may not do. */
export interface Visit {
  readonly page: Page;
  /** Requests to anywhere but the page's own location; each was stopped. */
  readonly foreign: readonly string[];
  /** Errors and warnings in the browser's console, violations of the page's policy among them. */
  readonly complaints: readonly string[];
}

/** How wide the screens of the tests are. */
export const WIDTHS = { phone: 390, desktop: 1280 } as const;

/**
 * Opens a page.
 * @param isOwn whether a URL is one that the page may ask for
 */
export async function visit(
  browser: Browser,
  url: string,
  isOwn: (url: string) => boolean,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: WIDTHS.desktop, height: 900 }, ...options });
  const foreign: string[] = [];
  const complaints: string[] = [];
  await context.route("**/*", async (route) => {
    const asked = route.request().url();
    if (isOwn(asked)) return route.continue();
    foreign.push(asked);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Docker makes and removes networks of this machine for the tests beside this one: a page that asks at that moment asks again.
    if (!message.text().includes("net::ERR_NETWORK_CHANGED")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, foreign, complaints };
}

/** Closes it and all that belongs to it. */
export async function leave({ page }: Visit): Promise<void> {
  await page.context().close();
}
