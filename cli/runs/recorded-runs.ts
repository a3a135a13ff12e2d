import { spawnSync } from "node:child_process";
import { isExecutionType } from "../../provider/declared";
import { UsageError } from "../command";
import { secretsIn } from "./recorded-secrets";

const PULUMI_SECONDS = 60;

/**
 * The ids of runs that a stack has recorded, by URN, as `pulumi stack export` in this folder shows them. Only ids and types are read:
 * secrets of the stack stay encrypted.
 */
export function recordedRuns(stack: string, folder: string): ReadonlyMap<string, string> {
  const exported = exportStack(stack, folder);
  if (exported.kind === "failed") throw new UsageError(exported.reason);
  return runsIn(exported.text);
}

/** The secrets that a stack has recorded for its runs; undefined where Pulumi does not decrypt them here. */
export function recordedSecrets(stack: string, folder: string): readonly string[] | undefined {
  const exported = exportStack(stack, folder, "--show-secrets");
  if (exported.kind === "failed") return undefined;
  return secretsIn(resourcesIn(exported.text).filter(({ type }) => isExecutionType(type ?? "")));
}

type Exported =
  | { readonly kind: "exported"; readonly text: string }
  | { readonly kind: "failed"; readonly reason: string };

function exportStack(stack: string, folder: string, ...options: readonly string[]): Exported {
  const { stdout, stderr, status, error } = spawnSync(
    "pulumi",
    ["stack", "export", "--stack", stack, "--non-interactive", ...options],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: PULUMI_SECONDS * 1000,
      maxBuffer: 256 * 1024 ** 2,
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    },
  );
  if (error !== undefined) {
    const reason = `The Pulumi CLI cannot be run (${(error as { code?: string }).code ?? "error"}). Install it (https://www.pulumi.com/docs/install/) and put it on PATH`;
    return { kind: "failed", reason };
  }
  if (status === 0) return { kind: "exported", text: stdout };
  return { kind: "failed", reason: `The stack ${stack} cannot be read: ${stderr.trim().split("\n")[0] ?? ""}` };
}

/** The runs in an exported stack. */
export function runsIn(exported: string): ReadonlyMap<string, string> {
  return new Map(
    resourcesIn(exported).flatMap(({ urn, id, type, delete: isReplaced }) =>
      typeof urn === "string" && typeof id === "string" && isExecutionType(type ?? "") && isReplaced !== true
        ? [[urn, id]]
        : [],
    ),
  );
}

function resourcesIn(exported: string): readonly RecordedResource[] {
  const { deployment } = JSON.parse(exported) as { deployment?: { resources?: readonly RecordedResource[] } };
  return deployment?.resources ?? [];
}

interface RecordedResource {
  readonly urn?: unknown;
  readonly id?: unknown;
  readonly type?: string;
  readonly delete?: unknown;
}
