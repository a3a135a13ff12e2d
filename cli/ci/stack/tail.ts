import { printable } from "../../../provider/display/printable";
import { createRedactor } from "../../../provider/secrets";
import type { Surface } from "../../command";
import { shortened } from "../table";

const MOST_LINES = 20;
const LONGEST_LINE = 500;
/**
 * The number of characters that are kept while a command runs. More characters are kept than a summary shows, because
 * some lines are dropped before the summary is written.
 */
const MOST_KEPT = 64_000;

/** Variables of a pipeline that contain secrets. A program may print these secrets. */
const SECRETS = [
  "LYCEUM_API_KEY",
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];

/** Collects the output of a command. `lines` returns the last lines for a summary, with secrets masked. */
export function outputTail({ variable }: Pick<Surface, "variable">): {
  readonly add: (text: string) => void;
  readonly lines: () => readonly string[];
} {
  let kept = "";
  let isCut = false;
  return {
    add: (text) => {
      kept += `${text.trimEnd()}\n`;
      if (kept.length < 2 * MOST_KEPT) return;
      kept = kept.slice(-MOST_KEPT);
      isCut = true;
    },
    lines: () => {
      const redact = createRedactor(SECRETS.flatMap((name) => variable(name) ?? []));
      // Secrets are masked before lines are cut, because only a whole secret can be found. The first kept line may be
      // incomplete, so it is dropped.
      const whole = isCut ? kept.slice(kept.indexOf("\n") + 1) : kept;
      const lines = printable(redact(whole))
        .split("\n")
        .map((line) => shortened(line.trimEnd(), LONGEST_LINE))
        .filter((line) => line !== "" && !PROGRESS.test(line));
      return ofDiagnostics(lines).slice(-MOST_LINES);
    },
  };
}

/**
 * Returns the lines of the section `Diagnostics`, because the summary already has the other sections. Without this
 * section, returns all lines.
 */
function ofDiagnostics(lines: readonly string[]): readonly string[] {
  const begin = lines.lastIndexOf("Diagnostics:");
  if (begin < 0) return lines;
  const behind = lines.slice(begin + 1);
  const counts = behind.indexOf("Resources:");
  if (counts < 0) return behind;
  // Lines of the standard error may follow the counts of resources.
  const rest = behind.slice(counts + 1).filter((line) => !/^( |Duration: )/.test(line));
  return [...behind.slice(0, counts), ...rest];
}

const PROGRESS = /^@ (previewing|updating|refreshing|destroying)/;
