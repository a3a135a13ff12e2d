import { controlLength } from "../../display/controls";
import { type View, ViewBuilder } from "./view";

/** Without what a terminal does not show: escape sequences, control characters and invisible ones; line breaks stay. */
export function withoutControls(parent: View): View {
  return without(parent, (view, at) => controlLength(view.units, at));
}

/** All of it in one line: a secret that a log's width or two messages broke in two is whole again. */
export function withoutLineBreaks(parent: View): View {
  return without(parent, (view, at) => (view.units[at] === 10 ? 1 : controlLength(view.units, at)));
}

/** Without quotes and backslashes, in whichever way a shell was kept from reading them: `'it'\''s'`, `it\'s`. */
export function withoutQuotes(parent: View): View {
  return without(parent, ({ units }, at) => (isQuote(units[at]) ? 1 : 0));
}

/** A secret as {@link withoutQuotes} shows it. */
export function unquoted(text: string): string {
  return text.replace(/["'\\]/g, "");
}

function isQuote(unit: number | undefined): boolean {
  return unit === 34 || unit === 39 || unit === 92;
}

function without(parent: View, skip: (view: View, at: number) => number): View {
  const { units } = parent;
  const builder = new ViewBuilder(parent);
  for (let at = 0; at < units.length; ) {
    const length = skip(parent, at);
    if (length === 0) builder.add(units[at] ?? 0, at, at + 1);
    at += length === 0 ? 1 : length;
  }
  return builder.build();
}
