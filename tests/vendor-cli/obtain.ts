import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../harness/root";

/** The vendor's CLI, or why it is not to be had on this machine. */
export type VendorCli =
  | { readonly kind: "have"; readonly command: readonly string[] }
  | { readonly kind: "missing"; readonly reason: string };

/** Obtains the CLI with the tool for that. Asked before any test is named, hence synchronous. */
export function obtainVendorCli(): VendorCli {
  const tool = join(ROOT, "tools", "test", "vendor-cli.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool], { encoding: "utf8", timeout: 400_000 });
  if (status !== 0) return { kind: "missing", reason: stderr.trim().split("\n").at(-1) ?? `${tool} said nothing` };
  return { kind: "have", command: (JSON.parse(stdout) as { readonly command: readonly string[] }).command };
}
