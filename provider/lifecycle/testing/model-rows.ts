import type { DiffAnswer } from "../diff/diff";
import { Killed } from "./model-process";
import { type Entry, isUnclear } from "./model-state";
import type { TruthBook } from "./model-world";

/** Notes which resources in the state a provider process reads, makes and deletes. */
export interface RowWatch {
  /** The process has read a resource for a refresh. */
  read(entry: Entry): void;
  /** The process has compared a resource with the program, and decided what to do. */
  compared(name: string, entry: Entry, kind: DiffAnswer["kind"]): void;
  /** The process has to create a resource. */
  creating(name: string): void;
  /** A create or an update has answered. Next, the engine saves the resource. */
  made(name: string, entry: Entry): void;
  /** The process has to delete a resource. */
  deleting(name: string, entry: Entry, work: () => Promise<void>): Promise<void>;
  /** The engine removes a resource from the state without a delete. */
  dropped(entry: Entry): void;
}

/** A watch that notes nothing. */
export const UNWATCHED: RowWatch = {
  read: () => undefined,
  compared: () => undefined,
  creating: () => undefined,
  made: () => undefined,
  deleting: (_name, _entry, work) => work(),
  dropped: () => undefined,
};

/** The deletion of a resource in a command. */
interface Deletion {
  readonly name: string;
  readonly entry: Entry;
  readonly begunAt: number;
  error?: string;
}

/** Makes the notes of one process. */
export function createRowBook(truth: TruthBook, now: () => number) {
  /** The last state of each resource that the process compared, made or had to delete. */
  const shown = new Map<number, Entry>();
  /**
   * Resources of a refresh. A dynamic provider gets no URN, so after a rename it cannot distinguish two resources with
   * one run.
   */
  const read = new Map<number, Entry>();
  const deletions = new Map<number, Deletion>();
  const replaced = new Set<number>();
  const dropped = new Map<number, Entry>();
  const concerned = new Set<string>();
  /**
   * Ids of runs that the process knew from the state before and after the create of a resource, by the name of the
   * resource.
   */
  const knownAtCreate = new Map<string, ReadonlySet<string>>();
  const knownAtAnswer = new Map<string, ReadonlySet<string>>();
  const made = new Map<string, Entry>();
  const known = () => new Set([...shown.values(), ...read.values()].map(truth.idOf));

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
    /** The watch that gets the reports of the model's engine. */
    watch,
    /** The requested deletions, by resource. */
    deletions,
    /** Names of the resources that the process has compared or had to create. */
    concerned,
    /** How many resources the engine removed from the state without a delete. */
    dropped: (): number => dropped.size,
    /** Whether the engine removed the resource of a run from the state in this command, without a delete. */
    isDropped: (id: string): boolean => [...dropped.values()].some((entry) => truth.idOf(entry) === id),
    /** Whether the resource of a run is deleted in this command. */
    isDeleted: (id: string): boolean => [...deletions.values()].some(({ entry }) => truth.idOf(entry) === id),
    /**
     * Resources that have a run, as far as the process has read them. Those that this command deletes or replaces are
     * left out.
     */
    othersSeen: (id: string): Entry[] =>
      [...shown.values()].filter(
        (entry) => !deletions.has(entry.row) && !replaced.has(entry.row) && truth.idOf(entry) === id,
      ),
    /** Whether the process knew from the state that a run is recorded, before or after the create of a resource. */
    wasKnown: (name: string, id: string, when: "at create" | "at answer"): boolean =>
      (when === "at create" ? knownAtCreate : knownAtAnswer).get(name)?.has(id) === true,
    /** Resources with a run that a create or an update of this command has returned. */
    answered: (): [name: string, entry: Entry][] => [...made].filter(([, entry]) => !isUnclear(entry)),
  };
}
