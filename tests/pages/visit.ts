import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page in a separate context, and what it did although it must not. */
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
  // On a busy machine, a page may take longer than Playwright's 30 s.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Other tests create and remove Docker networks on this machine. If a page fails to load because of this, it is
    // loaded again.
    if (!message.text().includes("net::ERR_NETWORK_CHANGED")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await load(page, url);
  return { page, foreign, complaints };
}

/** The number of times that a page is loaded. */
const LOADS = 5;

/**
 * Loads a page. Loads it again if a change of the network cut off a file, because without a script the page would do
 * nothing.
 */
async function load(page: Page, url: string): Promise<void> {
  let isCut = false;
  page.on("requestfailed", (request) => {
    const isFile = ["document", "script", "stylesheet"].includes(request.resourceType());
    isCut ||= isFile && request.failure()?.errorText === "net::ERR_NETWORK_CHANGED";
  });
  for (let count = 1; count <= LOADS; count++) {
    isCut = false;
    try {
      await page.goto(url);
    } catch (error) {
      if (!isCut) throw error;
    }
    if (!isCut) return;
    // Otherwise the next load would only be a change of the part after the `#`.
    await page.goto("about:blank");
  }
}

/** Closes the page and its context. */
export async function leave({ page }: Visit): Promise<void> {
  await page.context().close();
}
