import { type CorpusCase, type CorpusKind, NEVER_CERTAIN, NEVER_SECRET, WITH_SECRETS } from "./corpus";
import type { Certainty, Detector, SecretFinding } from "./detector";

/** The results of a detector for the texts of one kind. */
export interface Measured {
  readonly kind: string;
  readonly texts: number;
  readonly secrets: number;
  readonly found: number;
  /** The number of secrets for which the finding also contains ordinary text around the secret. */
  readonly wide: number;
  readonly missed: readonly CorpusCase[];
  /** The findings that do not overlap a secret. */
  readonly wrong: readonly WrongFinding[];
}

export interface WrongFinding {
  readonly of: CorpusCase;
  readonly finding: SecretFinding;
}

type Expected = CorpusCase["secrets"][number];

/** Measures a detector with the whole corpus. */
export function measure(detect: Detector): readonly Measured[] {
  return [...WITH_SECRETS, ...NEVER_SECRET, ...NEVER_CERTAIN].map((kind) => measureKind(detect, kind));
}

export function measureKind(detect: Detector, { kind, match, cases }: CorpusKind): Measured {
  const missed: CorpusCase[] = [];
  const wrong: WrongFinding[] = [];
  let [secrets, found, wide] = [0, 0, 0];
  for (const each of cases) {
    const findings = detect(each.text, each.place);
    secrets += each.secrets.length;
    const unfound = each.secrets.filter((secret) => {
      const covered = findings.some((finding) => covers(finding, secret));
      const exact = findings.some((finding) => isExactly(each.text, finding, secret));
      if (covered && !exact && match === "exact") wide += 1;
      return !(exact || (covered && match === "part"));
    });
    found += each.secrets.length - unfound.length;
    if (unfound.length > 0) missed.push(each);
    wrong.push(
      ...findings
        .filter((finding) => !each.secrets.some((one) => touches(finding, one)))
        .map((finding) => ({ of: each, finding })),
    );
  }
  return { kind, texts: cases.length, secrets, found, wide, missed, wrong };
}

/** Whether a finding contains a secret, by its position in the text or by its value. */
function covers({ start, end, value }: SecretFinding, secret: Expected): boolean {
  return (start <= secret.start && end >= secret.end) || secret.values.some((each) => value.includes(each));
}

/** Whether a finding is exactly a secret. Quotes around the secret may be part of the finding. */
function isExactly(text: string, { start, end, value }: SecretFinding, secret: Expected): boolean {
  if (secret.values.includes(value)) return true;
  const [before, after] = [text.slice(start, secret.start), text.slice(secret.end, end)];
  return start <= secret.start && end >= secret.end && before === after && /^["']?$/.test(before);
}

function touches({ start, end }: SecretFinding, secret: Expected): boolean {
  return start < secret.end && end > secret.start;
}

export const recallOf = ({ found, secrets }: Measured): number => (secrets === 0 ? 1 : found / secrets);

/** The share of the findings that are really secrets. */
export function precisionOf(measured: readonly Measured[]): number {
  const found = measured.reduce((sum, each) => sum + each.found + each.wide, 0);
  const wrong = measured.reduce((sum, each) => sum + each.wrong.length, 0);
  return found + wrong === 0 ? 1 : found / (found + wrong);
}

export const wrongOf = ({ wrong }: Measured, certainty: Certainty): number =>
  wrong.filter(({ finding }) => finding.certainty === certainty).length;

/** The table of results, in Markdown. */
export function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map((each) => {
    const some = each.secrets > 0;
    const cells = [each.kind, each.texts, some ? each.secrets : "", some ? percentOf(recallOf(each)) : ""];
    return [...cells, wrongOf(each, "form"), wrongOf(each, "named"), wrongOf(each, "random")];
  });
  return [
    "| texts | number | secrets in them | found | wrong: by form | wrong: by name | wrong: random |",
    "|---|--:|--:|--:|--:|--:|--:|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

/** A share as text in percent. The number is rounded down, so that 100 % means all. */
export function percentOf(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

const TABLE = /(<!-- table: SECRETS -->\n)[\s\S]*?(<!-- end -->)/;

/** Returns a page in which the text between the markers is replaced by the table. */
export function withTable(page: string, table: string): string {
  if (!TABLE.test(page)) throw new Error("The page has no <!-- table: SECRETS --> and <!-- end -->.");
  return page.replace(TABLE, (_whole, before: string, after: string) => `${before}${table}\n${after}`);
}
