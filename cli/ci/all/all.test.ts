import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAtMost, stat } from "../../compose/files";
import { fakeSurface } from "../../testing/surface";
import { ci } from "../ci";
import type { EngineOptions } from "../stack/session";
import { automationError, installAutomation } from "../testing/automation";
import { step } from "../testing/events";
import { validAllReport } from "../testing/reports";

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-all-stacks-")));
  for (const name of ["app", "net"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "Pulumi.yaml"), `name: ${name}\nruntime: yaml\n`);
    writeFileSync(join(folder, name, "Pulumi.dev.yaml"), "");
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Runs `ci apply --all`. The program in `app` refers to the stack of `net`. The updates of the projects in `failing`
 * fail.
 */
async function applied(options: readonly string[] = [], failing: readonly string[] = []) {
  const ran: string[] = [];
  const selectStack = async ({ workDir }: { readonly workDir: string }) => {
    const name = workDir.slice(folder.length + 1);
    return {
      workspace: { projectSettings: async () => ({ name }), envVars: {} },
      preview: async ({ onEvent, onOutput }: EngineOptions) => {
        onOutput(`output of a preview of ${name}\n`);
        ran.push(`preview ${name}`);
        const type = "pulumi:pulumi:StackReference";
        if (name === "app") onEvent(step("read", "net", { type, new: { name: "organization/net/dev" } }));
      },
      up: async () => {
        ran.push(`up ${name}`);
        if (failing.includes(name)) throw automationError("CommandError", "error: no");
      },
      exportStack: async () => ({ deployment: { resources: [] } }),
      cancel: async () => undefined,
    };
  };
  installAutomation(folder, { selectStack, createStack: selectStack });
  const summary = join(folder, "step.md");
  const fake = fakeSurface({}, { GITHUB_STEP_SUMMARY: summary });
  const surface = {
    ...fake,
    folder,
    read: (path: string, most: number) => readAtMost(path, most),
    stat: (path: string) => stat(path),
  };
  const json = join(folder, "all.json");
  const code = await ci.run(["apply", "--all", "--json", json, ...options], surface);
  const { stacks } = validAllReport(readFileSync(json, "utf8"), code);
  const summaryText = readFileSync(summary, "utf8");
  return { code, ran, stacks, output: fake.output, complaints: fake.complaints.join("\n"), summary: summaryText };
}

const FIRST_PREVIEWS = ["preview app", "preview net"];

test("a stack is applied after the stack that its program refers to, and there is one summary", async () => {
  const { code, ran, stacks, output, summary } = await applied();
  expect(code).toBe(0);
  expect(ran).toEqual([...FIRST_PREVIEWS, "preview net", "up net", "preview app", "up app"]);
  expect(output[0]).toBe("2 of 2 stacks: app dev, net dev.");
  expect(output).toContain("app dev comes after net dev.");
  // The previews for the order show no output, because the command itself previews each stack again.
  expect(output.filter((line) => line.includes("output of a preview")).sort()).toEqual([
    "[app dev] output of a preview of app",
    "[net dev] output of a preview of net",
  ]);
  expect(stacks.map(({ exitCode, report }) => [exitCode, report?.result])).toEqual([
    [0, "succeeded"],
    [0, "succeeded"],
  ]);
  expect(summary.match(/^<!-- pulumi-lyceum .* -->$/gm)).toEqual(["<!-- pulumi-lyceum apply all -->"]);
});

test("a stack is not applied after a failed stack that its program refers to", async () => {
  const { code, ran, stacks } = await applied([], ["net"]);
  expect([code, ran]).toEqual([1, [...FIRST_PREVIEWS, "preview net", "up net"]]);
  expect(stacks[0]).toMatchObject({ exitCode: null, reason: "it needs net dev, which did not succeed" });
});

test("only stacks with a review are applied", async () => {
  mkdirSync(join(folder, "reviews"));
  const { code, ran, output } = await applied(["--reviewed", "reviews"]);
  expect([code, ran]).toEqual([0, []]);
  expect(output.at(1)).toBe("Not applied without a review: app dev, net dev.");
});

test.each([
  ["apply", "Pulumi.none.yaml. In a Git repository, only files that Git tracks count: run `git add`"],
  ["preview", "Pulumi.none.yaml.\n"],
])("a stack that no project has is an error of %s", async (operation, message) => {
  const fake = fakeSurface({});
  const surface = { ...fake, folder, read: readAtMost, stat };
  expect(await ci.run([operation, "--all", "--stack", "none"], surface)).toBe(1);
  expect(fake.complaints.join("\n")).toContain(message);
});
