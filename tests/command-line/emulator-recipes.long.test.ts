import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { blocks } from "../docs/guides";
import { start } from "../harness/processes/run";
import { ROOT } from "../harness/root";

jest.setTimeout(240_000);

interface Step {
  readonly run: string;
}
const recipes = blocks
  .filter(({ guide, language }) => guide === "docs/guides/emulator.md" && language === "yaml")
  .map(
    ({ text }) =>
      parse(text) as { readonly steps?: readonly Step[]; readonly test?: Record<string, readonly string[]> },
  );
const github = recipes.find(({ steps }) => steps !== undefined)?.steps ?? [];
const gitlab = recipes.find(({ test: job }) => job !== undefined)?.test ?? {};

let folder = "";
let variables = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-recipe-"));
  variables = join(folder, "variables");
  const programs = join(folder, "node_modules", ".bin");
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  symlinkSync(join(ROOT, "dist", "cli", "main.js"), join(programs, "pulumi-lyceum"));
  // Pulumi would need a program. The list of runs shows just as well that the variables lead to the emulator.
  writeFileSync(join(programs, "pulumi"), '#!/bin/sh\necho "pulumi $*" && exec npx pulumi-lyceum list\n');
  chmodSync(join(programs, "pulumi"), 0o755);
});
afterEach(async () => {
  await shell("npx pulumi-lyceum emulator stop --all || true", {});
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a text in a new shell, as a runner does. Returns its output. */
async function shell(text: string, more: Readonly<Record<string, string>>): Promise<string> {
  const path = `${join(folder, "node_modules", ".bin")}:${process.env.PATH}`;
  const env = { PATH: path, HOME: folder, GITHUB_ENV: variables, npm_config_update_notifier: "false", ...more };
  const ended = await start("bash", ["-e", "-o", "pipefail", "-c", text], { cwd: folder, env, deadlineSeconds: 120 })
    .ended;
  if (ended.exitCode !== 0) throw new Error(`${text}\nended with ${ended.exitCode}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout + ended.stderr;
}

/** Reads the environment file as GitHub's runner does. */
function written(): Readonly<Record<string, string>> {
  const text = readFileSync(variables, { encoding: "utf8", flag: "a+" });
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));
}

test("the recipe for GitHub starts an emulator, uses it in later steps, and stops it", async () => {
  const output: string[] = [];
  for (const { run } of github) output.push(await shell(run, written()));
  expect(output.join("\n")).toMatch(/pulumi up --yes\n(?:.*\n)*No active runs\./);
  expect(output.at(-1)).toMatch(/^Stopped the emulator at port \d+/);
  expect(written().LYCEUM_BASE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
});

test("the recipe for GitLab does the same in one shell", async () => {
  const { script = [], after_script: after = [] } = gitlab;
  expect(await shell(script.join("\n"), {})).toMatch(/pulumi up --yes\n(?:.*\n)*No active runs\./);
  expect(await shell(after.join("\n"), {})).toMatch(/^Stopped the emulator/);
});
