/** The phases of a create or a delete, in order. */
export const PHASES = [
  "before the look-up",
  "between look-up and POST",
  "POST, before commit",
  "POST, after commit",
  "answered",
  "waiting",
  "ended",
  "deleting",
] as const;

/** One of {@link PHASES}. */
export type Phase = (typeof PHASES)[number];

/** The signals. An impatient person sends `SIGINT twice`. */
export type SignalName = "SIGINT" | "SIGINT twice" | "SIGTERM" | "SIGKILL";

/** The processes that receive a signal. `both` means the CLI and the provider, as with ^C in a terminal. */
export type Target = "CLI" | "provider" | "both" | "emulator";

/** A signal in a phase. */
export interface SignalCell {
  readonly signal: SignalName;
  readonly target: Target;
  readonly phase: Phase;
}

/**
 * The signals for each target. Only the engine treats a second ^C in a different way, so only the CLI gets
 * `SIGINT twice`.
 */
const SIGNALS: Readonly<Record<Target, readonly SignalName[]>> = {
  CLI: ["SIGINT", "SIGINT twice", "SIGTERM", "SIGKILL"],
  provider: ["SIGINT", "SIGTERM", "SIGKILL"],
  both: ["SIGINT", "SIGTERM", "SIGKILL"],
  emulator: ["SIGINT", "SIGTERM", "SIGKILL"],
};

/** Every signal, to every target, in every phase. */
export const SIGNAL_CELLS: readonly SignalCell[] = Object.entries(SIGNALS).flatMap(([target, signals]) =>
  signals.flatMap((signal) => PHASES.map((phase) => ({ signal, target: target as Target, phase }))),
);

/**
 * The faults that the emulator injects. With a fault whose name has "done", the emulator carries out the request. For a
 * read, such a fault only loses the answer.
 */
export const SERVICE_FAULTS = [
  "delay",
  "held",
  "reset, not done",
  "reset, done",
  "5xx, not done",
  "5xx, done",
  "429 with Retry-After",
  "garbage, not done",
  "garbage, done",
  "lagging list",
  "forgotten record",
  "slow answer",
  "no machine",
  "altered names",
  "end taken back",
  "refused list",
] as const;

/** One of {@link SERVICE_FAULTS}. */
export type ServiceFault = (typeof SERVICE_FAULTS)[number];

/** A fault of the emulator in a phase. */
export interface ServiceCell {
  readonly fault: ServiceFault;
  readonly phase: Phase;
}

const NOT_DONE: readonly ServiceFault[] = [
  "no machine",
  "reset, not done",
  "5xx, not done",
  "429 with Retry-After",
  "garbage, not done",
];
const DONE: readonly ServiceFault[] = ["reset, done", "5xx, done", "garbage, done"];
/** Faults that change what reads show. They last for a whole command, or concern one record of a run. */
const OF_READS: readonly ServiceFault[] = [
  "lagging list",
  "forgotten record",
  "altered names",
  "end taken back",
  "refused list",
];

/** Returns why a fault cannot happen in a phase. `undefined` if the fault can happen. */
export function whyNever({ fault, phase }: ServiceCell): string | undefined {
  if (phase === "POST, before commit" && DONE.includes(fault)) return "what is done is after the commit";
  if (phase === "POST, after commit" && NOT_DONE.includes(fault)) return "what is not done is before the commit";
  const isStart = ["between look-up and POST", "POST, before commit", "POST, after commit"].includes(phase);
  if (isStart && OF_READS.includes(fault)) return "a start shows no runs";
  if (!isStart && fault === "no machine") return "a machine is refused to a start";
  if (fault === "altered names" && (phase === "ended" || phase === "deleting")) return "names are read before the wait";
  if (fault === "end taken back" && ["before the look-up", "answered"].includes(phase)) return "no record is read";
  if (fault === "refused list" && phase === "ended") return "the list does not show ended runs anyway";
  if (fault === "forgotten record" && phase === "answered") return "a record is not asked for before a list is";
  if (fault === "lagging list" && phase === "ended") return "the list does not show ended runs anyway";
  if (fault === "forgotten record" && phase === "before the look-up") return "to a look-up it is a lagging list";
  return undefined;
}

/** Every fault of the emulator in every phase in which the fault can happen. */
export const SERVICE_CELLS: readonly ServiceCell[] = SERVICE_FAULTS.flatMap((fault) =>
  PHASES.map((phase) => ({ fault, phase })),
).filter((cell) => whyNever(cell) === undefined);

/**
 * Changes of states ("state surgery") that a person makes: by hand, or with Pulumi commands that do not call the
 * provider.
 */
export const ACTIONS = [
  "state move",
  "state rename",
  "state delete",
  "copied backend",
  "imported copy",
  "restored checkpoint",
  "up --target",
  "retainOnDelete",
] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** What the program declares for the resource after the state was changed. */
export const SEQUELS = ["the same text", "another text", "removed"] as const;

/** One of {@link SEQUELS}. */
export type Sequel = (typeof SEQUELS)[number];

/** A change of a state, and what the program declares after this change. */
export interface SurgeryCell {
  readonly action: Action;
  readonly then: Sequel;
}

/** Every change of a state, with everything that the program may declare after it. */
export const SURGERY_CELLS: readonly SurgeryCell[] = ACTIONS.flatMap((action) =>
  SEQUELS.map((then) => ({ action, then })),
);

/** Returns the name of a signal in tables and scenarios. */
export function signalName({ signal, target }: Pick<SignalCell, "signal" | "target">): string {
  return `${signal} to ${target === "both" ? "CLI and provider" : target === "emulator" ? "the emulator" : target}`;
}

/**
 * A combination that chaos counts: a signal in a phase, a fault of the emulator in a phase, or a change of a state with
 * the next declaration of the program. A chaos run can have a single cell.
 */
export type Cell =
  | { readonly kind: "signal"; readonly signal: SignalCell }
  | { readonly kind: "service"; readonly fault: ServiceCell }
  | { readonly kind: "surgery"; readonly surgery: SurgeryCell };

/** All cells. */
export const CELLS: readonly Cell[] = [
  ...SERVICE_CELLS.map((fault): Cell => ({ kind: "service", fault })),
  ...SIGNAL_CELLS.map((signal): Cell => ({ kind: "signal", signal })),
  ...SURGERY_CELLS.map((surgery): Cell => ({ kind: "surgery", surgery })),
];

/** Returns the name of a cell in reports, such as `SIGKILL to CLI × answered`. */
export function cellName(cell: Cell): string {
  switch (cell.kind) {
    case "signal":
      return `${signalName(cell.signal)} × ${cell.signal.phase}`;
    case "service":
      return `${cell.fault.fault} × ${cell.fault.phase}`;
    case "surgery":
      return `${cell.surgery.action} × ${cell.surgery.then}`;
  }
}

/** Returns the cells with this name, or with this text before the cross in their names, such as `state move`. */
export function cellsNamed(name: string): readonly Cell[] {
  return CELLS.filter((cell) => cellName(cell) === name || cellName(cell).startsWith(`${name} × `));
}
