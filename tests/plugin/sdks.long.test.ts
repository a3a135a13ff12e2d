import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { obtainPulumi } from "../consumers/obtain";
import { ROOT } from "../harness/root";

const out = join(ROOT, ".cache", "sdk-tests");
const npmSdk = obtainPulumi("3.270.0");
const hasGo = succeeds("go", ["version"]);

beforeAll(() => rmSync(out, { recursive: true, force: true }));

function generate(language: string): string {
  execFileSync(process.execPath, [join(ROOT, "tools", "gen-sdk.mjs"), "--language", language, "--out", out]);
  return join(out, language);
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Its output is the message of a failure. */
function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
  try {
    execFileSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")}:\n${stdout}${stderr}`);
  }
}

const withNpm = npmSdk.kind === "have" ? test : test.skip;
withNpm(
  `the SDK for Node.js compiles${npmSdk.kind === "missing" ? ` (left out: ${npmSdk.reason})` : ""}`,
  () => {
    if (npmSdk.kind === "missing") return;
    const folder = generate("nodejs");
    symlinkSync(join(npmSdk.value, "../../.."), join(folder, "node_modules"));
    run(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "."], folder);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name).toBe("pulumi-lyceum-sdk");
  },
  300_000,
);

(hasGo ? test : test.skip)(
  "the SDK in Go compiles",
  () => {
    const folder = generate("go");
    const module = /^module .*$/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[0] ?? "";
    expect(module).toBe("module example.com/pulumi-lyceum/sdk/go");
    // With the versions that the generator is built with: their packages are compiled already.
    const from = join(ROOT, "tools", "go", "pulumi-gen-sdk");
    const requirements = readFileSync(join(from, "go.mod"), "utf8");
    writeFileSync(join(folder, "go.mod"), requirements.replace(/^module .*$/m, module));
    copyFileSync(join(from, "go.sum"), join(folder, "go.sum"));
    run("go", ["build", "-mod=mod", "-trimpath", "./..."], folder, { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" });
  },
  300_000,
);
