import type { ValueRow } from "./rows";
import { mustBe } from "./rules";
import { mapIn, number, text, textIn, type ValueOf, type ValueType } from "./value-types";

/** The definition of an object type, for the results of functions or for the outputs of resources. */
interface ObjectRow {
  readonly doc: string;
  /** An example: a TypeScript statement that uses the object. */
  readonly example: string;
  readonly fields: Readonly<Record<string, ValueRow>>;
}

const time = (apiField: string, doc: string) => ({ type: text, apiField, doc: `${doc}, ISO 8601.` }) as const;

/**
 * All object types in the results of functions and in the outputs of resources. A field is absent if Lyceum does not
 * report it.
 */
export const OBJECTS = {
  ExecutionSummary: {
    doc: "One run in a list.",
    example: "const isOver = (run: lyceum.ExecutionSummary) => run.endedAt !== undefined;",
    fields: {
      executionId: { type: text, required: true, apiField: "execution_id", doc: "Id of the run." },
      status: { type: text, required: true, apiField: "status", doc: "Status as Lyceum reports it." },
      label: {
        type: text,
        required: true,
        doc: "The label of the run, without its start key. Empty if the run has no label.",
      },
      fileName: { type: text, apiField: "file_name", doc: "The label of the run, with its start key in front." },
      hardwareProfile: { type: text, apiField: "hardware_profile", doc: "The machine." },
      createdAt: time("created_at", "When the run was created"),
      startedAt: time("start_time", "When the run started"),
      endedAt: time("end_time", "When the run ended"),
    },
  },
  LogLine: {
    doc: "One line of a run's output.",
    example: 'const isOfDatabase = (line: lyceum.LogLine) => line.service === "db";',
    fields: {
      message: { type: text, required: true, apiField: "message", doc: "The line, without its line break." },
      timestamp: { type: text, apiField: "timestamp", doc: "When the line was written, as Lyceum reports it." },
      service: { type: text, apiField: "labels.service", doc: "The service that wrote the line." },
    },
  },
  ExecutionPhase: {
    doc: "One phase of a run.",
    example: "const isPast = (phase: lyceum.ExecutionPhase) => phase.endTime !== undefined;",
    fields: {
      startTime: time("start_time", "When the phase began"),
      endTime: time("end_time", "When the phase ended"),
      duration: {
        type: number,
        apiField: "duration",
        doc: "Length of the phase in seconds. If the phase has not ended, the seconds so far.",
      },
    },
  },
  MetricSample: {
    doc: "One sample of a series.",
    example: "const isGap = (sample: lyceum.MetricSample) => sample.value === undefined;",
    fields: {
      timestamp: { type: text, required: true, apiField: "timestamp", doc: "When the sample was measured, ISO 8601." },
      value: { type: number, apiField: "value", doc: "The measured value. Absent for a gap." },
    },
  },
  Artifact: {
    doc: "A file in the account's bucket that a run has left.",
    example: "const isLarge = (artifact: lyceum.Artifact) => artifact.bytes > 1_000_000_000;",
    fields: {
      key: { type: text, required: true, doc: "The path of the file in the bucket." },
      bytes: { type: number, required: true, shape: { type: "integer" }, doc: "The size of the file." },
      etag: { type: text, required: true, doc: "The ETag of the file. It changes if the content changes." },
      modified: { type: text, doc: "When the file was stored, ISO 8601." },
    },
  },
  MachineType: {
    doc: "A machine of the account.",
    example: "const isCheap = (machine: lyceum.MachineType) => (machine.pricePerHour ?? 0) < 1;",
    fields: {
      hardwareProfile: {
        type: text,
        required: true,
        apiField: "hardware_profile",
        doc: "The name of the machine: a value of `executionType`.",
      },
      pricePerHour: { type: number, apiField: "price_per_hour", doc: "Price of an hour, in the account's currency." },
    },
  },
} as const satisfies Readonly<Record<string, ObjectRow>>;

/** The name of an object in {@link OBJECTS}. */
export type ObjectName = keyof typeof OBJECTS;

/** The object type that a table describes, with required and optional fields. */
export type ValuesOf<Rows extends Readonly<Record<string, ValueRow>>> = {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly required: true } ? Name : never]: ValueOf<Rows[Name]>;
} & {
  readonly [Name in keyof Rows as Rows[Name] extends { readonly required: true } ? never : Name]?: ValueOf<Rows[Name]>;
};

/** The TypeScript type of an object in {@link OBJECTS}. */
export type ObjectOf<Name extends ObjectName> = ValuesOf<(typeof OBJECTS)[Name]["fields"]>;

/**
 * Returns the type of a value that is an object.
 *
 * @param needed the names of the fields that must contain a text
 */
export function objectOf<Name extends ObjectName>(name: Name, needed: readonly string[]): ValueType<ObjectOf<Name>> {
  const isObject = (value: unknown): boolean => needed.every((field) => textIn(mapIn(value)[field]) !== undefined);
  return {
    kind: "list",
    parse: (value) => (isObject(value) ? (mapIn(value) as ObjectOf<Name>) : undefined),
    rule: mustBe(`an object with the fields ${needed.join(" and ")}`, isObject),
    typescript: name,
    shape: { fields: name },
    words: `\`${name}\``,
  };
}

/** The type of a list of objects. */
export function listOf<Name extends ObjectName>(name: Name): ValueType<readonly ObjectOf<Name>[]> {
  return {
    kind: "list",
    parse: (value) => (Array.isArray(value) ? value : undefined),
    typescript: `${name}[]`,
    shape: { items: { fields: name } },
    words: `list of \`${name}\``,
  };
}

/** The type of a map from names to objects. */
export function mapOf<Name extends ObjectName>(name: Name): ValueType<Readonly<Record<string, ObjectOf<Name>>>> {
  return {
    kind: "list",
    parse: (value) => mapIn(value) as Readonly<Record<string, ObjectOf<Name>>>,
    typescript: `{ [name: string]: ${name} }`,
    shape: { values: { fields: name } },
    words: `map of names to \`${name}\``,
  };
}

/** The type of a map from names to lists of objects. */
export function mapOfLists<Name extends ObjectName>(
  name: Name,
): ValueType<Readonly<Record<string, readonly ObjectOf<Name>[]>>> {
  return {
    kind: "list",
    parse: (value) => mapIn(value) as Readonly<Record<string, readonly ObjectOf<Name>[]>>,
    typescript: `{ [name: string]: ${name}[] }`,
    shape: { values: { items: { fields: name } } },
    words: `map of names to lists of \`${name}\``,
  };
}
