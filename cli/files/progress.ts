import { sizeText } from "../../provider/display/sizes";
import { count } from "../layout";

/** The progress of a transfer, on one line of the terminal. */
export interface Progress {
  readonly addBytes: (bytes: number) => void;
  readonly addFile: () => void;
  /** Removes the progress from the terminal. */
  readonly end: () => void;
}

/** The effects that the progress needs. Tests replace them. */
export interface ProgressPorts {
  /** Replaces the last line of the terminal; undefined without a terminal. */
  readonly write: ((text: string) => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The shortest time between two updates, in milliseconds. Faster updates are not readable and slow the transfer down.
 */
const PAUSE = 100;
const BAR = 20;

/** Shows how much of a transfer is done. */
export function showProgress(
  total: { readonly files: number; readonly bytes: number },
  { write, now }: ProgressPorts,
): Progress {
  let bytes = 0;
  let files = 0;
  let shown = Number.NEGATIVE_INFINITY;
  const show = (): void => {
    if (write === undefined || now() - shown < PAUSE) return;
    shown = now();
    const share = total.bytes === 0 ? 1 : Math.min(1, bytes / total.bytes);
    const full = Math.floor(share * BAR);
    write(
      `[${"=".repeat(full)}${" ".repeat(BAR - full)}] ${Math.floor(share * 100)} %, ${sizeText(bytes)} of ${sizeText(total.bytes)}, ${files} of ${count(total.files, "file")}`,
    );
  };
  return {
    addBytes: (more) => {
      bytes += more;
      show();
    },
    addFile: () => {
      files += 1;
      show();
    },
    end: () => write?.(""),
  };
}
