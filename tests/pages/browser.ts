import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Debian's name for it, and those of other systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser of this machine: what `LYCEUM_TEST_CHROMIUM` names, else the first one on PATH. */
function findChromium(): string | undefined {
  const given = process.env.LYCEUM_TEST_CHROMIUM;
  if (given !== undefined && given !== "") return given;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A test in the browser of this machine. Where there is none it is left out, and its name shows why. */
export function testInBrowser(title: string, act: (browser: Browser) => Promise<void>): void {
  if (findChromium() === undefined) {
    const why = `left out: no ${NAMES.join(", ")} on PATH; LYCEUM_TEST_CHROMIUM names another`;
    test.skip(`${title} (${why})`, () => undefined);
    return;
  }
  test(title, async () => act(await sharedBrowser()));
}

let browser: Promise<Browser> | undefined;

/** One for all tests of a file: each test has a context of its own in it. */
function sharedBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: findChromium() ?? "",
    args: [
      // The sandbox of Chromium does not start for root, who runs the tests in a container.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      // A name that leads to this machine, as a website has it that points its own name there.
      "--host-resolver-rules=MAP rebound.example 127.0.0.1",
      // Chromium itself keeps websites from asking this machine, and not every browser does: what is tested is ours.
      "--disable-features=LocalNetworkAccessChecks",
    ],
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
});
