import type { DiffAnswer } from "../../diff/diff";
import { Killed } from "./process";
import { type Entry, isUnclear } from "./state";
import type { TruthBook } from "./world";

/**
 * Records which resources of the state a provider process reads, creates and deletes. The engine calls these methods.
 */
export interface RowWatch {
  /** The process has read a resource for a refresh. */
  read(entry: Entry): void;
  /** The process has compared a resource with the program, and decided what to do. */
  compared(name: string, entry: Entry, kind: DiffAnswer["kind"]): void;
  /** The process is asked to create a resource. */
  creating(name: string): void;
  /** A create or an update has answered, and the engine is about to save the resource. */
  made(name: string, entry: Entry): void;
  /** The process is asked to delete a resource. */
  deleting(name: string, entry: Entry, work: () => Promise<void>): Promise<void>;
  /** The engine removes a resource from the state without a delete. */
  dropped(entry: Entry): void;
}

/** A watch that records nothing. */
export const UNWATCHED: RowWatch = {
  read: () => undefined,
  compared: () => undefined,
  creating: () => undefined,
  made: () => undefined,
  deleting: (_name, _entry, work) => work(),
  dropped: () => undefined,
};

interface Deletion {
  readonly name: string;
  readonly entry: Entry;
  readonly begunAt: number;
  error?: string;
}

/**
 * Makes the record of one command: which resources its provider process read, compared, created, updated and deleted,
 * and which ones the engine removed from the state without a delete.
 */
export function createRowBook(truth: TruthBook, now: () => number) {
  /** The last state of each resource that the process compared, created or was asked to delete. */
  const shown = new Map<number, Entry>();
  /**
   * The resources that a refresh has read. `othersSeen` leaves them out: in a refresh, the dynamic provider does not
   * learn the URN of the resource, so it cannot know whether two reads with the same run are of one resource.
   */
  const read = new Map<number, Entry>();
  const deletions = new Map<number, Deletion>();
  const replaced = new Set<number>();
  const dropped = new Map<number, Entry>();
  const concerned = new Set<string>();
  /**
   * By the name of a resource: ids of the runs that the process knew from the state before the create, or before the
   * update after an unclear start.
   */
  const knownAtCreate = new Map<string, ReadonlySet<string>>();
  /** As `knownAtCreate`, but at the moment when the create or update had answered. */
  const knownAtAnswer = new Map<string, ReadonlySet<string>>();
  const made = new Map<string, Entry>();
  // Returns the ids of the runs of all resources that the process knows. Leaves out a resource whose start got no clear
  // answer, because its state does not name its run. The process may give this run to another resource, for example to
  // a new resource with the old name of a renamed one.
  const known = () =>
    new Set([...shown.values(), ...read.values()].filter((entry) => !isUnclear(entry)).map(truth.idOf));

  const watch: RowWatch = {
    read: (entry) => void read.set(entry.row, entry),
    compared(name, entry, kind) {
      concerned.add(name);
      shown.set(entry.row, entry);
      if (kind === "replace") replaced.add(entry.row);
    },
    creating(name) {
      concerned.add(name);
      knownAtCreate.set(name, known());
    },
    made(name, entry) {
      knownAtAnswer.set(name, known());
      made.set(name, entry);
      shown.set(entry.row, entry);
    },
    async deleting(name, entry, work) {
      const deletion: Deletion = { name, entry, begunAt: now() };
      shown.set(entry.row, entry);
      deletions.set(entry.row, deletion);
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Killed)) deletion.error = error instanceof Error ? error.message : String(error);
        throw error;
      }
    },
    dropped(entry) {
      dropped.set(entry.row, entry);
      truth.kept.set(truth.idOf(entry), "the engine retained it");
    },
  };

  return {
    /** The methods that the model's engine calls to report its steps. */
    watch,
    /** The deletions of this command, by resource. */
    deletions,
    /** Names of the resources that the process has compared or was asked to create. */
    concerned,
    /** Returns how many resources the engine removed from the state without a delete. */
    dropped: (): number => dropped.size,
    /** Whether the engine removed the resource with this run from the state in this command, without a delete. */
    isDropped: (id: string): boolean => [...dropped.values()].some((entry) => truth.idOf(entry) === id),
    /** Whether this command deletes the resource with this run. */
    isDeleted: (id: string): boolean => [...deletions.values()].some(({ entry }) => truth.idOf(entry) === id),
    /**
     * Returns the resources with this run that the process has compared, created or updated. Leaves out the resources
     * that this command deletes or replaces.
     */
    othersSeen: (id: string): Entry[] =>
      [...shown.values()].filter(
        (entry) => !deletions.has(entry.row) && !replaced.has(entry.row) && truth.idOf(entry) === id,
      ),
    /**
     * Whether the process knew a resource with the run `id` when the create of the resource `name`, or its update after
     * an unclear start, began ("at create"), or when its create or update returned ("at answer").
     */
    wasKnown: (name: string, id: string, when: "at create" | "at answer"): boolean =>
      (when === "at create" ? knownAtCreate : knownAtAnswer).get(name)?.has(id) === true,
    /** Returns the resources whose create or update in this command returned a run. */
    answered: (): [name: string, entry: Entry][] => [...made].filter(([, entry]) => !isUnclear(entry)),
  };
}
