import type { ResourceInputs } from "../execution";

/**
 * What the engine has shown of each resource in this command. Engines ask in steps that do not carry everything: check has the
 * inputs of the last command, delete has none, and nothing says that a diff belongs to a refresh.
 */
export interface Session {
  /** Inputs of the last command, as check was given them: they only explain a change, they never decide one alone. */
  rememberOldInputs(urn: string, inputs: ResourceInputs): void;
  oldInputs(urn: string): ResourceInputs | undefined;
  /**
   * Inputs that check was given for a resource as a new one. When its recorded run is deleted later in the same command, it is
   * replaced by these.
   */
  planCreate(urn: string, inputs: ResourceInputs): void;
  plannedCreate(urn: string): ResourceInputs | undefined;
  /** Notes which URN the program gives to a resource that is recorded under another one (or the same). */
  renamed(recordedUrn: string, urn: string): void;
  /** The URN of a recorded resource in this command's program; the recorded one when the program has not declared it. */
  currentUrn(recordedUrn: string): string;
  /** Between a read and the next check the engine is refreshing: its diff then only looks, and nothing will come of it. */
  refreshing(urn: string, begun: boolean): void;
  isRefreshing(urn: string): boolean;
}

/** The session of a command that has just begun. */
export function createSession(): Session {
  const before = new Map<string, ResourceInputs>();
  const planned = new Map<string, ResourceInputs>();
  const urns = new Map<string, string>();
  const refreshed = new Set<string>();
  return {
    rememberOldInputs: (urn, inputs) => before.set(urn, inputs),
    oldInputs: (urn) => before.get(urn),
    planCreate: (urn, inputs) => planned.set(urn, inputs),
    plannedCreate: (urn) => planned.get(urn),
    renamed: (recordedUrn, urn) => urns.set(recordedUrn, urn),
    currentUrn: (recordedUrn) => urns.get(recordedUrn) ?? recordedUrn,
    refreshing: (urn, begun) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn) => refreshed.has(urn),
  };
}
