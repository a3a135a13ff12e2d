/** The JSON types of a Compose value. An `integer` is also a `number`. */
export type SchemaType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** The features of JSON Schema that the Compose Specification uses. `$ref` is the name of a definition. */
export interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  /** Keys of which a mapping needs at least one. */
  readonly requiredOneOf?: readonly string[];
  /**
   * For each key that the oldest supported release of Docker Compose does not know: the first release that knows the
   * key.
   */
  readonly since?: Readonly<Record<string, string>>;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}
