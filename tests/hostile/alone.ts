import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../harness/root";

/** What answering one input took. */
export interface Taken {
  /** The codes that were told, each once. */
  readonly codes: readonly string[];
  /** Of the processor, for the answer alone. */
  readonly seconds: number;
  /** The most that the process ever held, Node itself included. */
  readonly megabytes: number;
  /** What the process died of. */
  readonly fault?: string;
}

const script = `
  const { readFileSync } = require("node:fs");
  const [kind, path, root] = process.argv.slice(1);
  const { judgeCompose } = require(root + "/dist/provider/compose");
  const { bundleProject } = require(root + "/dist/provider/compose/project");
  const { diskFiles } = require(root + "/dist/provider/compose/project/disk");
  const held = [];
  const answers = {
    judge: (bytes) => judgeCompose(bytes, {}).diagnostics,
    bundle: () => bundleProject({ paths: [path], from: path }, diskFiles).diagnostics,
    throw: () => { throw new Error("planted"); },
    nothing: () => [],
    grow: () => {
      // Each page is written to, and what is resident is asked: a promise of memory is none.
      const most = process.memoryUsage().rss + 400 * 1024 ** 2;
      while (process.memoryUsage().rss < most && held.length < 40) held.push(Buffer.alloc(32 * 1024 ** 2, 1));
      return [];
    },
  };
  const bytes = kind === "judge" ? readFileSync(path) : undefined;
  const before = process.cpuUsage();
  const told = answers[kind](bytes);
  const { user, system } = process.cpuUsage(before);
  const codes = [...new Set(told.map(({ code }) => code))];
  console.log(JSON.stringify({ codes, seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

/** Judges a file, or bundles the project in a folder, in a process of its own. The other kinds show that it is measured. */
export function measureAlone(kind: "judge" | "bundle" | "nothing" | "throw" | "grow", path: string): Taken {
  const { stdout, stderr, signal } = spawnSync(process.execPath, ["-e", script, kind, path, join(ROOT)], {
    encoding: "utf8",
    timeout: 30_000,
  });
  if (stdout !== "") return JSON.parse(stdout) as Taken;
  return { codes: [], seconds: Number.NaN, megabytes: Number.NaN, fault: `${signal ?? ""} ${stderr.slice(-2_000)}` };
}
