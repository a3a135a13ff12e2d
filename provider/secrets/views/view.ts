/**
 * A text as it would read when one layer of encoding is taken off, and where each of its characters comes from. A secret is
 * searched for as it is, in every view: so no spelling of it has to be listed.
 */
export interface View {
  /** UTF-16 code units; bytes in a view of decoded bytes. */
  readonly units: Uint16Array;
  /** Offsets in the first text, a unit's first and the one behind its last; absent where they are those of the unit. */
  readonly from?: Int32Array;
  readonly to?: Int32Array;
  /** The units as a string. */
  readonly text: string;
}

/** Stands between pieces that do not belong together; no text holds it. */
export const SEAM = 0xffff;

/** A text as its own first view. */
export function plainView(text: string): View {
  const bytes = Buffer.from(text, "utf16le");
  return { units: new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)), text };
}

/** Where the units of a view from an offset up to another stand in the first text. */
export function spanIn({ from, to }: View, start: number, end: number): { start: number; end: number } {
  if (from === undefined || to === undefined) return { start, end };
  return { start: from[start] ?? 0, end: to[end - 1] ?? 0 };
}

/** Puts a view together out of another one. */
export class ViewBuilder {
  private readonly units: Uint16Array;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private length = 0;

  /** @param capacity more units than will be added. */
  constructor(
    private readonly parent: View,
    capacity = parent.units.length,
  ) {
    this.units = new Uint16Array(capacity);
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
  }

  /** Adds a unit that stands for those of the parent from an offset up to another. */
  add(unit: number, start: number, end: number): void {
    const { parent, length } = this;
    this.units[length] = unit;
    this.from[length] = parent.from?.[start] ?? start;
    this.to[length] = parent.to?.[end - 1] ?? end;
    this.length = length + 1;
  }

  build(): View {
    const { length } = this;
    const units = this.units.subarray(0, length);
    let text: string | undefined;
    return {
      units,
      from: this.from.subarray(0, length),
      to: this.to.subarray(0, length),
      get text() {
        text ??= Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString("utf16le");
        return text;
      },
    };
  }
}
