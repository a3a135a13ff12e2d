import { isSecretLeaf, readCompose } from "../../../compose";
import { INPUT_DEFAULTS, type InputName, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS, UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyImage, PolicySubject } from "..";

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Properties;

/** What can be seen of the text of an execution. Only as a whole can it be secret. */
export type DeclaredText =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

/** The text that the program itself gives. */
export function textOf({ composeFileCode }: DeclaredInputs): DeclaredText {
  const text = knownText(composeFileCode);
  if (text !== undefined) return { kind: "known", text };
  return { kind: isMasked(composeFileCode) ? "secret" : "unknown" };
}

/** The images that an execution runs or mounts; undefined where they are not known. Nothing else of its document is read. */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const { compose, images } = inputs;
  // Of images that are not even known by their names, nothing of the model is known either.
  if (isUnknown(images)) return [{ service: "", image: undefined, isUnknown: true, path: [] }];
  if (compose !== undefined) return imagesIn(compose);
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document" || (images !== undefined && !isMap(images))) return undefined;
  return imagesIn(read.model, images);
}

/** @param built images that are given beside the document, by service or by the image that it names */
function imagesIn(model: unknown, built: DeclaredInputs = {}): readonly PolicyImage[] | undefined {
  const services = isMap(model) ? model.services : undefined;
  if (!isMap(services)) return undefined;
  return Object.entries(services).flatMap(([service, definition]) => {
    const { image: written, volumes } = isMap(definition) ? definition : {};
    const key = [service, ...sharedName(written, services)].find((name) => Object.hasOwn(built, name));
    const image = key === undefined ? written : readOr(UNKNOWN_TEXT, () => built[key]);
    const mounts = Array.isArray(volumes) ? volumes : [];
    return [
      { service, ...named(image), path: ["services", service, ...(image === undefined ? [] : ["image"])] },
      ...mounts.flatMap((mount: unknown, at) =>
        isMap(mount) && mount.type === "image"
          ? [{ service, ...named(mount.source), path: ["services", service, "volumes", at, "source"] }]
          : [],
      ),
    ];
  });
}

/** The image that is written for a service, unless a service is called so that writes another one or none, as in `withImages`. */
function sharedName(written: unknown, services: Properties): readonly string[] {
  if (typeof written !== "string") return [];
  const called = Object.hasOwn(services, written) ? services[written] : undefined;
  return called === undefined || (isMap(called) && called.image === written) ? [written] : [];
}

function named(value: unknown): Pick<PolicyImage, "image" | "isUnknown"> {
  return isUnknown(value) ? { image: undefined, isUnknown: true } : { image: imageName(value) };
}

/** A variable may stand for any image, and so may the mark of a secret: what a file of variables gives is one. */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

/** Whether an input is secret: the engine masks it with a text, or with an object. */
export function isMasked(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/** What is not known is so as a whole: a name that a person has written with the marker in it is a name. */
function isUnknown(value: unknown): boolean {
  return value === UNKNOWN_TEXT;
}

/** What the engine reports in place of a secret. */
const SECRET = "[secret]";

/** The text of a declared input; undefined where it is not a text, secret, or not known at preview. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

/** A value, or another one in its place where reading it is an error: `@pulumi/policy` makes it one for what is not known at preview. */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * An execution as a policy sees it. Each input is read when a rule asks for it: one that is not known yet may be an error to read.
 *
 * @param inPlaintext whether secrets are in plaintext among the inputs: an image that only the program knows is then never shown
 */
export function subjectOf(
  { name, stack }: Pick<PolicySubject, "name" | "stack">,
  inputs: DeclaredInputs,
  inPlaintext = false,
): PolicySubject {
  return {
    name,
    stack,
    get executionType() {
      return knownText(argumentOrDefault(inputs, "executionType"));
    },
    get timeout() {
      const timeout = argumentOrDefault(inputs, "timeout");
      return typeof timeout === "number" ? timeout : undefined;
    },
    get waitFor() {
      return knownText(argumentOrDefault(inputs, "waitFor"));
    },
    get images() {
      const isHidden = inPlaintext && inputs.composeFile === undefined;
      return imagesOf(inputs)?.map((image) => ({ ...image, isHidden }));
    },
  };
}

/** An argument of an execution: as the program gives it, or the default that check has filled in. */
export function argumentOf(inputs: DeclaredInputs, name: InputName): unknown {
  const given = inputs[name];
  if (given !== undefined) return given;
  const defaults = inputs[RECORDED_DEFAULTS];
  return isMap(defaults) ? defaults[name] : undefined;
}

/** The same, or the default itself: the engine gives a policy pack nothing that begins with `__`. */
function argumentOrDefault(inputs: DeclaredInputs, name: InputName): unknown {
  return argumentOf(inputs, name) ?? INPUT_DEFAULTS[name];
}

/** Whether an execution adopts a run by its id: nothing starts. An id that is not known yet may be empty in the end: it does not count. */
export function adoptsRun(inputs: DeclaredInputs): boolean {
  return (knownText(inputs.existingExecutionId) ?? "").trim() !== "";
}
