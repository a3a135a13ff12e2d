import { withoutBase64, withoutHexadecimal } from "./digits";
import { withoutControls, withoutLineBreaks, withoutQuotes } from "./dropped";
import { withoutBackslashes, withoutEntities, withoutPercents } from "./escapes";
import { plainView, type View } from "./view";

/** A view, and how it was come by. */
export interface NamedView {
  readonly view: View;
  /**
   * How its words are those of the text: `joined` lines may let a word go on that ended in the text, and without quotes
   * (`unquoted`) nothing marks where one ends.
   */
  readonly words: "same" | "joined" | "unquoted";
}

/**
 * Every view of a text that is worth searching, one after another: as it is, without control characters, quotes and line
 * breaks, with one or two layers of escapes taken off, and the bytes that base64 and hexadecimal digits stand for. There are
 * as many as the text has kinds of signs, at most some forty, so that time stays linear.
 */
export function* viewsOf(text: string): Generator<NamedView> {
  const plain = plainView(text);
  const escaped = escapesOf(plain, text);
  yield* flat(plain, text);
  for (const view of escaped) {
    yield* flat(view, view.text);
    for (const twice of escapesOf(view, view.text)) yield* flat(twice, twice.text);
  }
  for (const view of [plain, ...escaped]) {
    for (const bytes of [...withoutBase64(view), ...withoutHexadecimal(view)]) {
      yield named(bytes);
      // Encoded credentials stand inside encoded files.
      for (const again of withoutBase64(bytes)) yield named(again);
    }
  }
}

const named = (view: View, words: NamedView["words"] = "same"): NamedView => ({ view, words });

function* flat(view: View, text: string): Generator<NamedView> {
  yield named(view);
  if (invisible.test(text)) yield named(withoutControls(view));
  if (/["'\\]/.test(text)) yield named(withoutQuotes(view), "unquoted");
  if (text.includes("\n")) yield named(withoutLineBreaks(view), "joined");
}

const invisible = /(?![\t\n])[\p{Cc}\p{Cf}]/u;

function escapesOf(view: View, text: string): View[] {
  const views: View[] = [];
  if (text.includes("\\")) views.push(withoutBackslashes(view));
  if (text.includes("%")) views.push(withoutPercents(view, false));
  if (/%[0-9A-Fa-f]{2}|\w\+\w/.test(text) && text.includes("+")) views.push(withoutPercents(view, true));
  if (text.includes("&")) views.push(withoutEntities(view));
  return views;
}
