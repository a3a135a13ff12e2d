import { hasEnded, isBareEnd } from "../../../provider/lyceum/answers/status";
import { argumentOf, isExecutionType, isMasked } from "../../../provider/policy/declared";
import { nameOf, parseRecorded, type RecordedOutputs } from "../../../provider/schema";
import type { ObservedCommand, ObservedStep } from "../stack/events";

/** What concerns only the end of an execution: two arguments, and a resource option of Pulumi. */
export type EndSetting = "onDelete" | "deleteRecord" | "retainOnDelete";

/** A setting of an execution's end that is not recorded as the program declares it. */
export interface EndDifference {
  readonly name: string;
  readonly urn: string;
  readonly setting: EndSetting;
  readonly recorded: string | boolean;
  /** What the program declares; a value that a preview does not show is `unknown` or `secret`. */
  readonly declared:
    | { readonly kind: "known"; readonly value: string | boolean }
    | { readonly kind: "unknown" | "secret" };
  /** Whether an `up` also replaces the run. */
  readonly isReplaced: boolean;
}

/** Steps of the preview of an `up` for an execution that is recorded, and that the program still declares. */
const DECLARED: readonly string[] = ["same", "update", "replace", "create-replacement"];

/**
 * Settings of the end that are recorded otherwise than the program declares them, by the preview of an `up`. The provider sees no program in a
 * destroy, so the recorded ones would hold. The engine has found out which resource of the program a recorded one is, also by its aliases.
 *
 * | execution                                                           | then |
 * |---------------------------------------------------------------------|------|
 * | new in the program, or no longer in it                              | nothing: there is only a record, or only a program |
 * | `retainOnDelete` recorded and declared                              | nothing: the engine does not call the provider |
 * | its end is recorded with exit code or time, or it must have ended   | only `deleteRecord` of an end is compared: nothing is left to abort |
 * | a value is secret, or not known at preview                          | a difference: nobody can compare it |
 * | `onDelete` or `deleteRecord` differ                                 | a difference |
 * | `retainOnDelete` declared, but not recorded                         | a difference: the engine does not keep to it where the resource depends on a new one |
 * | `retainOnDelete` recorded, but no longer declared                   | the engine keeps to the program |
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

/** Whether a delete may abort the run: its end is not recorded, or by a status word alone, which is read again. */
function mayBeAborted(recorded: RecordedOutputs): boolean {
  return recorded.missing !== "forgotten" && (!hasEnded(recorded) || isBareEnd(recorded));
}

function declaredValue(setting: EndSetting, value: unknown): EndDifference["declared"] {
  if (isMasked(value)) return { kind: "secret" };
  if (setting === "onDelete")
    return value === "abort" || value === "leave" ? { kind: "known", value } : { kind: "unknown" };
  return typeof value === "boolean" ? { kind: "known", value } : { kind: "unknown" };
}

/** The differences, a line each. */
export function differenceLines(differences: readonly EndDifference[]): readonly string[] {
  return differences.map(({ name, setting, recorded, declared, isReplaced }) => {
    const replaced = isReplaced ? "; `pulumi up` also replaces its run" : "";
    // What is secret in the program is so in the state, too.
    if (declared.kind === "secret") return `* ${name}: ${setting} is secret, so it cannot be compared${replaced}`;
    const held = `* ${name}: ${setting} is recorded as ${JSON.stringify(recorded)}`;
    if (declared.kind === "known")
      return `${held}, and the program declares ${JSON.stringify(declared.value)}${replaced}`;
    return `${held}, and the program's value is not known at preview${replaced}`;
  });
}
