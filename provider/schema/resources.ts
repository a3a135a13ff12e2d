import { INPUTS } from "./inputs";
import { OUTPUTS } from "./outputs";
import type { InputRow, OutputRow, Role } from "./rows";
import { FILES_INPUTS, FILES_OUTPUTS } from "./stored-files";

/** An argument of any resource. Only those of executions have a role. */
export type ArgumentRow = Omit<InputRow, "role"> & { readonly role?: Role };

/** A resource: what all that repeats its definition is made from. */
export interface ResourceRow {
  readonly doc: string;
  readonly inputs: Readonly<Record<string, ArgumentRow>>;
  readonly outputs: Readonly<Record<string, OutputRow>>;
  /** The name of the abstract class with the outputs, which the classes of both hosts extend. */
  readonly outputsClass: string;
  readonly outputsDoc: string;
  /** The beginning of the names of its enums in Pulumi's schema. */
  readonly enumPrefix: string;
  /** Arguments without which no example is complete, in TypeScript. */
  readonly example: string;
  /** Names of arguments that make an example complete. */
  readonly completeWith: readonly string[];
}

/** Every resource of the package, in the order of the reference. */
export const RESOURCES = {
  ComposeExecution: {
    doc: "One run of a Docker Compose project on Lyceum Cloud. Creating it starts the run, refreshing reads its status, deleting it aborts the run with its grace period.",
    inputs: INPUTS,
    outputs: OUTPUTS,
    outputsClass: "ExecutionResource",
    outputsDoc: "The outputs of a run, which the classes of both hosts have.",
    enumPrefix: "",
    example: 'composeFile: "compose.yaml"',
    completeWith: ["composeFile", "composeFileCode", "existingExecutionId"],
  },
  StoredFiles: {
    doc: "Files of the program that are kept in the account's bucket. Creating it stores them, updating it sends only what differs, deleting it removes what it has stored and nobody else has changed.",
    inputs: FILES_INPUTS,
    outputs: FILES_OUTPUTS,
    outputsClass: "FilesResource",
    outputsDoc: "The outputs of stored files, which the classes of both hosts have.",
    enumPrefix: "StoredFiles",
    example: 'source: "data"',
    completeWith: ["source"],
  },
} as const satisfies Readonly<Record<string, ResourceRow>>;

/** The name of a resource. */
export type ResourceName = keyof typeof RESOURCES;

/** The names of all resources, in the order of the reference. */
export const RESOURCE_NAMES = Object.keys(RESOURCES) as readonly ResourceName[];

/** The row of a resource. */
export function resourceRow(name: ResourceName): ResourceRow {
  return RESOURCES[name];
}
