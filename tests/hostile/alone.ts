import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../harness/root";

/** The cost of processing one input. */
export interface Taken {
  /** The codes that any step reported, each once. */
  readonly codes: readonly string[];
  /**
   * CPU time of each step: the provider's checks of an argument and of a project, and the reading by each of the
   * emulator's engines.
   */
  readonly seconds: Readonly<Record<string, number>>;
  /** The peak memory of the process. Node itself is included. The process that started it is not. */
  readonly megabytes: number;
  /** Whether the provider made a bundle. If true, the engines have read the bundle. */
  readonly isBundled?: boolean;
  /** Why the process ended. */
  readonly failure?: string;
}

const script = `
  const { readFileSync } = require("node:fs");
  const [kind, path, root] = process.argv.slice(1);
  const { diskFiles } = require(root + "/dist/compose/node");
  const { checkInputs } = require(root + "/dist/provider/lifecycle/check/check-inputs");
  const { createProjects } = require(root + "/dist/provider/lifecycle/inputs/projects");
  const { readComposeText } = require(root + "/emulator/dist/engines/docker/text/text");
  const { refusals } = require(root + "/emulator/dist/engines/docker/text/refusals");
  const { scriptOf } = require(root + "/emulator/dist/engines/simulated/script");
  const held = [];
  const codesIn = (texts) => texts.flatMap((text) => text.match(/LYC\\d{4}/g) ?? []);
  const projects = createProjects({ files: diskFiles, folder: () => path, variable: () => undefined });
  let bundle;
  const watched = {
    ...projects,
    make(...given) {
      const outcome = projects.make(...given);
      bundle = outcome.bundled.bundle;
      return outcome;
    },
  };
  const checked = (values) => {
    const { failures, warnings } = checkInputs({ urn: "", values: {} }, { urn: "", scope: "s".repeat(32), values }, watched);
    return codesIn([...failures.map(({ reason }) => reason), ...warnings]);
  };
  // What the emulator's engines do with a text before they start anything. Their reasons have no codes.
  function* posted(text) {
    yield ["dockerEngine", () => {
      const read = readComposeText(text);
      if (read.kind === "read") read.documents.flatMap(refusals);
      return [];
    }];
    yield ["simulatedEngine", () => {
      scriptOf(text);
      return [];
    }];
  }
  // The steps of each kind, and the codes that each reports. What is done between steps is not measured.
  const kinds = {
    *text() {
      yield ["argument", () => checked({ composeFileCode: readFileSync(path + "/compose.yaml").toString() })];
      yield* kinds.project();
    },
    // What is sent of a project is its bundle. One that is refused is not sent, but others may send such a text.
    *project() {
      yield ["check", () => checked({ composeFile: path })];
      yield* posted(bundle?.text ?? readFileSync(path + "/compose.yaml", "utf8"));
    },
    *throw() {
      yield ["throw", () => { throw new Error("planted"); }];
    },
    *nothing() {},
    *slow() {
      yield ["check", () => {
        const until = process.cpuUsage().user + 2e6;
        // Each question for the CPU time costs system time, so the loop asks rarely.
        while (process.cpuUsage().user < until) for (let i = 0; i < 1e7; i++);
        return [];
      }];
    },
    *grow() {
      yield ["grow", () => {
        // Each page is written to, and what is resident is asked: a promise of memory is none.
        const most = process.memoryUsage().rss + 400 * 1024 ** 2;
        while (process.memoryUsage().rss < most && held.length < 40) held.push(Buffer.alloc(32 * 1024 ** 2, 1));
        return [];
      }];
    },
  };
  const seconds = {};
  const codes = new Set();
  for (const [step, run] of kinds[kind]()) {
    const before = process.cpuUsage();
    const reported = run();
    const { user, system } = process.cpuUsage(before);
    seconds[step] = (user + system) / 1e6;
    for (const code of reported) codes.add(code);
  }
  console.log(JSON.stringify({ codes: [...codes], seconds, megabytes: peak() / 1024, isBundled: bundle !== undefined }));
  // Linux counts the peak of the parent process into maxRSS of a child, because the child begins in its memory. VmHWM
  // is counted from the start of the program itself.
  function peak() {
    if (process.platform !== "linux") return process.resourceUsage().maxRSS;
    return Number(/^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  }
`;

/** The kind of an input: a project of files, or one file that is also checked as an argument. */
export type InputKind = "text" | "project";

/** Processes a project in a separate process. Kinds other than {@link InputKind} test the measurement itself. */
export function measureAlone(kind: InputKind | "nothing" | "throw" | "slow" | "grow", path: string): Taken {
  const { stdout, stderr, signal } = spawnSync(process.execPath, ["-e", script, kind, path, join(ROOT)], {
    encoding: "utf8",
    timeout: 300_000,
  });
  if (stdout !== "") return JSON.parse(stdout) as Taken;
  return { codes: [], seconds: {}, megabytes: Number.NaN, failure: `${signal ?? ""} ${stderr.slice(-2_000)}` };
}
