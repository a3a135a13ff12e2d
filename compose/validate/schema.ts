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
   * The release of Docker Compose that first knows a key. Only keys that the oldest supported release does not know are
   * listed.
   */
  readonly since?: Readonly<Record<string, string>>;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}
