import { createKnownRuns } from "../lifecycle/account/known-runs";
import { describeGaps } from "../lifecycle/account/lookup-gaps";
import { createSharedSnapshot, type RunSnapshot } from "../lifecycle/account/shared-snapshot";
import { unnamedGap } from "../lifecycle/create/possible-runs";
import { keysIn, labelIn, resourcePart, type StartKey, scopePart } from "../lifecycle/run/identity/start-key";
import type { ExecutionOutputs } from "../lifecycle/run/record/record";
import { isSameTarget } from "../lifecycle/run/target";
import type { Clock } from "../lifecycle/watch/ports";
import { hasEnded, kindOf } from "../lyceum/answers/status";
import { accountOf, type StackSettings } from "../lyceum/configuration/configuration";
import type { Environment } from "../lyceum/configuration/settings";
import type { ExecutionSummary, LyceumPort } from "../lyceum/port";
import { isDefaultProvider } from "../schema";

/** The facts in a stack's state that are needed to find its runs. */
export interface StackIdentity {
  /** The secrets with which this package makes the start keys of the stack's runs. Not secrets that a user has set. */
  readonly scopes: readonly string[];
  /** The recorded outputs of all runs, including runs of resources whose deletion is pending. */
  readonly recorded: readonly ExecutionOutputs[];
  /** The URNs of resources whose create was interrupted. The state does not record the runs of these resources. */
  readonly interrupted: readonly string[];
  /** The providers of the resources in `interrupted`. */
  readonly creators: readonly Creator[];
}

/** The provider of an execution whose create was interrupted. */
export interface Creator {
  readonly name: string;
  /** Whether the state now has another provider with this name. If so, the settings at the create are not known. */
  readonly isReplaced: boolean;
  /** The settings of the provider in the state. */
  readonly settings: StackSettings;
}

/** A run that belongs to a stack, but is not in the state of the stack. */
export interface UnrecordedRun {
  readonly executionId: string;
  readonly status: string;
  readonly isActive: boolean;
  /** The label of the run. The default label is the name of the resource. */
  readonly label: string;
  /** The URN of the run's resource, if the create of this resource was interrupted. Otherwise `undefined`. */
  readonly urn: string | undefined;
}

/** The runs that belong to a stack, but are not in the state of the stack. */
export interface UnrecordedRuns {
  /** Active runs, and ended runs of interrupted creates. The table at `unrecordedIn` says which of them. */
  readonly runs: readonly UnrecordedRun[];
  /** Why active runs may be missing in `runs`. `undefined` if all active runs are in `runs`. */
  readonly gap: string | undefined;
}

/** How far back the history is searched for ended runs of interrupted creates, in seconds. */
const REACH_BACK_SECONDS = 7 * 86_400;

/**
 * Finds the runs of a stack by their start keys. Leaves out the runs that the state records. A command may report the
 * found runs, but must not abort them, because another copy of the state may record them.
 */
export async function unrecordedRuns(
  client: Pick<LyceumPort, "listActive" | "history" | "baseUrl" | "organisation">,
  clock: Clock,
  stack: StackIdentity,
  environment: Environment,
): Promise<UnrecordedRuns> {
  if (stack.recorded.some((one) => one.executionId !== "" && !isSameTarget(one, client)))
    return { runs: [], gap: "The state has runs of another base URL or organization than the configured one." };
  try {
    const snapshot = await createSharedSnapshot(client, clock).read({
      notBefore: clock.now(),
      reachBack: stack.interrupted.length === 0 ? 0 : REACH_BACK_SECONDS,
    });
    const { runs, gap } = unrecordedIn(snapshot, stack);
    const gaps = [gap, ...stack.creators.map((one) => creatorGap(one, client, environment))];
    const known = gaps.filter((one) => one !== undefined);
    return { runs, gap: known.length === 0 ? undefined : known.join(" ") };
  } catch (error) {
    return { runs: [], gap: `The runs cannot be listed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Returns why the runs of a provider may be in another account than the client's. Undefined if the accounts are the
 * same.
 *
 * | provider | account of the provider |
 * |---|---|
 * | declared by the program | unknown, because its API key may differ |
 * | a default provider that was replaced (`isReplaced`) | unknown, because the old settings are not known |
 * | the default provider, recorded with another base URL or organization | another account |
 * | the default provider in all other cases | the client's account |
 */
function creatorGap(
  { name, isReplaced, settings }: Creator,
  { baseUrl, organisation }: Pick<LyceumPort, "baseUrl" | "organisation">,
  environment: Environment,
): string | undefined {
  const about = `A killed command was creating an execution with the provider ${JSON.stringify(name)}`;
  if (!isDefaultProvider(name)) {
    return `${about}. Its runs cannot be listed here, because it may use another account than this command.`;
  }
  if (isReplaced) return `${about}, which has been replaced since. It may have used another account than this command.`;
  const own = accountOf({ environment, stack: settings });
  const isOtherUrl = settings.baseUrl !== undefined && own.baseUrl !== baseUrl;
  const isOtherOrganisation = ![own.orgSlug, organisation].includes(undefined) && own.orgSlug !== organisation;
  if (!isOtherUrl && !isOtherOrganisation) return undefined;
  return `${about}, which has another base URL or organization than this command.`;
}

/**
 * Returns the runs in a snapshot that belong to the stack, but are not in the stack's state.
 *
 * | run | reported |
 * |---|---|
 * | in the state, or of another stack | no |
 * | active, of an interrupted create | yes |
 * | active, of another resource, started with `onDelete: "abort"` | yes, except if the run is being stopped |
 * | active, of another resource, started with `onDelete: "leave"` | no |
 * | ended, of an interrupted create without an active run | only the newest run |
 *
 * If Lyceum did not list the whole history, the result does not say so: the runs that it lacks have ended, and cost
 * nothing more.
 */
function unrecordedIn(snapshot: RunSnapshot, { scopes, recorded, interrupted }: StackIdentity): UnrecordedRuns {
  const known = createKnownRuns();
  for (const run of recorded) known.add(run);
  known.shows(snapshot.active);
  const all = new Map([...snapshot.history, ...snapshot.active].map((run) => [run.executionId, run]));
  const ownKeys = scopes.map((scope) => ({
    scope: scopePart(scope),
    resources: new Map(interrupted.map((urn) => [resourcePart(scope, urn), urn])),
  }));
  const found = [...all.values()].flatMap((run) => {
    const own = keysIn(run.fileName).flatMap((key) => {
      const match = ownKeys.find(({ scope }) => scope === key.scope);
      return match === undefined ? [] : [{ key, urn: match.resources.get(key.resource) }];
    });
    const [first] = own;
    return first === undefined || known.has(run) ? [] : [{ run, ...first }];
  });
  const isActive = ({ run }: Found) => !hasEnded(run);
  const active = found.filter((one) => isActive(one) && (one.urn !== undefined || isAbandoned(one)));
  const ended = interrupted.flatMap((urn) => {
    if (active.some((one) => one.urn === urn)) return [];
    return found
      .filter((one) => one.urn === urn && !isActive(one))
      .sort(newestFirst)
      .slice(0, 1);
  });
  const unnamed = unnamedGap(snapshot, known.has);
  const gaps = [
    ...snapshot.gaps.filter((gap) => !("call" in gap) || gap.call === "list"),
    ...(unnamed === undefined ? [] : [unnamed]),
  ];
  return {
    runs: [...active.sort(byLabel), ...ended].map(({ run, urn }) => ({
      executionId: run.executionId,
      status: run.status,
      isActive: !hasEnded(run),
      label: labelIn(run.fileName),
      urn,
    })),
    gap: gaps.length === 0 ? undefined : describeGaps(gaps),
  };
}

interface Found {
  readonly run: ExecutionSummary;
  readonly key: StartKey;
  readonly urn: string | undefined;
}

function isAbandoned({ run, key }: Found): boolean {
  return key.onDelete !== "leave" && kindOf(run) !== "stopping";
}

function newestFirst({ run: one }: Found, { run: other }: Found): number {
  return (other.createdAt ?? "").localeCompare(one.createdAt ?? "");
}

/**
 * Sorts by label, then from old to new. Lyceum's lists have no fixed order, but the output of a command should have
 * one.
 */
function byLabel({ run: one }: Found, { run: other }: Found): number {
  const [left, right] = [one, other].map((run) => `${labelIn(run.fileName)} ${run.createdAt} ${run.executionId}`);
  return (left ?? "") < (right ?? "") ? -1 : 1;
}
