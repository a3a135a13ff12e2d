import type { DiagnosticDetails } from "../../diagnostics/diagnostic";
import { withDots } from "../../diagnostics/hidden";
import { nearest } from "../../diagnostics/nearest";
import { printableKey } from "../../diagnostics/position";
import type { SecretContext } from "../../model/secret-context";
import type { SecretPlace, SecretRules } from "../../model/secret-rules";
import { basename, dirname, isAbsolute, join, relative, resolve } from "../../paths";
import { decodeUtf8, LARGEST_COMPOSE_TEXT, UNKNOWN_MARKER } from "../../yaml/text";
import type { ProjectCode } from "../catalogue";
import type { ProjectDiagnostics } from "../diagnostics";
import type { Source, SourceRow } from "../sources";
import { type FileMode, type FolderList, fileErrorMessage, type PathKind, type ProjectFiles } from "./files";

/** The largest number of files in a project. */
export const MOST_FILES = 200;
/** The largest total size of all files in a project, in bytes. */
export const MOST_BYTES = 8_388_608;

const LONGEST_SHOWN_PATH = 500;

/** The largest number of names that are read from one folder. */
export const MOST_LISTED = 128;

/** The name and the content of a file that was read. */
export interface ReadSource extends FileMode {
  /** The path relative to the project folder, with `/` between folders. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * A file, an error, or `unknown` if the path is not known yet. `of` is the subject of the error: the file or the
 * project.
 */
export type Obtained =
  | { readonly kind: "file"; readonly source: ReadSource }
  | { readonly kind: "unknown" }
  | { readonly kind: "failed"; readonly code: ProjectCode; readonly of: "file" | "project"; readonly message: string };

/** The position at which a document names a file. */
export type Mention = Pick<DiagnosticDetails, "span" | "path">;

/** The reader and the collector of a project. */
export interface ProjectContext {
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
}

/** Matches a text that is one word, and not a setting such as `NAME=…`, JSON or an address. */
const ONE_WORD = /^[^\s=:{}[\]"]{1,200}$/;

/** Reads the files of a project within limits. Each file is read only once. No file outside `root` is read. */
export class ProjectReader {
  private readonly texts = new Map<string, { readonly text: string; readonly source: Source } | undefined>();
  private readonly noted = new Map<string, ReadSource>();
  private bytes = 0;
  private askedUnknown = false;
  /**
   * Contents of files, and values of variables. They may have secret values, which `foundSecrets` finds by the rules
   * with the facts in `place`. In the model, `mask` replaces each of these texts as a whole, because the rules may miss
   * a secret.
   */
  private readonly secretTexts: (readonly [text: string, place: SecretPlace])[] = [];
  /** The contents of the Compose secrets that were read. Each whole content is a secret value. */
  readonly secrets = new Set<string>();

  constructor(
    private readonly files: ProjectFiles,
    /** The project folder. Relative paths start at this folder, also in messages. */
    readonly folder: string,
    /** The folder that contains all files of the project. */
    readonly root: string,
    readonly sources: SourceRow,
    private readonly collector: ProjectDiagnostics,
    private readonly rules: Pick<SecretRules, "knownValuesIn">,
  ) {}

  /** Remembers the content of a file, or the value of a variable, in which `foundSecrets` finds secret values. */
  addSecretsOf(text: string, place: SecretPlace): void {
    this.secretTexts.push([text, place]);
  }

  /**
   * Returns the secrets that the rules find in the remembered texts. Also returns each Compose secret that is one word
   * and no ordinary word. Names in `document` are not secret.
   */
  foundSecrets(document: SecretContext): ReadonlySet<string> {
    const found = this.secretTexts.flatMap(([text, place]) =>
      this.rules.knownValuesIn(text, { ...place, ...document }),
    );
    const words = [...this.secrets].map((text) => text.trim()).filter((text) => ONE_WORD.test(text));
    const passwords = words.flatMap((word) => this.rules.knownValuesIn(word, { key: "password", ...document }));
    return new Set([...found, ...passwords]);
  }

  /** Returns the files that were read and not forgotten, in the order of reading. */
  get read(): readonly ReadSource[] {
    return [...this.noted.values()];
  }

  /** Whether the files of the project depend on a text that is not known yet, such as a file name. */
  get unknown(): boolean {
    return this.askedUnknown;
  }

  /**
   * Sets `unknown` if a part of a text is not known yet. The caller passes each text that decides which files belong to
   * the project, such as a path or a profile.
   */
  dependOn(text: string): void {
    this.askedUnknown ||= text.includes(UNKNOWN_MARKER);
  }

  /** Returns the type of file at a path. */
  stat(path: string): PathKind {
    this.dependOn(path);
    return this.files.stat(path);
  }

  /** Returns a path in the form in which messages show it. */
  shown(path: string): string {
    const relativePath = relative(this.folder, path);
    return relativePath === "" ? "." : relativePath;
  }

  /**
   * Returns the text of a file, and its entry in the list of all texts. If the file cannot be read, returns
   * `undefined` and reports an error at `mention`.
   */
  text(path: string, mention: Mention, hidden = false): { readonly text: string; readonly source: Source } | undefined {
    const key = resolve(path);
    if (this.texts.has(key)) return this.texts.get(key);
    const bytes = this.content(key, mention, LARGEST_COMPOSE_TEXT);
    const text = bytes === undefined ? undefined : decodeUtf8(bytes);
    if (bytes !== undefined && text === undefined) {
      this.collector.add("LYC2004", `${this.name(key)} is not UTF-8`, mention);
    }
    const found = text === undefined ? undefined : { text, source: this.sources.add(this.shown(key), text, hidden) };
    this.texts.set(key, found);
    return found;
  }

  /**
   * Returns the bytes of a file. If the file cannot be read, returns `undefined` and reports an error at `mention`. If
   * the path is not known yet, returns `undefined` and reports nothing.
   */
  content(path: string, mention: Mention, most: number): Uint8Array | undefined {
    const obtained = this.obtain(path, most);
    if (obtained.kind === "file") return obtained.source.bytes;
    if (obtained.kind === "unknown") return undefined;
    const { code, of, message } = obtained;
    const whole =
      of === "project"
        ? `the project ${message}`
        : `${this.name(path)} ${message}${searchedFor(path, mention)}${this.meant(path)}`;
    this.collector.add(code, whole, mention);
    return undefined;
  }

  /** Returns a file, or the reason why the file cannot be read. Reports nothing. */
  obtain(path: string, most: number): Obtained {
    const known = this.noted.get(path);
    if (known !== undefined) return { kind: "file", source: known };
    this.dependOn(path);
    if (path.includes(UNKNOWN_MARKER)) return { kind: "unknown" };
    if (!this.inside(path)) return failed("LYC2503", "lies outside the project folder");
    const left = MOST_BYTES - this.bytes;
    if (this.noted.size >= MOST_FILES || left <= 0) {
      return failed("LYC2502", `has more than ${left <= 0 ? `${MOST_BYTES} bytes` : `${MOST_FILES} files`}`, "project");
    }
    const read = this.files.read(path, Math.min(most, left));
    if (read.kind === "fault") {
      const code = read.reason === "large" ? "LYC2502" : "LYC2501";
      return failed(code, fileErrorMessage(read.reason, Math.min(most, left)));
    }
    this.bytes += read.bytes.byteLength;
    const { kind: _kind, ...source } = { ...read, file: this.shown(path) };
    this.noted.set(path, source);
    return { kind: "file", source };
  }

  /**
   * Forgets the files that were read after the first `count` files. The caller does not send these files with the run,
   * so the limits for the number and the size of files must not include them.
   */
  forgetAfter(count: number): void {
    for (const [path, { bytes }] of [...this.noted].slice(count)) {
      this.noted.delete(path);
      this.bytes -= bytes.byteLength;
    }
  }

  /** Returns the sorted names in a folder of the project. A list of more than `MOST_LISTED` names may be incomplete. */
  list(path: string): FolderList {
    return this.files.list(path, MOST_LISTED);
  }

  /** Returns an absolute path. A relative path starts at `folder`. */
  resolve(folder: string, path: string): string {
    return isAbsolute(path) ? path : join(folder, path);
  }

  /**
   * Returns a hint for a path that does not exist: a similar name in the same folder. Returns an empty text if no name
   * is similar.
   */
  private meant(path: string): string {
    if (this.files.stat(path) !== "missing" || !this.inside(path)) return "";
    const listed = this.list(dirname(path));
    const meant = listed.kind === "names" ? nearest(basename(path), listed.names) : undefined;
    return meant === undefined ? "" : `; did you mean ${printableKey(meant)}?`;
  }

  private name(path: string): string {
    return printableKey(this.shown(path));
  }

  /** Whether a path is inside `root` after links are resolved. */
  inside(path: string): boolean {
    const relativePath = relative(this.realOf(this.root), this.realOf(path));
    return relativePath !== ".." && !relativePath.startsWith("../");
  }

  /** Returns a path with all links resolved. Nothing needs to exist at the path. */
  private realOf(path: string): string {
    const isThere = !["missing", "forbidden"].includes(this.files.stat(path));
    const above = dirname(path);
    return isThere || above === path ? this.files.real(path) : join(this.realOf(above), basename(path));
  }
}

function failed(code: ProjectCode, message: string, of: "file" | "project" = "file"): Obtained {
  return { kind: "failed", code, of, message };
}

/**
 * Returns a hint with the absolute path of a file that the caller named, because the program may run in an unexpected
 * folder. Returns an empty text for a file that a document names.
 */
function searchedFor(path: string, { span }: Mention): string {
  return span === undefined ? ` (looked for at ${withDots(path.slice(0, LONGEST_SHOWN_PATH))})` : "";
}
