import { text } from "node:stream/consumers";
import type { Download } from "playwright-core";
import { formatStartKey } from "../../provider/lifecycle/run/identity/start-key";
import { waitUntil } from "../harness/wait";
import { testInBrowser } from "./browser";
import { focused, seriousFindings, showsFocus, widthOf } from "./checks";
import { hasFocus, shows, tabTo, withPage } from "./emulator-page";
import { controlsIn, HOSTILE_LINES, hasBrokenOut } from "./hostile";
import { WIDTHS } from "./visit";

const RUNNING = { start: 0, run: 500 };
const count = (selector: string) => `document.querySelectorAll(${JSON.stringify(selector)}).length`;

const readText = async (download: Download): Promise<string> => text(await download.createReadStream());

testInBrowser("the link opens the page and loses its key; without a key the page asks for it", async (browser) => {
  await withPage(browser, {}, async ({ page, foreign, complaints }, emulator) => {
    await shows(page, "#range", "No run yet.");
    await page.waitForURL(`${emulator.origin}/`);
    expect(await page.content()).not.toContain("lk_page");
    // The key is stored in the tab.
    await page.reload();
    await shows(page, "#range", "No run yet.");
    expect([foreign, complaints]).toEqual([[], []]);
  });
  await withPage(browser, { path: "/" }, async ({ page }, emulator) => {
    await hasFocus(page, "#key");
    expect(await focused(page)).toBe("API key");
    await page.keyboard.type("lk_another");
    await page.keyboard.press("Enter");
    await shows(page, "#notice", "not the key of this emulator");
    expect(await page.locator("#content").isVisible()).toBe(false);
    await page.keyboard.type(emulator.apiKey);
    await page.keyboard.press("Enter");
    await shows(page, "#range", "No run yet.");
  });
});

testInBrowser("a run is followed and aborted by keyboard, and its end is announced", async (browser) => {
  await withPage(browser, {}, async ({ page, complaints }, emulator) => {
    const id = await emulator.start(
      { ...RUNNING, stopTakes: 5, output: ["one", { line: "two", at: 60 }] },
      { file_name: "train", timeout: 600 },
    );
    await emulator.advance(1);
    await page.locator("#runs a").waitFor();
    await tabTo(page, "#runs a");
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await shows(page, "#run-status", "running");
    await hasFocus(page, "#run-title");
    expect(await focused(page)).toBe("train");
    await shows(page, "#log", "app | one");
    expect(await page.locator("#log").textContent()).not.toContain("two");
    await emulator.advance(60);
    await shows(page, "#log", "app | two");

    await tabTo(page, "#abort");
    expect(await showsFocus(page)).toBe(true);
    await page.keyboard.press("Enter");
    await shows(page, "#notice", "train: cancelling");
    expect(await emulator.status(id)).toBe("cancelling");
    // A button that is disabled keeps the focus, and is marked as disabled.
    await hasFocus(page, "#abort[aria-disabled=true]");
    await emulator.advance(10);
    await shows(page, "#notice", "train: aborted (exit code 143)");
    expect(await page.locator("#notice").getAttribute("role")).toBe("status");
    await tabTo(page, "#close");
    await page.keyboard.press("Enter");
    expect([await page.locator("#run").isVisible(), await focused(page)]).toEqual([false, "train"]);
    expect(complaints).toEqual([]);
  });
});

testInBrowser("a run of the provider has its label as title, and its key among the facts", async (browser) => {
  const parts = { scope: "yyptx0", resource: "0123456", inputs: "abcdefg" };
  const key = formatStartKey({ ...parts, onDelete: "abort", attempt: 1, tag: "q7zk" });
  await withPage(browser, { viewport: { width: 640, height: 800 } }, async ({ page }, emulator) => {
    await emulator.start(RUNNING, { file_name: `${key}-train-resnet` });
    await page.getByText("train-resnet", { exact: true }).click();
    await shows(page, "#run-facts", `start key${key}`);
    expect(await page.locator("#run-title").textContent()).toBe("train-resnet");
    expect(await page.locator("#runs").textContent()).not.toContain(key);
    // No word in the row is broken.
    const heights = "[...document.querySelectorAll('#runs a')].map((link) => link.getClientRects().length)";
    expect(await page.evaluate(heights)).toEqual([1]);
  });
});

testInBrowser("the files that a run has written are listed, and downloaded by keyboard", async (browser) => {
  const viewport = { width: WIDTHS.phone, height: 800 };
  await withPage(browser, { viewport }, async ({ page, complaints }, emulator) => {
    const write = {
      "out/model.pt": { bytes: 4_200_000 },
      "out/größe.json": '{"loss": 1}',
      [`out/${"W".repeat(200)}`]: "x",
    };
    await emulator.start({ start: 0, run: 60, write }, { file_name: "train", enable_s3_mount: true, timeout: 600 });
    await emulator.start({ start: 0, run: 60 }, { file_name: "other" });
    await emulator.advance(1);
    await page.getByText("train", { exact: true }).click();
    await shows(page, "#files-note", "This run has written no file into the bucket yet.");
    await emulator.advance(60);
    await shows(page, "#files-note", "3 files, 4.2 MB, written into the bucket in the time of this run.");
    await shows(page, "#files tr:nth-child(2)", "out/größe.json11 B");
    expect(await widthOf(page)).toBe(WIDTHS.phone);
    expect(await seriousFindings(page)).toEqual([]);
    await tabTo(page, "#files tr:nth-child(2) a");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect([download.suggestedFilename(), await readText(download)]).toEqual(["größe.json", '{"loss": 1}']);
    await page.waitForURL(/#run=/);
    await page.getByText("other", { exact: true }).click();
    await shows(page, "#run-title", "other");
    await page.locator("#files-part").waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});

testInBrowser("an error is injected, met by a client and removed by keyboard", async (browser) => {
  await withPage(browser, {}, async ({ page, complaints }, emulator) => {
    await page.locator("#kind").waitFor();
    await tabTo(page, "#operation");
    await page.keyboard.type("listWorkloads");
    await tabTo(page, "#times");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    await shows(page, "#notice", "fault-1 is injected.");
    expect(await emulator.list()).toBe(503);
    await shows(page, "#faults", "1 of 2");
    await shows(page, "#requests", "GET /workloads/list");
    await shows(page, "#requests", "fault-1");
    await tabTo(page, '#faults [data-does="remove"]');
    await page.keyboard.press("Enter");
    await shows(page, "#notice", "fault-1 is removed.");
    expect(await emulator.list()).toBe(200);
    await hasFocus(page, "#kind");
    // The page shows why the emulator refuses a value.
    await page.locator("#number").fill("999");
    await page.keyboard.press("Enter");
    await shows(page, "#notice", "fault.status must be <= 599");
    // The browser writes an answer of 400 to its console.
    expect(complaints.filter((complaint) => !complaint.includes("400"))).toEqual([]);
  });
});

testInBrowser("list and output are bounded, and show what they leave out", async (browser) => {
  const lines = Array.from({ length: 1200 }, (_, at) => `line ${at}`);
  await withPage(
    browser,
    {},
    async ({ page }, emulator) => {
      await shows(page, "#range", "105 runs. The newest 100 are shown.");
      expect(await page.evaluate(count("#runs tr"))).toBe(100);

      await page.getByText("long", { exact: true }).click();
      await shows(page, "#log", "line 598");
      await emulator.advance(300);
      await shows(page, "#log", "line 1199");
      expect(await page.evaluate(count("#log > div"))).toBeLessThanOrEqual(1000);
      await shows(page, "#log-note", /1000 lines at most\. \d+ lines are left out\./);
    },
    async (emulator) => {
      for (let run = 0; run < 104; run++) await emulator.start({ start: 0, run: 0 }, { file_name: `short-${run}` });
      await emulator.start({ start: 0, run: 500, output: lines }, { file_name: "long", timeout: 600 });
      await emulator.advance(250);
    },
  );
});

testInBrowser("axe finds nothing serious on the emulator's page, in light and in dark", async (browser) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await withPage(browser, { colorScheme }, async ({ page }, emulator) => {
      const id = await emulator.start({ ...RUNNING, output: ["one"] });
      await emulator.start({ start: 0, run: 1, exitCode: 3 });
      await emulator.advance(5);
      await page.goto(`${emulator.origin}/#run=${id}`);
      await shows(page, "#log", "one");
      await page.locator("#compose-title").click();
      await shows(page, "#compose", "services");
      await page.locator("#fault-form button").click();
      await shows(page, "#faults", "fault-1");
      expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
    });
    await withPage(browser, { colorScheme }, async ({ page }) => {
      await shows(page, "#exports", "export");
      expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
    });
    await withPage(browser, { colorScheme, path: "/" }, async ({ page }) => {
      await page.locator("#key").waitFor();
      expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
    });
  }
});

testInBrowser("no line of a run becomes more than a text, or makes the page wider than a phone", async (browser) => {
  const viewport = { width: WIDTHS.phone, height: 800 };
  // The test runs once with the policy of the page, and once without it.
  for (const bypassCSP of [false, true]) {
    await withPage(browser, { viewport, bypassCSP }, async ({ page, foreign, complaints }, emulator) => {
      for (const line of HOSTILE_LINES) await emulator.start(RUNNING, { file_name: line.slice(0, 2000) });
      const id = await emulator.start(
        { start: 0, run: 1, output: HOSTILE_LINES, exitCode: 3 },
        { file_name: HOSTILE_LINES[0] },
      );
      await emulator.advance(5);
      await page.goto(`${emulator.origin}/#run=${id}`);
      await shows(page, "#log", "more characters");
      await page.locator("#prefix").fill(`${HOSTILE_LINES[0]}${"M".repeat(500)}`);
      await page.locator("#operation").selectOption("getExecutionMetrics");
      await page.locator("#fault-form button").click();
      await shows(page, "#faults", "<script>");
      expect([await hasBrokenOut(page), foreign, complaints]).toEqual([false, [], []]);
      expect(controlsIn((await page.locator("body").textContent()) ?? "")).toEqual([]);
      expect(await page.locator("#log").textContent()).toContain("onerror=");
      // Right-to-left letters do not move the texts next to them, because each line and each text in it is isolated.
      const isolated =
        "[...document.querySelectorAll('#log > div, #log bdi')].map((e) => getComputedStyle(e).unicodeBidi)";
      expect(new Set(await page.evaluate<string[]>(isolated))).toEqual(new Set(["isolate"]));
      expect(await page.evaluate(count("#log bdi"))).toBe(2 * HOSTILE_LINES.length);
      expect(await widthOf(page)).toBe(WIDTHS.phone);
    });
  }
});

testInBrowser("a line that does become markup is found, and the policy of the page stops it", async (browser) => {
  const insert = `document.getElementById("log").innerHTML = ${JSON.stringify(HOSTILE_LINES[1])}`;
  await withPage(browser, { bypassCSP: true }, async ({ page }) => {
    await page.evaluate(insert);
    expect(await hasBrokenOut(page)).toBe(true);
    await waitUntil("the planted script to run", () =>
      page.evaluate<boolean>("!!document.documentElement.dataset.broken"),
    );
  });
  await withPage(browser, {}, async ({ page }) => {
    await expect(page.evaluate(insert)).rejects.toThrow(/TrustedHTML/);
    expect(await hasBrokenOut(page)).toBe(false);
  });
});

testInBrowser("a planted request to elsewhere is found, and the policy of the page stops it", async (browser) => {
  const ask = "fetch('http://elsewhere.invalid/').catch(() => undefined)";
  await withPage(browser, { bypassCSP: true }, async ({ page, foreign }) => {
    await page.evaluate(ask);
    expect(foreign).toEqual(["http://elsewhere.invalid/"]);
  });
  await withPage(browser, {}, async ({ page, foreign }) => {
    await page.evaluate(ask);
    expect(foreign).toEqual([]);
  });
});
