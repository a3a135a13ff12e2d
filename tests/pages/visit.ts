import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page in a separate context, and the forbidden things that it has done. */
export interface Visit {
  readonly page: Page;
  /** Requests to addresses other than the page's own. All were blocked. */
  readonly foreign: readonly string[];
  /** Errors and warnings in the browser's console, including violations of the page's policy. */
  readonly complaints: readonly string[];
}

/** The widths of the screens in the tests. */
export const WIDTHS = { phone: 390, desktop: 1280 } as const;

/**
 * Opens a page.
 * @param isOwn whether the page may request a URL
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
    // Other tests create and remove Docker networks on this machine. If a page fails to load because of this, it is
    // loaded again.
    if (!message.text().includes("net::ERR_NETWORK_CHANGED")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, foreign, complaints };
}

/** Closes the page and its context. */
export async function leave({ page }: Visit): Promise<void> {
  await page.context().close();
}
