import { type Browser, chromium } from "playwright-core";
import { findChromium, NO_CHROMIUM, sandboxArguments } from "../../tools/setup/chromium.cjs";
import { testUnless } from "../harness/needs";

/** A test in this machine's browser. Without a browser it is skipped, and its name says why. */
export function testInBrowser(title: string, act: (browser: Browser) => Promise<void>): void {
  const executablePath = findChromium();
  const missing = executablePath === undefined ? NO_CHROMIUM : undefined;
  testUnless(missing, title, async () => act(await sharedBrowser(String(executablePath))));
}

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file. Each test has a separate context in the browser. */
function sharedBrowser(executablePath: string): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath,
    args: [...sandboxArguments()],
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
});
