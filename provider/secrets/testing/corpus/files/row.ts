import { secret } from "../case";

/** Escapes a password as a file format requires. */
export type Escape = (password: string) => string;

/** A kind of file with passwords in it. */
export interface FileRow {
  /** The kind of file, such as `Redis without quotes`. The names of its cases begin with this text. */
  readonly name: string;
  /** The path of the file. */
  readonly file: string;
  /**
   * Writes the content of the file with a password: `p(json)` is the password with the escapes of JSON. `p()` is for
   * formats that cannot contain quotes and backslashes, or in which programs read these characters differently. Such a
   * format gets only passwords without these characters.
   */
  readonly write: (p: (spell?: Escape) => string, password: string) => string;
}

export const file = (name: string, path: string, write: FileRow["write"]): FileRow => ({ name, file: path, write });

/** For formats in which every character stands for itself. */
export const raw: Escape = (text) => text;

const replaced =
  (pattern: RegExp, by: string | ((sign: string) => string)): Escape =>
  (text) =>
    typeof by === "string" ? text.replace(pattern, by) : text.replace(pattern, by);

/** For text between double quotes of JSON, TOML, HCL, YAML and many programming languages. */
export const json: Escape = (text) => JSON.stringify(text).slice(1, -1);
/** For text between single quotes of JavaScript, Python and PHP. */
export const code: Escape = replaced(/[\\']/g, "\\$&");
/** For text between single quotes of YAML and SQL. */
export const doubled: Escape = replaced(/'/g, "''");
/** For text between double quotes in formats that double a quote inside the text. */
export const doubledQuotes: Escape = replaced(/"/g, '""');
/** For text between single quotes of a shell. */
export const shell: Escape = replaced(/'/g, "'\\''");
export const xml: Escape = replaced(/[&<>"']/g, (sign) => `&${NAMES_IN_XML[sign]};`);
/** For a value of a Java properties file. */
export const properties: Escape = replaced(/\\/g, "\\\\");
export const percent: Escape = encodeURIComponent;
export const colon: Escape = replaced(/[:\\]/g, "\\$&");
export const percentDoubled: Escape = replaced(/%/g, "%%");

const NAMES_IN_XML: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/**
 * Writes `user:password` in base64, and marks it as a secret. A search may report the encoded text as `user:password`
 * or as the password alone.
 */
export const basic = (user: string, password: string): string =>
  secret(Buffer.from(`${user}:${password}`).toString("base64"), `${user}:${password}`, password);
