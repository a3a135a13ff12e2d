import type { DiffAnswer } from "../diff/diff";
import { Killed } from "./model-process";
import { type Entry, isUnclear } from "./model-state";
import type { TruthBook } from "./model-world";

/** Who notes which rows a provider process is shown, makes and deletes. */
export interface RowWatch {
  /** The process has read a row for a refresh. */
  read(entry: Entry): void;
  /** The process has compared a row with the program, and decided what becomes of it. */
  compared(name: string, entry: Entry, kind: DiffAnswer["kind"]): void;
  /** The process is asked to create a row. */
  creating(name: string): void;
  /** A create or an update has answered, and the row is about to be saved. */
  made(name: string, entry: Entry): void;
  /** The process is asked to delete a row. */
  deleting(name: string, entry: Entry, work: () => Promise<void>): Promise<void>;
  /** The engine drops a row without a delete. */
  dropped(entry: Entry): void;
}

/** Nobody notes anything. */
export const UNWATCHED: RowWatch = {
  read: () => undefined,
  compared: () => undefined,
  creating: () => undefined,
  made: () => undefined,
  deleting: (_name, _entry, work) => work(),
  dropped: () => undefined,
};

/** A deletion that a command asked for. */
interface Deletion {
  readonly name: string;
  readonly entry: Entry;
  readonly begunAt: number;
  error?: string;
}

/** Makes the book of one process. */
export function createRowBook(truth: TruthBook, now: () => number) {
  /** What the process has last seen of each row that it compared, made or was asked to delete. */
  const shown = new Map<number, Entry>();
  /** Rows of a refresh. A dynamic provider is given no URN: two rows of one run, of which one was renamed, look like one to it. */
  const read = new Map<number, Entry>();
  const deletions = new Map<number, Deletion>();
  const replaced = new Set<number>();
  const dropped = new Map<number, Entry>();
  const concerned = new Set<string>();
  /** Ids that the process had seen recorded when it was asked to create a row of a name, and when it answered. */
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
    /** What the engine reports to. */
    watch,
    /** The deletions that were asked for, by row. */
    deletions,
    /** Names of the resources that the process has compared, or was asked to create. */
    concerned,
    /** How many rows the engine dropped without a delete. */
    dropped: (): number => dropped.size,
    /** Whether the engine dropped the row of a run in this command. */
    isDropped: (id: string): boolean => [...dropped.values()].some((entry) => truth.idOf(entry) === id),
    /** Whether the row of a run is deleted in this command. */
    isDeleted: (id: string): boolean => [...deletions.values()].some(({ entry }) => truth.idOf(entry) === id),
    /** Rows that hold a run as far as the process has seen, and that this command neither deletes nor replaces. */
    othersSeen: (id: string): Entry[] =>
      [...shown.values()].filter(
        (entry) => !deletions.has(entry.row) && !replaced.has(entry.row) && truth.idOf(entry) === id,
      ),
    /** Whether the process had seen a run recorded when it was asked to create a row, or when it answered. */
    wasKnown: (name: string, id: string, when: "at create" | "at answer"): boolean =>
      (when === "at create" ? knownAtCreate : knownAtAnswer).get(name)?.has(id) === true,
    /** Rows that a create or an update has answered in this command, and that name a run. */
    answered: (): [name: string, entry: Entry][] => [...made].filter(([, entry]) => !isUnclear(entry)),
  };
}
