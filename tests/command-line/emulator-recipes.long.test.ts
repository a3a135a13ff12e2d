import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { blocks } from "../docs/guides";
import { type Running, start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { freePort } from "./free-port";

interface Recipe {
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly run: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly test?: {
    readonly script: readonly string[];
    readonly after_script?: readonly string[];
    readonly services?: readonly { readonly command: readonly string[]; readonly variables: Record<string, string> }[];
  };
}
const recipes = blocks
  .filter(({ guide, language }) => guide === "docs/guides/emulator.md" && language === "yaml")
  .map(({ text }) => parse(text) as Recipe)
  .filter(({ steps, test: job }) => steps !== undefined || job !== undefined);
const github = recipes.find(({ steps, env }) => steps !== undefined && env === undefined)?.steps ?? [];
const gitlab = recipes.find(({ test: job }) => job !== undefined && job.services === undefined)?.test;
const inContainer = recipes.filter(({ env, test: job }) => env !== undefined || job?.services !== undefined);

let folder = "";
let variables = "";
/** Emulators that run as a container would: until the end of the test. */
const containers: Running[] = [];

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
  for (const container of containers.splice(0)) {
    container.killAlone();
    await container.ended.catch(() => {});
  }
  await shell("npx pulumi-lyceum emulator stop --all || true", {});
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a text in a new shell, as a runner does. Returns its output. */
async function shell(text: string, more: Readonly<Record<string, string>>): Promise<string> {
  const words = ["-e", "-o", "pipefail", "-c", text];
  const ended = await start("bash", words, { cwd: folder, env: environment(more) }).ended;
  if (ended.exitCode !== 0) throw new Error(`${text}\nended with ${ended.exitCode}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout + ended.stderr;
}

function environment(more: Readonly<Record<string, string>>) {
  const path = `${join(folder, "node_modules", ".bin")}:${process.env.PATH}`;
  return { PATH: path, HOME: folder, GITHUB_ENV: variables, npm_config_update_notifier: "false", ...more };
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
  const { script = [], after_script: after = [] } = gitlab ?? {};
  expect(await shell(script.join("\n"), {})).toMatch(/pulumi up --yes\n(?:.*\n)*No active runs\./);
  expect(await shell(after.join("\n"), {})).toMatch(/^Stopped the emulator/);
});

describe("an emulator in a container of its own", () => {
  /**
   * The emulator runs on this machine, at a free port. The host name of this machine stands for that of the container:
   * to the emulator it is a foreign name, too.
   */
  async function adapted(recipe: Recipe): Promise<Recipe> {
    const port = String(await freePort());
    const name = hostname().split(".", 1)[0] ?? "";
    const text = JSON.stringify(recipe).replaceAll("4010", port).replaceAll("//emulator:", `//${name}:`);
    return JSON.parse(text.replace('"--allow-host","emulator"', `"--allow-host","${name}","--port","${port}"`));
  }

  const service = (command: string, more: Readonly<Record<string, string>>) =>
    containers.push(start("bash", ["-c", command], { cwd: folder, env: environment(more) }));

  test("the recipe for GitLab reaches a service by its name, with a key that both sides have", async () => {
    const recipe = await adapted(inContainer.find(({ test: job }) => job !== undefined) ?? {});
    const [{ command = [], variables: given = {} } = {}] = recipe.test?.services ?? [];
    service(`exec ${command.join(" ")}`, { ...recipe.variables, ...given });
    const output = await shell((recipe.test?.script ?? []).join("\n"), recipe.variables ?? {});
    expect(output).toMatch(/pulumi up --yes\n(?:.*\n)*No active runs\./);
    const { LYCEUM_BASE_URL: url = "" } = recipe.variables ?? {};
    expect(new URL(url).hostname).not.toMatch(/^(127\.|localhost)|\./);

    const doctor = (more: Readonly<Record<string, string>>) =>
      shell("npx pulumi-lyceum list || true", { LYCEUM_BASE_URL: url, ...more });
    expect(await doctor({ LYCEUM_API_KEY: "lk_account" })).toMatch(/^LYC1003: /);
    expect(await doctor({ LYCEUM_API_KEY: "lk_local_other" })).toMatch(/LYC1101: .*LYCEUM_EMULATOR_API_KEY/);
  });

  test("the recipe for GitHub reaches a container at a published port of the runner", async () => {
    const { env = {}, steps = [] } = await adapted(inContainer.find((recipe) => recipe.steps !== undefined) ?? {});
    const [container, ...others] = steps.map(({ run }) => run);
    const words =
      /^docker run --detach --name emulator --publish 127\.0\.0\.1:(\d+):\d+ --env (\w+)=(\S+) node:\d+ (.+)$/;
    const [, port, name = "", value = "", command] = words.exec(container ?? "") ?? [];
    service(`exec ${command} --port ${port}`, { [name]: value });
    const output: string[] = [];
    for (const run of others.filter((one) => !one.startsWith("docker "))) output.push(await shell(run, env));
    expect(output.join("\n")).toMatch(/pulumi up --yes\n(?:.*\n)*No active runs\./);
  });

  test("a name that --allow-host does not have is refused at once, with what to do", async () => {
    const port = String(await freePort());
    const name = hostname().split(".", 1)[0] ?? "";
    service(`exec npx pulumi-lyceum emulator --engine simulated --host 0.0.0.0 --port ${port}`, {});
    const wait = (host: string, key: string) =>
      shell(`npx pulumi-lyceum emulator --wait --url http://${host}:${port} || echo failed`, { LYCEUM_API_KEY: key });
    expect(await wait("127.0.0.1", "")).toBe("");
    expect(await wait(name, "lk_local_1")).toMatch(new RegExp(`^failed\n.*answered 403: .*--allow-host ${name}`));
    // No key is sent, so a key of an account does not matter.
    expect(await wait(name, "lk_account")).toMatch(new RegExp(`^failed\n.*answered 403: .*--allow-host ${name}`));
  });
});
