import { OUTPUTS } from "./outputs";
import { number, type Shape, text, type ValueType } from "./value-types";

/** An argument or an output of a function. */
export interface FunctionValueRow {
  readonly type: ValueType<unknown>;
  /** Whether it is always there; an argument that must be given, an output that Lyceum never leaves out. */
  readonly required?: true;
  readonly secret?: true;
  /** The type for other languages, where it says more than the value's own. */
  readonly shape?: Shape;
  readonly apiField?: string;
  readonly doc: string;
}

/** A function that a program calls. */
export interface FunctionRow {
  readonly doc: string;
  readonly inputs: Readonly<Record<string, FunctionValueRow>>;
  readonly outputs: Readonly<Record<string, FunctionValueRow>>;
  /** Of the arguments in TypeScript: the properties of their object. */
  readonly example: string;
  /** Of the result in TypeScript: a statement. */
  readonly resultExample: string;
}

const { executionId, status, returnCode, createdAt, startedAt, endedAt } = OUTPUTS;
const id = { type: text, required: true, apiField: executionId.apiField, doc: executionId.doc } as const;

/** What Lyceum says of one run. What it leaves out is absent. */
const RUN = {
  executionId: id,
  status: { type: text, required: true, apiField: status.apiField, doc: "Status as Lyceum reports it." },
  returnCode: {
    type: number,
    shape: { type: "integer" },
    apiField: returnCode.apiField,
    doc: returnCode.doc,
  },
  createdAt: { type: text, apiField: createdAt.apiField, doc: createdAt.doc },
  startedAt: { type: text, apiField: startedAt.apiField, doc: startedAt.doc },
  endedAt: { type: text, apiField: endedAt.apiField, doc: endedAt.doc },
  hardwareProfile: { type: text, apiField: "hardware_profile", doc: "The machine." },
  fileName: { type: text, apiField: "file_name", doc: "The label of the run, with its start key in front." },
} as const;

/** Every function of the package, in both hosts. */
export const FUNCTIONS = {
  getExecution: {
    doc: "Reads one run by its id. A run that Lyceum does not know is an error (LYC3009).",
    inputs: { executionId: id },
    outputs: RUN,
    example: 'executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90"',
    resultExample:
      'const succeeded = (run: lyceum.GetExecutionResult) => run.status === "completed" && (run.returnCode ?? 0) === 0;',
  },
} as const satisfies Readonly<Record<string, FunctionRow>>;

type ValueOf<Row> = Row extends { readonly type: ValueType<infer Value> } ? Value : never;

/** What a function answers, or is given, by its table. */
export type FunctionValues<Rows extends Readonly<Record<string, FunctionValueRow>>> = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly required: true } ? Name : never]: ValueOf<Rows[Name]>;
} & {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly required: true } ? never : Name]?: ValueOf<Rows[Name]>;
};

/** What {@link FUNCTIONS.getExecution} answers. */
export type FoundExecution = FunctionValues<typeof RUN>;
