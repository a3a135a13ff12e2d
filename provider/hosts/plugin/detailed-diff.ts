import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { DiffAnswer } from "../../resource";

const { Kind } = messages.PropertyDiff;
const KINDS = {
  add: { changes: Kind.ADD, replaces: Kind.ADD_REPLACE },
  delete: { changes: Kind.DELETE, replaces: Kind.DELETE_REPLACE },
  update: { changes: Kind.UPDATE, replaces: Kind.UPDATE_REPLACE },
} as const;

/**
 * A decision as the engine takes it, property by property. A replacement always deletes first: one that creates first would adopt
 * the old run and then abort it.
 */
export function detailedDiff({ kind, changed }: DiffAnswer): messages.DiffResponse {
  const response = new messages.DiffResponse();
  if (kind === "same") {
    response.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
    return response;
  }
  response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
  response.setDeletebeforereplace(true);
  // What the run itself calls for is no property that the program could name: with `replaceOnChanges: ["*"]` the engine would
  // replace a run whose wait was interrupted, instead of resuming it.
  const shown = kind === "replace" ? changed : changed.filter(({ of }) => of === "inputs");
  response.setHasdetaileddiff(shown.length > 0);
  for (const { path, kind: how, replaces, of } of shown) {
    const property = new messages.PropertyDiff();
    property.setKind(KINDS[how][replaces ? "replaces" : "changes"]);
    property.setInputdiff(of === "inputs");
    response.getDetaileddiffMap().set(path, property);
    response.addDiffs(rootOf(path));
    if (replaces) response.addReplaces(rootOf(path));
  }
  return response;
}

function rootOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
