/** A word that only this project uses in its sense, and what Pulumi, Compose or Lyceum call it. */
interface Word {
  readonly word: RegExp;
  readonly instead: string;
}

/** A place where the word is right in its context. */
interface Exception {
  readonly file: RegExp;
  /** The words around it, global. */
  readonly text: RegExp;
  readonly why: string;
}

/** Folders and files whose texts users read. */
export const SOURCES: readonly string[] = ["provider", "sdk", "cli", "emulator/src", "tools", "bench"];

/** Pages of prose. Decision records keep the words of their day. */
export const PROSE: readonly string[] = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "docs/README.md",
  "docs/contributing/README.md",
  "docs/contributing/architecture.md",
  "docs/contributing/corpus.md",
  "docs/contributing/lifecycle-scenarios.md",
  "docs/contributing/releasing.md",
  "docs/contributing/mutation-testing.md",
  "docs/contributing/robustness.md",
  "docs/explanation/docker-compose.md",
  "docs/explanation/lifecycle.md",
  "docs/explanation/performance.md",
  "docs/explanation/reliability.md",
  "docs/explanation/threat-model.md",
  "docs/guides/components.md",
  "docs/guides/compose.md",
  "docs/guides/configuration.md",
  "docs/guides/doctor.md",
  "docs/guides/emulator.md",
  "docs/guides/failing-run.md",
  "docs/guides/first-program.md",
  "docs/guides/gitops.md",
  "docs/guides/gpu-job.md",
  "docs/guides/migration.md",
  "docs/guides/plugin.md",
  "docs/guides/runs.md",
  "docs/guides/sweep.md",
  "docs/guides/unit-tests.md",
  "docs/guides/upgrading.md",
  "docs/reference/arguments.md",
  "docs/reference/ci.md",
  "docs/reference/commands.md",
  "docs/reference/diagnostics.md",
  "docs/reference/emulator-docker.md",
  "docs/reference/emulator.md",
  "docs/reference/errors.md",
];

export const WORDS: readonly Word[] = [
  { word: /\b(told|tells?|said|says?)\b/i, instead: "reports, shows, prints, returns" },
  { word: /\b(judge[sd]?|judging|verdicts?)\b/i, instead: "validate, evaluate, outcome" },
  { word: /\bfaults?\b/i, instead: "error, diagnostic, injected error" },
  { word: /\b(wish(es)?|what is wanted)\b/i, instead: "desired state" },
  { word: /\b(rooms?|houses?|arrows?)\b/i, instead: "module, layer, dependency" },
  {
    word: /\b(?:a|one|the|no|each|this|every) looks?\b|\blook-ups?\b|\blooked (?:at|into|through|up|after)\b/i,
    instead: "list, snapshot, lookup, observed",
  },
  { word: /\bseen\b|\bsight of\b/i, instead: "observed, last status" },
  { word: /\b(strays?|leftovers?|orphan(s|ed)?|left behind)\b/i, instead: "abandoned run, duplicate run" },
  { word: /\b(given|give|gives|gave|giving) up\b/i, instead: "abandoned" },
  { word: /\bunicity\b/i, instead: "uniqueness" },
  { word: /\bsurroundings\b/i, instead: "context" },
  { word: /\bstrange\b/i, instead: "unknown" },
  { word: /\b(conceal(s|ed)?|(hold|holds|held) back)\b/i, instead: "mask, redact" },
  { word: /\bmend(s|ed)?\b/i, instead: "fix" },
  { word: /\bstor(y|ies)\b/i, instead: "scenario" },
  { word: /\b(fall|falls|fell|fallen) short\b/i, instead: "failed, did not reach" },
  { word: /\bbent\b/i, instead: "failed, altered" },
  { word: /\b(take|takes|took|taken|taking) (?!precedence)(?:\w+ ){0,3}?over\b/i, instead: "adopt" },
  { word: /\b(it|that|is|are) (is )?none\b|\bis no (code|URL|text|slug)\b/i, instead: "is not a valid …" },
  { word: /\bseen to\b/i, instead: "was not verified" },
  { word: /\bbeside\b/i, instead: "next to, in addition to" },
  { word: /\b(whoever|whatever|wherever|whichever|whose name says)\b/i, instead: "the concrete subject" },
  {
    word: /\bfor ever\b|\bspoken\b|\b(came|comes?) of (it|them|the)\b|\bbroke off\b|\bas it is\b|\bsee to it\b/i,
    instead: "a literal sentence",
  },
  {
    word: /\b(organisations?|behaviours?|catalogues?|normalis\w+|recognis\w+|colours?|licences?)\b/i,
    instead: "American spelling",
  },
];

export const EXCEPTIONS: readonly Exception[] = [
  {
    file: /^emulator\/src\//,
    text: /\bfault\b(?=\.\w| must)|\/faults\b|There is no fault|injected fault/g,
    why: "the field and the routes of the control API have this name",
  },
  { file: /^docs\/reference\/emulator\.md$/, text: /\bfaults?\b/gi, why: "what the route of the control API injects" },
  { file: /^docs\/guides\/doctor\.md$/, text: /\| seen \|/g, why: "a value of the column, explained above the table" },
  { file: /provider-code\.ts$/, text: /told on the resource's own row/g, why: "every state contains this text" },
];
