import { ARGUMENT_OUTPUT_ROWS } from "./argument-outputs";
import { INPUTS } from "./inputs";
import { OUTPUTS } from "./outputs";
import type { InputRow, Role, ShownOutput } from "./rows";
import { FILES_INPUTS, FILES_OUTPUTS } from "./stored-files";

/** An argument of any resource. Only arguments of executions have a role. */
export type ArgumentRow = Omit<InputRow, "role"> & { readonly role?: Role };

/** The definition of a resource. Classes, schema and documentation are made from this definition. */
export interface ResourceRow {
  readonly doc: string;
  readonly inputs: Readonly<Record<string, ArgumentRow>>;
  readonly outputs: Readonly<Record<string, ShownOutput>>;
  /** The name of the abstract class with the outputs. The resource classes of both hosts extend this class. */
  readonly outputsClass: string;
  readonly outputsDoc: string;
  /** The beginning of the names of this resource's enums in Pulumi's schema. */
  readonly enumPrefix: string;
  /** TypeScript code with the required arguments. The documentation adds it before the example of another argument. */
  readonly example: string;
  /** An example that begins with one of these arguments is complete. The documentation adds no `example` before it. */
  readonly completeWith: readonly string[];
}

/** Every resource that a program can declare, in the order of the reference documentation. */
export const RESOURCES = {
  ComposeExecution: {
    doc: "One run of a Docker Compose project on Lyceum Cloud. Creating it starts the run, refreshing reads its status, deleting it aborts the run with its grace period.",
    inputs: INPUTS,
    outputs: { ...OUTPUTS, ...ARGUMENT_OUTPUT_ROWS },
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

/** The name of a resource class. */
export type ResourceName = keyof typeof RESOURCES;

/** The names of all resources, in the order of the reference. */
export const RESOURCE_NAMES = Object.keys(RESOURCES) as readonly ResourceName[];

/** Returns the table row of a resource. */
export function resourceRow(name: ResourceName): ResourceRow {
  return RESOURCES[name];
}
