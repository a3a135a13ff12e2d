import { isDuration, isSize } from "./amounts";
import { readShortPort, shortForm } from "./ports";

/** The longest text that gets a suggestion, in characters. */
const LONGEST_GUESS = 60;

/** Returns the size that the author probably meant: `512m` for `512 MB`, `512Mi` and `512 megabytes`. */
export function meantSize(text: string): string | undefined {
  const [, amount, unit = ""] = written(/^([0-9]+(?:\.[0-9]+)?)([kmgtpb])[a-z]*$/i, text);
  return accepted(amount === undefined ? undefined : `${amount}${unit.toLowerCase()}`, isSize);
}

const UNITS: Readonly<Record<string, string>> = {
  "": "s",
  ...wordsOf("ms", "ms msec msecs millisecond milliseconds"),
  ...wordsOf("s", "s sec secs second seconds"),
  ...wordsOf("m", "m min mins minute minutes"),
  ...wordsOf("h", "h hr hrs hour hours"),
  ...wordsOf("d", "d day days"),
};

/** Returns the duration that the author probably meant: `30s` for `30` and `30 seconds`. */
export function meantDuration(text: string): string | undefined {
  const [, amount, word = ""] = written(/^([0-9]+(?:\.[0-9]+)?)([a-z]*)$/i, text);
  const unit = UNITS[word.toLowerCase()];
  return accepted(amount === undefined || unit === undefined ? undefined : `${amount}${unit}`, isDuration);
}

/** Returns the port that the author probably meant: `8080:80/tcp` for `8080/tcp:80`, `8080->80` and `8080:80/http`. */
export function meantPort(text: string): string | undefined {
  const plain = text.length > LONGEST_GUESS ? "" : text.replace(/\s/g, "").replace("->", ":");
  const protocol = /\/(tcp|udp|sctp)\b/i.exec(plain)?.[1]?.toLowerCase() ?? "tcp";
  const numbers = plain.replace(/\/[a-z]*/gi, "");
  const read = numbers === "" ? numbers : readShortPort(`${numbers}/${protocol}`);
  return typeof read === "string" || read.targets.first === 0 ? undefined : shortForm(read);
}

function written(form: RegExp, text: string): readonly (string | undefined)[] {
  return (text.length > LONGEST_GUESS ? null : form.exec(text.replace(/[\s_]/g, ""))) ?? [];
}

function accepted(guess: string | undefined, fits: (text: string) => boolean): string | undefined {
  return guess !== undefined && fits(guess) ? guess : undefined;
}

function wordsOf(unit: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(" ").map((word) => [word, unit]));
}
