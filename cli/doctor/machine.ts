import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { createLyceumClient } from "../../provider/lyceum/client";
import {
  type ConfigurationFilePort,
  configurationFileUnder,
} from "../../provider/lyceum/configuration/configuration-file";
import type { Environment } from "../../provider/lyceum/configuration/settings";
import { DEFAULT_PORTS } from "../../provider/lyceum/http/caller";
import { bucketOf } from "../../provider/storage";
import { questions } from "../terminal";

/** What `doctor` uses of this machine, in addition to the `Surface` that every command gets. */
export interface Machine {
  readonly nodeVersion: string;
  readonly environment: Environment;
  readonly configurationFile: ConfigurationFilePort;
  /** Returns the current time in milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  readonly connect: typeof createLyceumClient;
  readonly bucketOf: typeof bucketOf;
  /** Returns the Pulumi CLI on PATH: its path, and its version if it answers. */
  pulumi(): { readonly path: string; readonly version: string | undefined } | undefined;
  /** Returns the version of a package that a program in `folder` would load. */
  packageVersion(name: string, folder: string): string | undefined;
  /** Asks a question on the terminal. Undefined without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /**
   * Calls `callback` when a signal such as SIGINT asks this process to stop. The returned function removes `callback`.
   */
  onStop(callback: () => void): () => void;
  exit(code: number): void;
}

const PULUMI_SECONDS = 20;
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Returns the parts of this machine that `doctor` uses. */
export function thisMachine(): Machine {
  return {
    nodeVersion: process.versions.node,
    environment: process.env,
    configurationFile: configurationFileUnder(),
    now: DEFAULT_PORTS.now,
    sleep: DEFAULT_PORTS.sleep,
    newId: randomUUID,
    connect: createLyceumClient,
    bucketOf,
    pulumi() {
      const path = (process.env.PATH ?? "")
        .split(delimiter)
        .map((folder) => join(folder, "pulumi"))
        .find(isExecutable);
      if (path === undefined) return undefined;
      const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
      const { stdout, status } = spawnSync(path, ["version"], {
        encoding: "utf8",
        env,
        timeout: PULUMI_SECONDS * 1000,
      });
      return { path, version: status === 0 ? /(?<!\d)\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] : undefined };
    },
    packageVersion(name, folder) {
      try {
        const manifest = createRequire(join(folder, "program.js")).resolve(`${name}/package.json`);
        const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
        return typeof version === "string" ? version : undefined;
      } catch {
        return undefined;
      }
    },
    ask: questions(),
    onStop(callback) {
      for (const signal of STOP_SIGNALS) process.on(signal, callback);
      return () => {
        for (const signal of STOP_SIGNALS) process.removeListener(signal, callback);
      };
    },
    exit: (code) => process.exit(code),
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
