import { meantDuration } from "../short-forms";
import { textKindAt } from "../typed-texts";
import { type Location, pathOf } from "./location";
import type { Schema, SchemaType } from "./schema";
import { schemaDefinitions } from "./schema.generated";
import { resolve } from "./schema-types";

/** To write what was probably meant, where that is known. */
export function writeMeant(meant: string | undefined): { readonly remedy?: string } {
  return meant === undefined ? {} : { remedy: `Write \`${meant}\`.` };
}

/** What to do about a value of the wrong type, where more can be said than that. */
export function typeRemedy(location: Location, allowed: readonly SchemaType[]): { readonly remedy?: string } {
  const { node, step, parent } = location;
  if (node.kind !== "scalar" || !allowed.includes("string") || node.value === null) return {};
  if (step === "version" && parent?.step === undefined && typeof node.value === "number") {
    return { remedy: `Put ${node.value} in quotes or remove it: \`version\` is obsolete.` };
  }
  const meant = textKindAt(pathOf(location)) === "duration" ? meantDuration(String(node.value)) : undefined;
  return { remedy: "Put the value in quotes.", ...writeMeant(meant) };
}

/** What to do about a mount of a path below `~`: no option sends what lies there. */
export const homeRemedy =
  "Copy what the run needs into the project, pass credentials as secret `variables`, or declare a volume under the top-level `volumes:` for what the container writes.";

/** The parts of a service whose keys are often written next to them. */
const parts = ["deploy", "deploy.resources", "deploy.resources.limits", "build", "healthcheck", "logging"];

/** The part of a service that a key belongs to, such as `deploy` for `replicas`. */
export function homeOf(key: string): string | undefined {
  return parts.find((part) => {
    let schema: Schema | undefined = schemaDefinitions.service;
    for (const step of part.split(".")) schema = propertiesOf(schema)?.[step];
    const properties = propertiesOf(schema);
    return properties !== undefined && Object.hasOwn(properties, key);
  });
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> | undefined {
  if (schema === undefined) return undefined;
  const resolved = resolve(schema);
  return resolved.properties ?? resolved.oneOf?.map((branch) => resolve(branch).properties).find((found) => found);
}
