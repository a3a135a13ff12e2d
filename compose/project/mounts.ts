import type { ComposeNode } from "../model/model";
import { readVolume } from "../short-forms/volumes";
import { isYes, textOf, valueAt } from "./nodes";

/** An item of `volumes`, in short or long syntax. In short syntax, the source decides the type. */
export interface WrittenMount {
  readonly type: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly readOnly: boolean;
}

/** Reads an item of `volumes`. Returns `undefined` if its short syntax is not valid. */
export function mountIn(item: ComposeNode): WrittenMount | undefined {
  const text = textOf(item);
  if (text === undefined) {
    const [type, source, target] = ["type", "source", "target"].map((key) => textOf(valueAt(item, key)));
    return { type, source, target, readOnly: isYes(valueAt(item, "read_only")) };
  }
  const read = readVolume(text);
  return typeof read === "string" ? undefined : { ...read, readOnly: read.options.includes("ro") };
}
