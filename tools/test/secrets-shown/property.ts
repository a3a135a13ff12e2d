import fc from "fast-check";
import { encodings } from "../../../provider/secrets/testing/examples";
import { type GeneratedProject, projectPlans, written } from "./documents";
import { type Fault, type ShownText, shownTexts } from "./outputs";

/** The number of characters of a secret that no output may contain. */
const PART = 8;

/** What many documents contain: no part of it is searched for. */
const ORDINARY = `-----BEGIN PRIVATE KEY----- RSA OPENSSH ENCRYPTED END EC CERTIFICATE "https:// "http:// \\"https://
  postgres password authorization bearer`;

/** A value, or the parts of a long one, by which a leak is found. */
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

/** Whether no other text contains a part by chance. A finding may have an address around the secret. */
function isTelling(part: string): boolean {
  return (
    /^(?=.*[0-9])\S+$/.test(part) && new Set(part).size >= 5 && !ORDINARY.toLowerCase().includes(part.toLowerCase())
  );
}

/** The outputs of a project that contain a part of a secret. */
export function leaks(project: GeneratedProject, shown: readonly ShownText[]): string[] {
  const found = new Set<string>();
  for (const { value, certainty, kind } of project.findings) {
    const forms = Object.entries(encodings).map(([name, encode]) => ({ name, parts: partsOf(encode(value)) }));
    for (const { where, text, showsRandom } of shown) {
      if (certainty === "random" && showsRandom === true) continue;
      // A message may repeat a value in small letters.
      const small = text.toLowerCase();
      const leaked = forms.find(({ parts }) => parts.some((part) => small.includes(part)));
      if (leaked !== undefined) found.add(`${where}: ${kind} (${certainty}), ${leaked.name}`);
    }
  }
  return [...found];
}

/** What a number of runs has tried. */
export interface Tried {
  projects: number;
  findings: number;
  outputs: number;
  /** Projects without an error, of which a run was tried, too. */
  valid: number;
}

/** Parameters of fast-check for `count` projects. `LYCEUM_FUZZ_SEED` sets other ones, `LYCEUM_FUZZ_SCALE` more. */
export function amount(count: number): { readonly seed: number; readonly numRuns: number } {
  const scale = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);
  return {
    seed: Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301),
    numRuns: Math.max(1, Math.round(count * scale)),
  };
}

/** No output shows a secret of any generated project. A failure prints the files and the outputs. */
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
    // The smallest case, for a person.
    const files = Object.entries(project.files).map(([path, text]) => `--- ${path}\n${text}`);
    throw new Error(`${found.join("\n")}\n${files.join("\n")}`);
  });
}
