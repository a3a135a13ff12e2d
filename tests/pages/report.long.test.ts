import type { Browser, BrowserContextOptions } from "playwright-core";
import { waitUntil } from "../harness/wait";
import { testInBrowser } from "./browser";
import { focused, seriousFindings, widthOf } from "./checks";
import { controlsIn, HOSTILE_LINES, hasBrokenOut } from "./hostile";
import { asFile, failedRun, manyRuns, reportedRun, reportOf } from "./report-pages";
import { leave, type Visit, visit, WIDTHS } from "./visit";

const PAGES = {
  "one run": reportOf(failedRun()),
  "two runs": reportOf(failedRun(), reportedRun({ cost: 0.5 })),
  "200 runs": reportOf(...manyRuns()),
} as const;

/** Opens a report. The page may load nothing else. */
async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  act: (visit: Visit) => Promise<void>,
): Promise<void> {
  const url = asFile(html);
  const opened = await visit(browser, url, (asked) => asked.split("#", 1)[0] === url, options);
  await act(opened);
  await leave(opened);
}

const withoutPolicy = (html: string): string => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");

testInBrowser("a report asks for nothing from elsewhere, and nothing in it offends its policy", async (browser) => {
  for (const html of Object.values(PAGES)) {
    await open(browser, html, {}, async ({ page, foreign, complaints }) => {
      await page.locator("h1").waitFor();
      expect([foreign, complaints]).toEqual([[], []]);
    });
  }
  const planted = PAGES["one run"].replace("</main>", '<img src="https://elsewhere.invalid/pixel.png"></main>');
  // The test plants an image. The page's policy blocks it, and without the policy the test finds it.
  await open(browser, planted, {}, async ({ foreign, complaints }) => {
    await waitUntil("the browser's complaint", () => complaints.length > 0);
    expect([foreign, complaints.length]).toEqual([[], 1]);
  });
  await open(browser, withoutPolicy(planted), {}, async ({ foreign }) => {
    expect(foreign).toEqual(["https://elsewhere.invalid/pixel.png"]);
  });
});

testInBrowser("axe finds nothing serious in a report, in light and in dark", async (browser) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [name, html] of Object.entries(PAGES)) {
      // Axe takes seconds. These runs are similar, and have the same colors as those on the other pages.
      if (name === "200 runs" && colorScheme === "dark") continue;
      const parts = name === "200 runs" ? ["fieldset", "table", "#run-0", "#run-1"] : undefined;
      await open(browser, html, { colorScheme }, async ({ page }) => {
        expect([name, colorScheme, await seriousFindings(page, parts)]).toEqual([name, colorScheme, []]);
      });
    }
  }
  const planted = PAGES["one run"]
    .replace("--muted: #57606a", "--muted: #ddd")
    .replace("</main>", "<img src=data:,></main>");
  await open(browser, planted, { colorScheme: "light" }, async ({ page }) => {
    const found = (await seriousFindings(page)).map((finding) => finding.split(":", 1)[0]);
    expect(found).toEqual(expect.arrayContaining(["color-contrast", "image-alt"]));
  });
});

testInBrowser("a report works by keyboard: filters, links and output, also without scripts", async (browser) => {
  for (const javaScriptEnabled of [true, false]) {
    await open(browser, PAGES["200 runs"], { javaScriptEnabled }, async ({ page }) => {
      const row = (name: string) => page.locator("tbody tr", { has: page.getByText(name, { exact: true }) });
      await page.keyboard.press("Tab");
      expect(await page.locator("fieldset input:checked:focus").count()).toBe(1);
      await page.keyboard.press("ArrowRight");
      expect(await page.locator("#only-failed:checked").count()).toBe(1);
      expect([await row("sweep-10").isVisible(), await row("sweep-11").isVisible()]).toEqual([true, false]);
      await page.keyboard.press("ArrowRight");
      expect([await row("sweep-10").isVisible(), await row("sweep-11").isVisible()]).toEqual([false, false]);
      await page.keyboard.press("ArrowLeft");

      // The first visible run comes next in the tab order. Its link leads to its output, which is open because the run
      // failed.
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("sweep-0");
      await page.keyboard.press("Enter");
      await page.waitForURL(/#run-0$/);
      const output = page.locator("#run-0 pre");
      expect(await output.isVisible()).toBe(true);
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("The last 20 lines of output");
      await page.keyboard.press("Enter");
      expect(await output.isVisible()).toBe(false);
      await page.keyboard.press("Enter");
      expect(await output.isVisible()).toBe(true);
      // A keyboard user can scroll the output.
      await page.keyboard.press("Tab");
      expect(await page.locator("#run-0 pre:focus").count()).toBe(1);
    });
  }
});

testInBrowser("a failed run is readable without scripts", async (browser) => {
  await open(browser, PAGES["one run"], { javaScriptEnabled: false }, async ({ page }) => {
    for (const text of ["failed (exit code 3) after 1m30s", "service web with exit code 3", "cannot open input"]) {
      expect([text, await page.getByText(text).isVisible()]).toEqual([text, true]);
    }
    for (const drawing of await page.locator("svg").all()) {
      expect((await drawing.boundingBox())?.height).toBeGreaterThan(20);
    }
    expect(await page.locator("svg").count()).toBe(3);
  });
});

const hostileReport = (of: (text: string) => string = (text) => text) =>
  of(
    reportOf(
      ...HOSTILE_LINES.map((line) =>
        failedRun({
          label: line.slice(0, 200),
          status: line.slice(0, 200),
          hardwareProfile: line.slice(0, 200),
          errors: [line],
          failedServices: [{ service: line.slice(0, 200) }],
          lines: [{ message: line, service: line.slice(0, 200) }],
        }),
      ),
    ),
  );

testInBrowser("no line of a run becomes more than a text in a report, also without its policy", async (browser) => {
  for (const html of [hostileReport(), withoutPolicy(hostileReport())]) {
    await open(
      browser,
      html,
      { viewport: { width: WIDTHS.phone, height: 800 } },
      async ({ page, foreign, complaints }) => {
        expect([await hasBrokenOut(page), foreign, complaints]).toEqual([false, [], []]);
        expect(controlsIn((await page.locator("body").textContent()) ?? "")).toEqual([]);
        // A line without a space, or a run with such a name, must not make the page wider than the screen.
        expect(await widthOf(page)).toBe(WIDTHS.phone);
      },
    );
  }
});

testInBrowser(
  "a line that does become markup is found, and the policy of a report stops its script",
  async (browser) => {
    const raw = (html: string) => html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
    await open(browser, withoutPolicy(hostileReport(raw)), {}, async ({ page, foreign }) => {
      expect(await hasBrokenOut(page)).toBe(true);
      await waitUntil("the planted script to run", () =>
        page.evaluate<boolean>("document.documentElement.dataset.broken === '1'"),
      );
      await waitUntil("a request to elsewhere", () => foreign.length > 0);
    });
    await open(browser, hostileReport(raw), {}, async ({ page, foreign }) => {
      expect(await page.evaluate("document.documentElement.dataset.broken ?? null")).toBeNull();
      expect(foreign).toEqual([]);
    });
  },
);

testInBrowser("on paper the output of every run is there, also where it is closed on the screen", async (browser) => {
  const html = PAGES["two runs"];
  // Unless the style has a rule for it, a browser does not print closed parts.
  for (const [text, isPrinted] of [
    [html, true],
    [html.replace("details::details-content", "none::details-content"), false],
  ] as const) {
    await open(browser, text, {}, async ({ page }) => {
      await page.locator("summary").first().click();
      const output = page.locator("pre").first();
      expect(await output.isVisible()).toBe(false);
      await page.emulateMedia({ media: "print" });
      expect([await output.isVisible(), await page.locator("fieldset").isVisible()]).toEqual([isPrinted, false]);
    });
  }
});

testInBrowser("letters from right to left stay within their own text", async (browser) => {
  const html = reportOf(failedRun({ lines: [{ service: "שרת", message: "שלום 123" }] }));
  const order = `(() => {
    const left = (element) => element.getBoundingClientRect().left;
    const [service, message] = document.querySelectorAll("pre b, pre bdi, pre span");
    return left(service) < left(message);
  })()`;
  await open(browser, html, {}, async ({ page }) => expect(await page.evaluate(order)).toBe(true));
  // Without the isolation, the browser draws them in another order.
  const planted = html.replaceAll("<bdi>", "<span>").replaceAll("</bdi>", "</span>").replace("pre b {", "none {");
  await open(browser, planted, {}, async ({ page }) => expect(await page.evaluate(order)).toBe(false));
});

testInBrowser(
  "no report is wider than the screen of a phone, and one of 200 runs is less than 1 MB",
  async (browser) => {
    for (const html of Object.values(PAGES)) {
      await open(browser, html, { viewport: { width: WIDTHS.phone, height: 800 } }, async ({ page }) => {
        expect(await widthOf(page)).toBe(WIDTHS.phone);
      });
    }
    expect(Buffer.byteLength(PAGES["200 runs"])).toBeLessThan(1_000_000);
    const planted = PAGES["one run"].replace("</main>", '<div style="width: 500px">wide</div></main>');
    await open(browser, planted, { viewport: { width: WIDTHS.phone, height: 800 } }, async ({ page }) => {
      expect(await widthOf(page)).toBeGreaterThan(WIDTHS.phone);
    });
  },
);
