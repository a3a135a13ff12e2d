import { hasEnded, isBareEnd } from "../../../provider/lyceum/answers/status";
import { argumentOf, isExecutionType, isMasked } from "../../../provider/policy/declared";
import { nameOf, parseRecorded, type RecordedOutputs } from "../../../provider/schema";
import type { ObservedCommand, ObservedStep } from "../stack/events";

/** Settings that concern only the end of an execution: two arguments, and a resource option of Pulumi. */
export type EndSetting = "onDelete" | "deleteRecord" | "retainOnDelete";

/** A setting in {@link EndSetting} whose recorded value differs from its value in the program. */
export interface EndDifference {
  readonly name: string;
  readonly urn: string;
  readonly setting: EndSetting;
  readonly recorded: string | boolean;
  /** The value in the program. `unknown` or `secret`: the preview does not show the value. */
  readonly declared:
    | { readonly kind: "known"; readonly value: string | boolean }
    | { readonly kind: "unknown" | "secret" };
  /** Whether `up` would replace the run. */
  readonly isReplaced: boolean;
}

/** The operations for an execution that is both in the state and in the program. */
const DECLARED: readonly string[] = ["same", "update", "replace", "create-replacement"];

/**
 * Returns the end settings whose recorded value differs from the value in the program. Both values come from a preview
 * of `up`, because in a destroy the provider does not receive the arguments of the program. The first row that fits
 * counts:
 *
 * | execution | compared settings |
 * |---|---|
 * | in the state or in the program, but not in both | none |
 * | with `retainOnDelete` in both | none: the engine does not call the provider |
 * | with a run that Lyceum no longer knows, and that must have ended | none: nothing is left to abort or delete |
 * | with a run whose end the state proves | `deleteRecord`: nothing is left to abort |
 * | with `retainOnDelete` only in the program | all three: the engine ignores `retainOnDelete` if the execution depends on a new resource |
 * | any other | `onDelete` and `deleteRecord` |
 *
 * A value that is secret or not known at preview cannot be compared, so it counts as a difference.
 */
export function endDifferences({ steps }: Pick<ObservedCommand, "steps">): readonly EndDifference[] {
  const byUrn = new Map<string, ObservedStep[]>();
  for (const step of steps) {
    if (isExecutionType(step.type) && DECLARED.includes(step.op))
      byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  const differences = [...byUrn.values()].flatMap((own) => {
    const [step] = own as [ObservedStep];
    const isReplaced = own.some(({ op }) => op === "replace" || op === "create-replacement");
    return differencesOf(step).map((one) => ({ name: nameOf(step.urn), urn: step.urn, ...one, isReplaced }));
  });
  return differences.sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
}

type Difference = Pick<EndDifference, "setting" | "recorded" | "declared">;

function differencesOf({ inputs, oldOutputs, isRetained, wasRetained }: ObservedStep): readonly Difference[] {
  if (isRetained && wasRetained) return [];
  const outputs = parseRecorded(oldOutputs);
  const { onDelete, deleteRecord = false } = outputs;
  const compared: readonly (readonly [EndSetting, string | boolean, unknown])[] = [
    ...(mayBeAborted(outputs) ? ([["onDelete", onDelete, argumentOf(inputs, "onDelete")]] as const) : []),
    ...(outputs.missing === "forgotten"
      ? []
      : ([["deleteRecord", deleteRecord, argumentOf(inputs, "deleteRecord")]] as const)),
    ...(mayBeAborted(outputs) && isRetained ? ([["retainOnDelete", wasRetained, isRetained]] as const) : []),
  ];
  return compared.flatMap(([setting, recorded, value]) => {
    const declared = declaredValue(setting, value);
    if (declared.kind === "known" && declared.value === recorded) return [];
    return [{ setting, recorded, declared }];
  });
}

/**
 * Returns whether a delete may abort the run. It may not if the state proves that the run has ended: by an exit code,
 * by an end time, or because Lyceum no longer knew the run (404) when all its time limits were over (`forgotten`). An
 * end status alone is no proof: the provider reads the run again before it decides.
 */
function mayBeAborted(recorded: RecordedOutputs): boolean {
  return recorded.missing !== "forgotten" && (!hasEnded(recorded) || isBareEnd(recorded));
}

function declaredValue(setting: EndSetting, value: unknown): EndDifference["declared"] {
  if (isMasked(value)) return { kind: "secret" };
  if (setting === "onDelete")
    return value === "abort" || value === "leave" ? { kind: "known", value } : { kind: "unknown" };
  return typeof value === "boolean" ? { kind: "known", value } : { kind: "unknown" };
}

/** Returns a line of text for each setting that differs, or may differ, between the state and the program. */
export function differenceLines(differences: readonly EndDifference[]): readonly string[] {
  return differences.map(({ name, setting, recorded, declared, isReplaced }) => {
    const replaced = isReplaced ? "; `pulumi up` also replaces its run" : "";
    // A value that is secret in the program is secret in the state too, so neither of them is shown.
    if (declared.kind === "secret") return `* ${name}: ${setting} is secret, so it cannot be compared${replaced}`;
    const held = `* ${name}: ${setting} is recorded as ${JSON.stringify(recorded)}`;
    if (declared.kind === "known")
      return `${held}, and the program declares ${JSON.stringify(declared.value)}${replaced}`;
    return `${held}, and the program's value is not known at preview${replaced}`;
  });
}
