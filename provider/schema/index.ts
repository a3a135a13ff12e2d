/** The definition of the resource: its arguments and outputs as tables, and what follows from them. */
export { ARGUMENT_OF_FIELD, requestValues, SECRET_FIELDS } from "./api-fields";
export { CREDENTIAL_KINDS, CREDENTIALS, credentialFields, secretCredentials } from "./credentials";
export {
  FUNCTION_NAMES,
  functionRow,
  readFunctionArguments,
  secretsOfFunction,
} from "./derive-functions";
export {
  ARGUMENTS,
  IDENTITY_NAMES,
  type IdentityValues,
  INPUT_DEFAULTS,
  identityKeyParts,
  identityValues,
  inputRow,
  inputsOf,
  MAPS_OF_TEXTS,
  type MapOfTexts,
  type ParsedArguments,
  type ParsedName,
  parseArguments,
  valueTypeOf,
} from "./derive-inputs";
export {
  isOutput,
  namesSecretResults,
  outputRow,
  PUBLIC_OUTPUTS,
  parseRecorded,
  type RecordedOutputs,
  SECRET_OUTPUTS,
} from "./derive-outputs";
export { FUNCTIONS, type FunctionArguments, type FunctionName, type FunctionResult } from "./functions";
export { CLOCK_NAMES, CLOCKS } from "./handling-inputs";
export { API_LIMITS, MOST_LISTED } from "./limits";
export { OBJECTS, type ObjectOf } from "./objects";
export type { ValueRow } from "./rows";
export { type CheckFailure, callbackUrl, failureAt, machineName, type Rule, seconds, show, someText } from "./rules";
export { isMap, mapIn, type Properties, type Shape, textIn } from "./value-types";
