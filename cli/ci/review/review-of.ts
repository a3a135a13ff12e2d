import { FILES_MANIFEST } from "../../../provider/files";
import {
  executionLeaves,
  type Leaf,
  leavesOf,
  type Review,
  type ReviewedChange,
  type ReviewedExecution,
  type ReviewedResource,
  type ReviewedValues,
  reviewedValue,
  valuesOf,
} from "../../../provider/policy/reviewed";
import { nameOf } from "../../../provider/schema";
import { keyedDigest } from "../../../provider/secrets";
import { propertyChanges, stepWithInputs } from "../stack/changes";
import type { ObservedCommand, ObservedStep } from "../stack/events";
import { plannedExecutions } from "../stack/plan";
import { type GroupedSteps, groupedSteps } from "../stack/resources";
import { withoutRandomEnds } from "./auto-names";

/**
 * Returns the effects of a preview or an update as a review. The review of an update is compared with the review that
 * allowed the update.
 *
 * @param salt the key of the digests; two reviews can be compared only if both have the same key
 */
export function reviewOf(about: Pick<Review, "project" | "stack">, observed: ObservedCommand, salt: string): Review {
  const { steps } = observed;
  // The plugin makes the digests of secret inputs with a secret of its provider resource. A new provider resource gets
  // another secret in each preview. So if the resource changes, the digests are left out.
  const hasOwnDigests = !steps.some(({ type, op }) => /^pulumi:providers:lyceum$/.test(type) && op !== "same");
  const values = (leaves: readonly Leaf[]) => valuesOf(hasOwnDigests ? leaves : leaves.map(withoutDigest), salt);
  const executions = plannedExecutions(observed).map((planned): ReviewedExecution => {
    const { urn, action, aborts, mayStart, inputs, renamedFrom, imports } = planned;
    const own = steps.filter((step) => step.urn === urn);
    const given = action === "delete" ? {} : values(executionLeaves(inputs));
    return {
      urn,
      action,
      ...(aborts === undefined ? {} : { aborts }),
      ...(mayStart === undefined ? {} : { mayStart }),
      ...(renamedFrom === undefined ? {} : { from: renamedFrom }),
      ...(imports === undefined ? {} : { imports }),
      ends: endedIds(own),
      isUnchanged: own.every((step) => step.op === "same" && hasSameInputs(step)),
      ...(action === "delete" ? {} : providerOf(own)),
      inputs: given,
    };
  });
  const resources = groupedSteps(steps).map((group) => resourceOf(group, salt));
  return {
    ...about,
    salt,
    executions: executions.sort(byUrn),
    resources: [...resources].sort((a, b) => byUrn(a, b) || (a.action < b.action ? -1 : 1)),
  };
}

function byUrn(one: { readonly urn: string }, other: { readonly urn: string }): number {
  return one.urn < other.urn ? -1 : one.urn > other.urn ? 1 : 0;
}

function withoutDigest(leaf: Leaf): Leaf {
  return leaf.kind === "secret" ? { path: leaf.path, kind: "secret" } : leaf;
}

const DELETES: readonly string[] = ["delete", "delete-replaced", "replace", "create-replacement"];

/**
 * Returns two ids for each execution that the steps delete from the state: the id of the resource, and the id of its
 * run. They differ after a start without a clear answer: the id of the resource is then a placeholder. An apply may
 * delete only ids that the review has.
 */
function endedIds(steps: readonly ObservedStep[]): readonly string[] {
  const ids = steps
    .filter(({ op }) => DELETES.includes(op))
    .flatMap(({ oldId, oldOutputs }) => [oldId, String(oldOutputs.executionId ?? "")]);
  return [...new Set(ids)].filter((id) => id !== "").sort();
}

function hasSameInputs({ inputs, oldInputs }: ObservedStep): boolean {
  return JSON.stringify(executionLeaves(inputs)) === JSON.stringify(executionLeaves(oldInputs));
}

/** Actions after which a resource has exactly the inputs of the program. */
const CREATING: readonly string[] = ["create", "replace", "import"];
/** Actions in which a provider may make a name that the program does not give. */
const NAMING: readonly string[] = ["create", "replace"];

/** Actions on a resource that the program no longer declares. The program selects no provider for this resource. */
const LEAVING: readonly string[] = ["delete", "discard"];

/** Returns the provider that the program selects for a resource. A component has no provider. */
function providerOf(steps: readonly ObservedStep[]): { readonly provider?: string } {
  const [provider] = steps.flatMap((step) =>
    DELETIONS.includes(step.op) || step.provider === "" ? [] : [step.provider],
  );
  return provider === undefined ? {} : { provider };
}

/**
 * Operations that remove a resource from the state. Their steps have no new state, so they do not show the provider
 * that the program selects.
 */
const DELETIONS: readonly string[] = ["delete", "delete-replaced", "discard", "discard-replaced"];

function resourceOf({ action, steps }: GroupedSteps, salt: string): ReviewedResource {
  const step = stepWithInputs(steps);
  const isNew = CREATING.includes(action);
  const made = (leaves: readonly Leaf[]) =>
    NAMING.includes(action) ? withoutRandomEnds(leaves, step.inputs, nameOf(step.urn)) : leaves;
  const ids = steps.map(({ oldId }) => oldId).filter((id) => id !== "");
  const isCompared = ({ path }: { readonly path: string }) => path !== "" && path !== FILES_MANIFEST;
  const leaves = isNew ? leavesOf(step.inputs, "").filter(isCompared) : [];
  const changes = action === "replace" || action === "update" ? propertyChanges(steps).filter(isCompared) : [];
  const [id] = ids;
  const { renamedFrom } = steps.find((one) => one.renamedFrom !== undefined) ?? step;
  const imported = steps.find(({ importedId }) => importedId !== "")?.importedId;
  const stays = action === "delete" && steps.every(({ wasRetained }) => wasRetained);
  return {
    urn: step.urn,
    action,
    ...(id === undefined ? {} : { id: keyedDigest(salt, [id]) }),
    ...(imported === undefined ? {} : { imports: keyedDigest(salt, [imported]) }),
    ...(renamedFrom === undefined ? {} : { from: renamedFrom }),
    ...(stays ? { stays } : {}),
    ...(LEAVING.includes(action) ? {} : providerOf(steps)),
    inputs: valuesOf(made(leaves), salt),
    // `made` masks the random end of a new value, because the end differs in each preview. The old value comes from the
    // state, so it is the same in each preview.
    changes: Object.fromEntries(
      changes.map(({ path, from, to }) => [
        path,
        { ...sideOf("from", from), ...sideOf("to", to === undefined ? to : made([to])[0]) },
      ]),
    ),
  };

  function sideOf(name: keyof ReviewedChange, leaf: Leaf | undefined): ReviewedChange {
    return leaf === undefined ? {} : { [name]: reviewedValue(leaf, salt) };
  }
}

/**
 * Returns the values that nobody can review. Such a value is unknown until other resources exist, or has a random end
 * that differs in each preview.
 */
export function notReviewed({ executions, resources }: Review): readonly string[] {
  const named = [
    ...executions.flatMap(({ urn, inputs }) => openIn(inputs).map((path) => ({ urn, path }))),
    ...resources.flatMap(({ urn, inputs, changes }) => {
      const news = Object.entries(changes).flatMap(([path, { to }]) => (to === undefined ? [] : [[path, to] as const]));
      return openIn({ ...Object.fromEntries(news), ...inputs }).map((path) => ({ urn, path }));
    }),
  ];
  return [...new Set(named.map(({ urn, path }) => `${nameOf(urn)}: ${path}`))].sort();
}

function openIn(values: ReviewedValues): readonly string[] {
  return Object.entries(values).flatMap(([path, value]) =>
    "unknown" in value ? [path] : "hasRandomEnd" in value ? [`${path} (its random end)`] : [],
  );
}
