import { type Diagnostic, isSecretLeaf, readCompose, type ValidationCode, validateCompose } from "../compose";
import type { PolicyImage } from "../policy";
import { knownText, SECRET } from "./known-text";

/** Diagnostics of secrets that are written out. */
export const PLAINTEXT: ReadonlySet<string> = new Set<ValidationCode>(["LYC2601", "LYC2602"]);

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Readonly<Record<string, unknown>>;

/** What can be seen of a Compose document. */
export type DeclaredDocument =
  | { readonly kind: "known"; readonly model: unknown; readonly text: string }
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

/** The document of an execution. Only a text that the program itself gives can be secret as a whole. */
export function documentOf({ compose, composeFileCode }: DeclaredInputs): DeclaredDocument {
  // Secrets inside a document are masked: empty ones are no secrets in plaintext.
  if (isMap(compose)) return { kind: "known", model: compose, text: JSON.stringify(compose, masked) };
  if (compose !== undefined) return { kind: "unknown" };
  const text = knownText(composeFileCode);
  if (text === undefined) return { kind: isSecret(composeFileCode) ? "secret" : "unknown" };
  const read = readCompose(text);
  return read.kind === "document" ? { kind: "known", model: read.model, text } : { kind: "unknown" };
}

/** The images that a document runs or mounts; undefined where it has no services. */
export function imagesIn(model: unknown): readonly PolicyImage[] | undefined {
  const services = isMap(model) ? model.services : undefined;
  if (!isMap(services)) return undefined;
  return Object.entries(services).flatMap(([service, definition]) => {
    const { image, volumes } = isMap(definition) ? definition : {};
    const mounts = Array.isArray(volumes) ? volumes : [];
    return [
      { service, image: imageName(image), path: ["services", service, ...(image === undefined ? [] : ["image"])] },
      ...mounts.flatMap((mount: unknown, at) =>
        isMap(mount) && mount.type === "image"
          ? [{ service, image: imageName(mount.source), path: ["services", service, "volumes", at, "source"] }]
          : [],
      ),
    ];
  });
}

/** Secrets that are written out in a document, whatever severity the program has set for them. */
export function plaintextIn(text: string): readonly Diagnostic[] {
  return validateCompose(text).diagnostics.filter(({ code }) => PLAINTEXT.has(code));
}

/** A variable may stand for any image, and so may the mark of a secret: what a file of variables gives is one. */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

function masked(_key: string, value: unknown): unknown {
  return typeof value === "string" ? (knownText(value) ?? "") : value;
}

/** The engine masks a secret with a text, or with an object. */
function isSecret(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
