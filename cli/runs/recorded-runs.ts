import { spawnSync } from "node:child_process";
import { isExecutionType } from "../../provider/policy/declared";
import { textsOfCompose } from "../../provider/reads/report";
import { isMap, nameOf, type Properties } from "../../provider/schema";
import { runIdOf } from "../../provider/schema/run-id";
import { SECRET_SIGNATURE, SIGNATURE_KEY } from "../../provider/schema/wire-forms";
import { UsageError } from "../command";

const PULUMI_SECONDS = 60;

/**
 * Returns the ids of the runs in the state of a stack, by URN, from `pulumi stack export` in `folder`. The export is
 * made without `--show-secrets`, so secrets of the stack stay encrypted.
 */
export function recordedRuns(stack: string, folder: string): ReadonlyMap<string, string> {
  const exported = exportStack(stack, folder);
  if (exported.kind === "failed") throw new UsageError(exported.reason);
  return runsIn(exported.text);
}

/** The secrets of the runs in the state of a stack, in plaintext. */
export interface RecordedSecrets {
  /** The values that are marked as secret. */
  readonly values: readonly string[];
  /** The name and the inputs of each run's resource. The inputs name Compose files, which contain further secrets. */
  readonly resources: readonly { readonly name: string; readonly inputs: Properties }[];
}

/** Returns the secrets of the runs in the state of a stack. Undefined if Pulumi cannot decrypt them here. */
export function recordedSecrets(stack: string, folder: string): RecordedSecrets | undefined {
  const exported = exportStack(stack, folder, "--show-secrets");
  return exported.kind === "failed" ? undefined : recordedSecretsIn(exported.text);
}

/**
 * Returns the secrets and the inputs of the runs in an exported stack. The export must be made with `--show-secrets`.
 */
export function recordedSecretsIn(exported: string): RecordedSecrets {
  const executions = resourcesIn(exported).filter(({ type }) => isExecutionType(type ?? ""));
  const resources = executions.flatMap(({ urn, inputs, delete: isReplaced }) => {
    const plain = inPlaintext(inputs);
    return typeof urn === "string" && isMap(plain) && isReplaced !== true ? [{ name: nameOf(urn), inputs: plain }] : [];
  });
  return { values: secretsIn(executions), resources };
}

/**
 * Exports the state of a stack. Throws if the name is blank, because Pulumi would then export the selected stack. A
 * blank name is usually an empty variable of the shell.
 *
 * @param stack the name of the stack. Default: the stack that is selected in the folder
 */
export function exportStack(stack: string | undefined, folder: string, ...options: readonly string[]) {
  if (stack?.trim() === "") throw new UsageError("--stack must name a stack");
  const { stdout, stderr, status, error } = spawnSync(
    "pulumi",
    ["stack", "export", ...(stack === undefined ? [] : ["--stack", stack]), "--non-interactive", ...options],
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
    return { kind: "failed", reason } as const;
  }
  if (status === 0) return { kind: "exported", text: stdout } as const;
  const [reason = ""] = stderr.trim().split("\n");
  return {
    kind: "failed",
    reason: `The ${stack === undefined ? "selected stack" : `stack ${stack}`} cannot be read: ${reason}`,
  } as const;
}

/**
 * Returns the ids of the runs in an exported stack, by URN. An id is empty if the start got no clear answer and its run
 * has not been found since.
 */
export function runsIn(exported: string): ReadonlyMap<string, string> {
  return new Map(
    resourcesIn(exported).flatMap(({ urn, id, type, delete: isReplaced, outputs }) =>
      typeof urn === "string" && typeof id === "string" && isExecutionType(type ?? "") && isReplaced !== true
        ? [[urn, runIdOf(id, outputs)]]
        : [],
    ),
  );
}

/** Returns the resources in an exported stack. */
export function resourcesIn(exported: string): readonly RecordedResource[] {
  const { deployment } = JSON.parse(exported) as { deployment?: { resources?: readonly RecordedResource[] } };
  return deployment?.resources ?? [];
}

interface RecordedResource {
  readonly urn?: unknown;
  readonly id?: unknown;
  readonly type?: string;
  readonly delete?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: { readonly executionId?: unknown; readonly artifacts?: unknown; readonly filesPrefix?: unknown };
}

/**
 * Returns every secret text in a part of the output of `pulumi stack export --show-secrets`. For a secret Compose text,
 * returns all of its values, because a container may print any of them.
 */
export function secretsIn(exported: unknown): readonly string[] {
  const found = new Set<string>();
  collect(exported, false, found);
  return [...found].filter((text) => text !== "");
}

function collect(value: unknown, isSecret: boolean, found: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") {
    if (isSecret) for (const text of textsOfCompose(String(value))) found.add(text);
    return;
  }
  if (value === null || typeof value !== "object") return;
  const plaintext = plaintextOf(value);
  if (plaintext !== undefined) {
    collect(plaintext.value, true, found);
    return;
  }
  for (const item of Object.values(value)) collect(item, isSecret, found);
}

function inPlaintext(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPlaintext);
  if (value === null || typeof value !== "object") return value;
  const plaintext = plaintextOf(value);
  if (plaintext !== undefined) return inPlaintext(plaintext.value);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, inPlaintext(entry)]));
}

/** Returns the plaintext of a secret, parsed if it is JSON. Undefined if `value` is not a secret. */
function plaintextOf(value: object): { readonly value: unknown } | undefined {
  const { [SIGNATURE_KEY]: signature, plaintext } = value as Record<string, unknown>;
  if (signature !== SECRET_SIGNATURE || typeof plaintext !== "string") return undefined;
  try {
    return { value: JSON.parse(plaintext) };
  } catch {
    return { value: plaintext };
  }
}
