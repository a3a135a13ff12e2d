import { spawnSync } from "node:child_process";
import { UsageError } from "../command";

const PULUMI_SECONDS = 60;

/**
 * The ids of runs that a stack has recorded, by URN, as `pulumi stack export` in this folder shows them. Only ids and types are read:
 * secrets of the stack stay encrypted.
 */
export function recordedRuns(stack: string, folder: string): ReadonlyMap<string, string> {
  const { stdout, stderr, status, error } = spawnSync(
    "pulumi",
    ["stack", "export", "--stack", stack, "--non-interactive"],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: PULUMI_SECONDS * 1000,
      maxBuffer: 256 * 1024 ** 2,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    },
  );
  if (error !== undefined)
    throw new UsageError(`The Pulumi CLI cannot be run (${(error as { code?: string }).code ?? "error"})`);
  if (status !== 0) throw new UsageError(`The stack ${stack} cannot be read: ${stderr.trim().split("\n")[0] ?? ""}`);
  return runsIn(stdout);
}

/** The runs in an exported stack. */
export function runsIn(exported: string): ReadonlyMap<string, string> {
  const { deployment } = JSON.parse(exported) as { deployment?: { resources?: readonly RecordedResource[] } };
  return new Map(
    (deployment?.resources ?? []).flatMap(({ urn, id, type, delete: isReplaced }) =>
      typeof urn === "string" && typeof id === "string" && TYPES.has(type ?? "") && isReplaced !== true
        ? [[urn, id]]
        : [],
    ),
  );
}

interface RecordedResource {
  readonly urn?: unknown;
  readonly id?: unknown;
  readonly type?: string;
  readonly delete?: unknown;
}

/** Types of the resource in both hosts. */
const TYPES: ReadonlySet<string> = new Set([
  "lyceum:index:ComposeExecution",
  "pulumi-nodejs:dynamic/lyceum:ComposeExecution",
]);
