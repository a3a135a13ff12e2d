/** A word that only this project would use in a name, and what the field calls it. */
interface NameWord {
  /** Matched against a name whose parts are separate words in lower case: `lastSeenAt` is `last seen at`. */
  readonly word: RegExp;
  readonly instead: string;
}

/** Names for which a word is right. */
interface NameException {
  readonly file: RegExp;
  /** Against the parts of the name, as in {@link NameWord.word}. */
  readonly name: RegExp;
  readonly why: string;
}

/** Folders whose names of files and declarations are checked. */
export const NAMED: readonly string[] = ["provider", "sdk", "cli", "emulator/src", "tests", "tools", "bench"];

export const NAME_WORDS: readonly NameWord[] = [
  { word: /\b(told|tells?|telling|said|says?)\b/, instead: "report, print, describe, output" },
  { word: /\b(judges?|judged|judging|judge?ments?|verdicts?)\b/, instead: "validate, evaluate, outcome" },
  { word: /\b(faults?|faulty)\b/, instead: "diagnostic (in a compose text), error, failure" },
  { word: /\b(wish|wishes|wished)\b/, instead: "desired" },
  { word: /\b(rooms?|houses?|arrows?)\b/, instead: "workspace, module, dependency" },
  { word: /\blooks?\b(?! (up|secret)\b)/, instead: "lookup, snapshot, check, stat" },
  { word: /\bseen\b/, instead: "observed, received, visited" },
  { word: /\b(strays?|leftovers?|orphan(s|ed)?)\b/, instead: "duplicate, abandoned" },
  { word: /\b(give|gives|given|gave|giving) up\b/, instead: "abandon" },
  { word: /\bunicity\b/, instead: "uniqueness" },
  { word: /\bsurroundings\b/, instead: "context" },
  { word: /\bstrange\b/, instead: "unknown" },
  { word: /\bconceal(s|ed|ing)?\b/, instead: "mask, redact" },
  { word: /\bmend(s|ed|ing)?\b/, instead: "fix, repair" },
  { word: /\b(story|stories)\b/, instead: "scenario" },
  { word: /\b(bent|bends?|breakages?)\b/, instead: "altered, injected failure, planted bug" },
  { word: /\b(fall|falls|fell|fallen) short\b/, instead: "failed, did not reach" },
  { word: /\b(take|takes|took|taken) over\b/, instead: "adopt" },
];

export const NAME_EXCEPTIONS: readonly NameException[] = [
  {
    file: /^emulator\/src\/(emulator|faults\/|page\/|server\/|testing\/)/,
    name: /\bfaults?\b/g,
    why: "an injected fault is the field's term, and the control API has routes and fields of this name",
  },
  {
    file: /^tests\/(chaos|command-line|doctor|fuzz|gitops|harness|scenarios|vendor-cli)\//,
    name: /\bfaults?\b/g,
    why: "faults that the emulator's control API injects",
  },
  {
    file: /^provider\/lyceum\/probe\/report\.ts$/,
    name: /^end seen$/g,
    why: "a key of what `doctor --json` prints",
  },
  {
    file: /^tests\/scenarios\/project\//,
    name: /^story tag$/g,
    why: "a variable of the program; golden files hold it",
  },
];
