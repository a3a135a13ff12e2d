import type { Span } from "../position";
import { ambiguousCharacters } from "../text";
import type { ProjectFaults } from "./diagnostics";
import type { EnvFormat } from "./dotenv";
import { readEnvFile } from "./dotenv";
import type { Mention, ProjectReader } from "./reader";
import type { LookUp, VariableValue } from "./template";

/** A variable that an env file sets, with its place. */
export interface PlacedVariable extends VariableValue {
  readonly span: Span;
}

/** What reading env files needs. */
export interface EnvFileContext {
  readonly reader: ProjectReader;
  readonly faults: ProjectFaults;
  /** Where the files are named. */
  readonly mention: Mention;
  /** Asked first for a variable in a value. */
  readonly lookUp: LookUp;
  /** What files before these have set: asked last. */
  readonly earlier?: LookUp;
  readonly format?: EnvFormat;
}

/** Variables of env files, later ones over earlier ones. All of them count as secret: that is what such files are for. */
export function envEntries(paths: readonly string[], context: EnvFileContext): Map<string, PlacedVariable> {
  const { reader, faults, mention, format } = context;
  const entries = new Map<string, PlacedVariable>();
  const variables = {
    given: context.lookUp,
    earlier: (name: string) => entries.get(name) ?? context.earlier?.(name),
  };
  for (const path of paths) {
    const read = reader.text(path, mention, true);
    if (read === undefined) continue;
    const { text, source } = read;
    const file = readEnvFile(text, variables, format);
    const place = ({ start, end }: Span): Span => ({ start: source.start + start, end: source.start + end });
    const ambiguous = ambiguousCharacters(text);
    for (const { message, span } of ambiguous) faults.add("LYC2016", message, { span: place(span) });
    // Such a character makes other faults, which go with it.
    for (const fault of ambiguous.length > 0 ? [] : file.faults)
      faults.add("LYC2508", fault.message, { span: place(fault) });
    for (const { name, value, ...span } of file.entries) {
      reader.secrets.add(value);
      entries.set(name, { text: value, secret: true, span: place(span) });
    }
  }
  return entries;
}
