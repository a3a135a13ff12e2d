import { accessSync, constants, readFileSync } from "node:fs";
import { platform } from "node:os";
import { delimiter, join } from "node:path";

/** The right to mount, as a bit of a process's capabilities. */
const CAP_SYS_ADMIN = 1n << 21n;

/** Why this process cannot start a dockerd of its own; undefined where it can. */
export function whyNoDockerd(): string | undefined {
  if (process.env.LYCEUM_TEST_DOCKER !== "1") return "LYCEUM_TEST_DOCKER is not 1";
  if (platform() !== "linux") return "dockerd runs on Linux only";
  if (process.getuid?.() !== 0) return "only root can start a dockerd";
  const capabilities = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  if ((BigInt(`0x${capabilities}`) & CAP_SYS_ADMIN) === 0n) return "a dockerd has to mount, and this process must not";
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isProgram(join(folder, "dockerd")))
    ? undefined
    : "there is no dockerd on PATH";
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
