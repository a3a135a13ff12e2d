import { secretsIn } from "../../../provider/secrets";
import { type CorpusCase, WITH_SECRETS } from "../../../provider/secrets/testing/corpus";

/** How a text of the corpus is written into a document. */
export type CandidateKind = "entry" | "pair" | "command" | "argument" | "file" | "text";

/** A text of the corpus that contains a secret, by the rules of the detector. */
export interface Candidate extends Pick<CorpusCase, "name" | "text" | "place"> {
  readonly kind: CandidateKind;
}

function kindOf({ text, place }: CorpusCase): CandidateKind {
  if (place.file !== undefined) return "file";
  if (place.before !== undefined) return "argument";
  if (place.key === "command") return "command";
  if (place.key !== undefined) return "entry";
  return /^[\w.-]+=.+$/.test(text) ? "pair" : "text";
}

/**
 * Whether a text can be used. A dollar sign would begin a variable of Compose, and a long text would only make the test
 * slow.
 */
const isUsable = ({ text }: CorpusCase): boolean => !text.includes("$") && text.length < 2000;

/** The usable texts of the corpus, by their kind. */
export const CANDIDATES: Readonly<Record<CandidateKind, readonly Candidate[]>> = candidatesByKind();

function candidatesByKind(): Record<CandidateKind, Candidate[]> {
  const all: Record<CandidateKind, Candidate[]> = {
    entry: [],
    pair: [],
    command: [],
    argument: [],
    file: [],
    text: [],
  };
  for (const one of WITH_SECRETS.flatMap(({ cases }) => cases)) {
    if (!isUsable(one) || secretsIn(one.text, one.place).length === 0) continue;
    const kind = kindOf(one);
    all[kind].push({ name: one.name, text: one.text, place: one.place, kind });
  }
  return all;
}
