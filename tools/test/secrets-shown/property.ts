import fc from "fast-check";
import { encodings } from "../../../provider/secrets/testing/examples";
import { type GeneratedProject, projectPlans, written } from "./documents";
import { type Fault, type ShownText, shownTexts } from "./outputs";

/** The number of characters in a part of a secret. No output may contain such a part. */
const PART = 8;

/** Text that occurs in many documents. The test does not search for parts of this text. */
const ORDINARY = `-----BEGIN PRIVATE KEY----- RSA OPENSSH ENCRYPTED END EC CERTIFICATE "https:// "http:// \\"https://
  postgres password authorization bearer`;

/** Splits a secret into the parts that the test searches for in outputs. A short secret is one part. */
function partsOf(value: string): string[] {
  const lines = value.split("\n").filter((line) => line.trim().length >= 6 && !line.includes("-----"));
  return lines.flatMap((line) => {
    if (line.length <= PART) return [line.toLowerCase()];
    const starts = Array.from({ length: line.length - PART + 1 }, (_none, index) => index);
    return starts
      .map((start) => line.slice(start, start + PART))
      .filter(isTelling)
      .map((part) => part.toLowerCase());
  });
}

/** Whether a part is unlikely to occur in another text by chance. */
function isTelling(part: string): boolean {
  return (
    /^(?=.*[0-9])\S+$/.test(part) && new Set(part).size >= 5 && !ORDINARY.toLowerCase().includes(part.toLowerCase())
  );
}

/** Returns the outputs that contain a part of a secret of the project. */
export function leaks(project: GeneratedProject, shown: readonly ShownText[]): string[] {
  const found = new Set<string>();
  for (const { value, certainty, kind } of project.findings) {
    const forms = Object.entries(encodings).map(([name, encode]) => ({ name, parts: partsOf(encode(value)) }));
    for (const { where, text, showsRandom } of shown) {
      if (certainty === "random" && showsRandom === true) continue;
      // A message may repeat a value in lower case.
      const small = text.toLowerCase();
      const leaked = forms.find(({ parts }) => parts.some((part) => small.includes(part)));
      if (leaked !== undefined) found.add(`${where}: ${kind} (${certainty}), ${leaked.name}`);
    }
  }
  return [...found];
}

/** Counts of what was tested. */
export interface Tried {
  projects: number;
  findings: number;
  outputs: number;
  /** The number of projects without an error. The test also ran each of these projects. */
  valid: number;
}

/**
 * Returns the parameters of fast-check for `count` projects. `LYCEUM_FUZZ_SEED` sets another seed. `LYCEUM_FUZZ_SCALE`
 * multiplies the number of projects.
 */
export function amount(count: number): { readonly seed: number; readonly numRuns: number } {
  const scale = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);
  return {
    seed: Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301),
    numRuns: Math.max(1, Math.round(count * scale)),
  };
}

/**
 * Checks that no output shows a secret of any generated project. Otherwise the error contains the outputs and the
 * files.
 */
export function secretsAreHidden(fault?: Fault, tried?: Tried) {
  return fc.property(projectPlans, (plan) => {
    const project = written(plan);
    const shown = shownTexts(project, fault);
    if (tried !== undefined) {
      tried.projects += 1;
      tried.findings += project.findings.length;
      tried.outputs += shown.filter(({ text }) => text !== "").length;
      tried.valid += shown.some(({ where }) => where.includes("report")) ? 1 : 0;
    }
    const found = leaks(project, shown);
    if (found.length === 0) return;
    // The error shows the files of the smallest project that fails.
    const files = Object.entries(project.files).map(([path, text]) => `--- ${path}\n${text}`);
    throw new Error(`${found.join("\n")}\n${files.join("\n")}`);
  });
}
