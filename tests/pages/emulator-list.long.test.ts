import type { Page } from "playwright-core";
import { waitUntil } from "../harness/wait";
import { testInBrowser } from "./browser";
import { widthOf } from "./checks";
import { type EmulatorOfPage, hasFocus, shows, tabTo, withPage } from "./emulator-page";

const KEY = "yyptx00123456abcdefga001q7zk";
const WIDTHS = { narrow: 640, middle: 1000, wide: 1600 } as const;

const withServices = (script: object, ...services: readonly string[]) =>
  JSON.stringify({
    services: Object.fromEntries(services.map((name) => [name, { image: "busybox" }])),
    "x-lyceum-sim": script,
  });

/** The labels in the list, as a user sees them. */
const listed = (page: Page): Promise<readonly string[]> => page.locator("#runs a").allTextContents();

/** Uses a copy button, whose name begins with `Copy`, and returns what is then in the clipboard. */
async function copied(page: Page, name: string): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name, exact: true }).click();
  // An earlier copy has left another notice.
  await shows(page, "#notice", `Copied: ${name.slice("Copy ".length)}.`);
  return page.evaluate<string>("navigator.clipboard.readText()");
}

/** Opens the page of a run, and returns its id. */
async function open(page: Page, emulator: EmulatorOfPage, label: string): Promise<void> {
  await page.getByText(label, { exact: true }).click();
  await shows(page, "#run-status", /\w/);
  expect(page.url()).toContain(emulator.origin);
}

testInBrowser("without a run, the page shows what to export, and copies the key that it hides", async (browser) => {
  await withPage(browser, {}, async ({ page, complaints }, emulator) => {
    await shows(page, "#range", "No run yet.");
    const baseUrl = `${emulator.origin}/api/v2/external`;
    await shows(page, "#exports", `export LYCEUM_BASE_URL=${baseUrl}\nexport LYCEUM_API_KEY=••••••••`);
    expect(await copied(page, "Copy the two lines")).toBe(
      `export LYCEUM_BASE_URL=${baseUrl}\nexport LYCEUM_API_KEY='${emulator.apiKey}'\n`,
    );
    const { port } = new URL(emulator.origin);
    expect(await copied(page, "Copy the command")).toBe(`eval "$(npx pulumi-lyceum emulator --env --port ${port})"`);
    expect(await page.content()).not.toContain(emulator.apiKey);
    await emulator.start({ start: 0, run: 50 }, { file_name: "train" });
    await shows(page, "#runs", "train");
    await page.locator("#first-run").waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});

testInBrowser("runs are searched, and filtered by status and service, by keyboard", async (browser) => {
  await withPage(
    browser,
    {},
    async ({ page }) => {
      await shows(page, "#range", "103 runs. The newest 100 are shown.");
      await tabTo(page, "#search");
      // This run is older than those in the list.
      await page.keyboard.type("RESNET yyptx");
      await shows(page, "#range", "1 of 103 runs.");
      expect(await listed(page)).toEqual(["train-resnet"]);
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await tabTo(page, "#status");
      await page.keyboard.type("fail");
      await shows(page, "#range", "1 of 103 runs.");
      expect(await listed(page)).toEqual(["broken"]);
      await tabTo(page, "#filters [type=reset]");
      await page.keyboard.press("Enter");
      await shows(page, "#range", "103 runs. The newest 100 are shown.");
      await page.locator("#service").selectOption("db");
      await shows(page, "#range", "2 of 103 runs.");
      expect(await listed(page)).toEqual(["broken", "train-resnet"]);
      await page.locator("#search").fill("nothing has this name");
      await shows(page, "#range", "0 of 103 runs.");
      expect(await page.locator("#first-run").isVisible()).toBe(false);
    },
    async (emulator) => {
      const script = { start: 0, run: 1 };
      const text = withServices(script, "train", "db");
      await emulator.start(script, { file_name: `${KEY}-train-resnet`, compose_file_code: text });
      const failing = withServices({ ...script, exitCode: 3 }, "db");
      await emulator.start(script, { file_name: "broken", compose_file_code: failing });
      for (let run = 0; run < 101; run++) await emulator.start(script, { file_name: `short-${run}` });
      await emulator.advance(5);
    },
  );
});

testInBrowser("id, command and Compose text are copied, and secrets are hidden", async (browser) => {
  await withPage(browser, {}, async ({ page, complaints }, emulator) => {
    const text = `services:\n  app:\n    image: busybox\n    environment: { DB_PASSWORD: kT9-zQ4wLong }\nx-lyceum-sim: {start: 0, run: 1, output: ["with kT9-zQ4wLong"]}\n`;
    const id = await emulator.start({}, { file_name: "migrate", compose_file_code: text });
    await emulator.advance(5);
    await open(page, emulator, "migrate");
    expect(await copied(page, "Copy the id")).toBe(id);
    expect(await copied(page, "Copy the command")).toBe(`npx pulumi-lyceum logs ${id}`);
    await shows(page, "#log", "with [redacted]");
    expect(await page.locator("#compose").isVisible()).toBe(false);
    await tabTo(page, "#compose-title");
    await page.keyboard.press("Enter");
    await shows(page, "#compose", "environment: { DB_PASSWORD: [redacted]");
    await shows(page, "#compose-note", "Secrets are replaced by [redacted]");
    expect(await copied(page, "Copy the Compose text")).toBe(text.replaceAll("kT9-zQ4wLong", "[redacted]"));
    expect(await page.content()).not.toContain("kT9-zQ4wLong");
    // Under a name that is not this machine's own, a browser gives the page no clipboard.
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.getByRole("button", { name: "Copy the id" }).click();
    await shows(page, "#notice", "Copied: the id.");
    await hasFocus(page, "[aria-label='Copy the id']");
    await page.locator("#search").focus();
    await page.keyboard.press("Control+V");
    // The browser reads the clipboard after the key.
    await waitUntil("the pasted id", async () => (await page.locator("#search").inputValue()) === id);
    expect(complaints).toEqual([]);
  });
});

testInBrowser("the output of one service is shown alone", async (browser) => {
  await withPage(browser, {}, async ({ page }, emulator) => {
    const service = (line: string) => ({ image: "busybox", "x-lyceum-sim": { run: 5, output: [line] } });
    const services = { db: service("from db"), web: service("from web") };
    const text = JSON.stringify({ services, "x-lyceum-sim": { start: 0 } });
    await emulator.start({}, { file_name: "two", compose_file_code: text });
    await emulator.advance(10);
    await open(page, emulator, "two");
    await shows(page, "#log", "from web");
    const visible = async () => (await page.locator("#log > div:visible").allTextContents()).join("\n");
    expect(await visible()).toContain("db | from db");
    await page.locator("#log-service").selectOption("web");
    await shows(page, "#log-note", "Only lines of web are shown.");
    expect(await visible()).toContain("web | from web");
    expect(await visible()).not.toContain("from db");
  });
});

testInBrowser("a run is next to the list on a wide screen, and below it on a narrow one", async (browser) => {
  for (const width of Object.values(WIDTHS)) {
    await withPage(browser, { viewport: { width, height: 900 } }, async ({ page }, emulator) => {
      await emulator.start(
        { start: 0, run: 50, output: ["x".repeat(3000)] },
        { file_name: `${KEY}-${"long".repeat(60)}` },
      );
      await emulator.advance(60);
      await page.locator("#runs a").click();
      await shows(page, "#run-status", "completed");
      const box = async (selector: string) => {
        const { x = 0, y = 0, width: wide = 0, height = 0 } = (await page.locator(selector).boundingBox()) ?? {};
        return { x, y, right: x + wide, bottom: y + height };
      };
      const [list, run] = [await box("#run-list"), await box("#run")];
      const isBeside = run.x >= list.right && run.y < list.bottom;
      const isBelow = run.y >= list.bottom && run.x < list.right;
      expect([width, isBeside, isBelow]).toEqual([width, width === WIDTHS.wide, width !== WIDTHS.wide]);
      expect(await widthOf(page)).toBe(width);
    });
  }
});

testInBrowser("nothing moves while runs go on, end and are added", async (browser) => {
  for (const width of Object.values(WIDTHS)) {
    await withPage(browser, { viewport: { width, height: 900 } }, async ({ page }, emulator) => {
      const output = Array.from({ length: 50 }, (_, at) => `line ${at}`);
      await emulator.start({ start: 5, run: 50, exitCode: 3, output }, { file_name: "train", timeout: 600 });
      await open(page, emulator, "train");
      const parts = ["#range", "#run-list", "#run-title", "#run-status", "#abort", "#log", "#run-facts", "th.created"];
      const places = () => Promise.all(parts.map((part) => page.locator(part).first().boundingBox()));
      // The list of facts grows at its end.
      const tops = async () => (await places()).map((box, at) => (parts[at] === "#run-facts" ? box?.y : box));
      const before = await waitUntil("all parts of the page", async () => {
        const found = await tops();
        return found.every((box) => box !== undefined && box !== null) ? found : undefined;
      });
      for (const seconds of [6, 20, 40]) {
        await emulator.advance(seconds);
        await emulator.start({ start: 0, run: 0 }, { file_name: `after-${seconds}` });
        await shows(page, "#runs", `after-${seconds}`);
        expect([width, seconds, await tops()]).toEqual([width, seconds, before]);
      }
      await shows(page, "#run-errors", "exited with code 3");
      await shows(page, "#log", "line 49");
      expect([width, await tops()]).toEqual([width, before]);
    });
  }
});

testInBrowser("times have their zone", async (browser) => {
  await withPage(browser, {}, async ({ page }, emulator) => {
    await emulator.start({ start: 0, run: 1 }, { file_name: "train" });
    await emulator.advance(5);
    await open(page, emulator, "train");
    const instant = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;
    await shows(page, "#about", instant);
    await shows(page, "#run-facts", new RegExp(`created${instant.source}`));
    await shows(page, "#run-facts", /completed\s\d\d:\d\d:\d\d\sUTC/);
    // Each column with times names the zone.
    const heads = await page.locator("th.created").allTextContents();
    expect(heads).toEqual(["created (UTC)", "written (UTC)", "time (UTC)"]);
    // A run of another day shows its day.
    await emulator.advance(3 * 24 * 3600);
    await shows(page, "#runs .created", /^\d\d-\d\d \d\d:\d\d$/);
  });
});
