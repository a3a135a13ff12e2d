import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/root";
import { nodeSdk, PULUMI_FOR_SDK, runTool } from "./node-sdk";

const out = join(ROOT, ".cache", "sdk-tests");

beforeAll(() => rmSync(out, { recursive: true, force: true }));

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const missing = PULUMI_FOR_SDK.kind === "missing" ? ` (left out: ${PULUMI_FOR_SDK.reason})` : "";
(missing === "" ? test : test.skip)(
  `the SDK for Node.js compiles${missing}`,
  () => {
    const manifest = JSON.parse(readFileSync(join(nodeSdk(out), "package.json"), "utf8"));
    expect(manifest.name).toBe("pulumi-lyceum-sdk");
  },
  600_000,
);

const withoutGo = isInstalled("go") ? "" : " (left out: Go is not installed)";
(withoutGo === "" ? test : test.skip)(
  `the SDK in Go compiles${withoutGo}`,
  () => {
    runTool([join(ROOT, "tools", "gen-sdk.mjs"), "--language", "go", "--out", out], ROOT);
    const folder = join(out, "go");
    const module = /^module .*$/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[0] ?? "";
    expect(module).toBe("module example.com/pulumi-lyceum/sdk/go");
    // With the versions that the generator is built with: their packages are compiled already.
    const from = join(ROOT, "tools", "go", "pulumi-codegen");
    const requirements = readFileSync(join(from, "go.mod"), "utf8");
    writeFileSync(join(folder, "go.mod"), requirements.replace(/^module .*$/m, module));
    copyFileSync(join(from, "go.sum"), join(folder, "go.sum"));
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };
    execFileSync("go", ["build", "-mod=mod", "-trimpath", "./..."], { cwd: folder, env, stdio: "pipe" });
  },
  600_000,
);
