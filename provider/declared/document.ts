import { isSecretLeaf, readCompose } from "../compose";
import type { PolicyImage } from "../policy";
import { knownText, SECRET } from "./known-text";

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Readonly<Record<string, unknown>>;

/** What can be seen of the text of an execution. Only as a whole can it be secret. */
export type DeclaredText =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

/** The text that the program itself gives. */
export function textOf({ composeFileCode }: DeclaredInputs): DeclaredText {
  const text = knownText(composeFileCode);
  if (text !== undefined) return { kind: "known", text };
  return { kind: isSecret(composeFileCode) ? "secret" : "unknown" };
}

/** The images that an execution runs or mounts; undefined where they are not known. Nothing else of its document is read. */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const { compose } = inputs;
  if (compose !== undefined) return imagesIn(compose);
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  return read?.kind === "document" ? imagesIn(read.model) : undefined;
}

function imagesIn(model: unknown): readonly PolicyImage[] | undefined {
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

/** A variable may stand for any image, and so may the mark of a secret: what a file of variables gives is one. */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

/** The engine masks a secret with a text, or with an object. */
function isSecret(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
