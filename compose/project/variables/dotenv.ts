import type { Span } from "../../diagnostics/position";
import { substitute, type VariableLookup, type VariableValue } from "./template";

/** A variable of an env file, with the position of its value. */
export interface EnvEntry extends Span {
  readonly name: string;
  readonly value: string;
}

/** An error in an env file, and its span. The message never contains the text of the span. */
export interface EnvFileError extends Span {
  readonly message: string;
}

/** The variables of an env file in order, and the errors of the file. */
export interface EnvFile {
  readonly entries: readonly EnvEntry[];
  readonly errors: readonly EnvFileError[];
}

/** The syntax of an env file. `dotenv`: similar to a shell. `raw`: the text after `=` is the value. */
export type EnvFormat = "dotenv" | "raw";

/**
 * The lookups for variables to which values in an env file refer. The order: `given`, the variables of the file itself,
 * `earlier`.
 */
export interface EnvVariables {
  readonly given: VariableLookup;
  /** Looks up the variables that earlier env files set. */
  readonly earlier: VariableLookup;
}

/**
 * Reads an env file as Compose does. A name without a value gets its value from `given` or `earlier`, or is otherwise
 * left out. A byte order mark counts as white space.
 */
export function readEnvFile(text: string, variables: EnvVariables, format: EnvFormat = "dotenv"): EnvFile {
  return format === "raw" ? readRaw(text, variables) : new EnvReader(text, variables).read();
}

function readRaw(text: string, { given, earlier }: EnvVariables): EnvFile {
  const entries: EnvEntry[] = [];
  const errors: EnvFileError[] = [];
  let start = 0;
  for (const whole of text.split("\n")) {
    const line = whole.replace(/\r$/, "");
    const indent = line.length - line.trimStart().length;
    const [from, end] = [start + indent, start + line.length];
    start += whole.length + 1;
    const written = line.slice(indent);
    if (written === "" || written.startsWith("#")) continue;
    const equals = written.indexOf("=");
    const name = equals === -1 ? written : written.slice(0, equals);
    if (name === "") errors.push({ message: "a line has no name in front of its =", start: from, end });
    else if (/\s/.test(name)) errors.push({ message: "a name holds white space", start: from, end });
    else if (equals !== -1) {
      entries.push({ name, value: written.slice(equals + 1), start: from + equals + 1, end });
    } else {
      const found = given(name) ?? earlier(name);
      if (found !== undefined) entries.push({ name, value: found.text, start: from, end });
    }
  }
  return { entries, errors };
}

/** Matches white space, except the line feed. */
const BLANK = /[\t\v\f\r \u0085\u00a0]/;
const NAME_SIGN = /[\p{L}\p{N}_.[\]-]/u;

class EnvReader {
  private readonly entries: EnvEntry[] = [];
  private readonly errors: EnvFileError[] = [];
  private readonly set = new Map<string, string>();
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly variables: EnvVariables,
  ) {}

  read(): EnvFile {
    const { text } = this;
    while (this.errors.length === 0) {
      while (/\s/.test(text[this.at] ?? "")) this.at += 1;
      if (this.at >= text.length) break;
      if (text[this.at] === "#") this.at = this.lineEnd(this.at);
      else this.statement();
    }
    return { entries: this.entries, errors: this.errors };
  }

  private statement(): void {
    const { text } = this;
    // After `export`, Compose accepts only ASCII white space.
    if (/^export[\t\n\f\r ]/.test(text.slice(this.at, this.at + "export ".length))) {
      this.at += "export".length;
      this.skipBlanks();
    }
    const start = this.at;
    let end = start;
    let sign = "";
    for (; end < text.length; end += sign.length) {
      sign = String.fromCodePoint(text.codePointAt(end) ?? 0);
      if (sign === "=" || sign === ":" || sign === "\n") break;
      if (BLANK.test(sign) || NAME_SIGN.test(sign)) continue;
      this.error("a name holds a sign that is not allowed in it", end, end + sign.length);
      return;
    }
    // Compose ignores a last line without `=` and without a line break. Here, this line is an error.
    if (end >= text.length) {
      this.error("the last line has no =", start, end);
      return;
    }
    const name = text.slice(start, end).trimEnd();
    this.at = end + 1;
    if (name.includes(" ")) {
      this.error("a name holds a space", start, end);
      return;
    }
    if (sign === "\n") {
      const found = this.variables.given(name) ?? this.variables.earlier(name);
      if (found !== undefined) this.note(name, found.text, start, start + name.length);
      return;
    }
    this.skipBlanks();
    this.value(name);
  }

  private value(name: string): void {
    const { text } = this;
    const quote = text[this.at];
    if (quote !== '"' && quote !== "'") {
      const start = this.at;
      const end = this.lineEnd(start);
      const value = text.slice(start, end).split(" #", 1)[0]?.trimEnd() ?? "";
      this.at = Math.min(end + 1, text.length);
      this.note(name, this.expand(value, start, end), start, start + value.length);
      return;
    }
    const start = this.at;
    let value = "";
    let escaped = false;
    for (let at = start + 1; at < text.length; at += 1) {
      const sign = text[at] ?? "";
      if (sign === quote && !escaped) {
        this.at = at + 1;
        const expanded = quote === '"' ? this.expand(expandEscapes(value), start, at + 1) : value;
        this.note(name, expanded, start, at + 1);
        return;
      }
      if (!escaped && sign === "\\") {
        escaped = true;
        continue;
      }
      value += escaped && sign !== quote ? `\\${sign}` : sign;
      escaped = false;
    }
    this.error("a quote is opened here and not closed", start, start + 1);
  }

  private expand(value: string, start: number, end: number): string {
    const { given, earlier } = this.variables;
    const known = (name: string): VariableValue | undefined => {
      const own = this.set.get(name);
      return given(name) ?? (own === undefined ? earlier(name) : { text: own, secret: true });
    };
    const { text, errors } = substitute(value, known);
    for (const error of errors) {
      if (error.kind === "required") this.error("a variable that must be set is not", start, end);
      else if (error.kind === "broken") this.error("a variable is not closed or has no name", start, end);
      else if (error.kind === "large") this.error("a value grows too large with its variables", start, end);
    }
    return text;
  }

  private note(name: string, value: string, start: number, end: number): void {
    this.set.set(name, value);
    this.entries.push({ name, value, start, end });
  }

  private error(message: string, start: number, end: number): void {
    this.errors.push({ message, start, end });
  }

  private skipBlanks(): void {
    while (BLANK.test(this.text[this.at] ?? "")) this.at += 1;
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf("\n", from);
    return end === -1 ? this.text.length : end;
  }
}

const LETTERS: Readonly<Record<string, string>> = {
  $: "$$",
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/**
 * Replaces the escapes of a text in double quotes: letters such as `\n`, the double quote, the backslash, `\$`, and
 * `\0` with three octal digits, up to `\0377`. Other escapes stay unchanged.
 */
function expandEscapes(text: string): string {
  return text.replace(/\\(?:([abfnrtv$"\\])|0([0-3][0-7]{2}))/g, (_, letter = "", digits = "") => {
    return LETTERS[letter] ?? String.fromCharCode(Number.parseInt(digits, 8));
  });
}
