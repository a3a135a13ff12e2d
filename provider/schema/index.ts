/**
 * The public entry point for the definition of the resources: tables of arguments and outputs, and everything that is
 * derived from these tables.
 */
export { ARGUMENT_OF_FIELD, requestValues, SECRET_FIELDS } from "./api-fields";
export { ARGUMENT_OUTPUTS, argumentOutputs } from "./argument-outputs";
export { isPlainPath, keyProblem } from "./bucket-keys";
export {
  ARTIFACT_FIELDS,
  type Artifact,
  type ArtifactSource,
  type DeclaredArtifact,
  MOST_ARTIFACTS,
  parseArtifacts,
} from "./compound/artifacts";
export { CLOCK_NAMES, CLOCKS } from "./compound/clocks";
export { CREDENTIAL_KINDS, CREDENTIALS, credentialFields, secretCredentials } from "./compound/credentials";
export {
  ARGUMENTS,
  IDENTITY_NAMES,
  type IdentityValues,
  INPUT_DEFAULTS,
  type InputName,
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
  FUNCTION_NAMES,
  FUNCTIONS,
  type FunctionArguments,
  type FunctionName,
  type FunctionResult,
  functionRow,
  readFunctionArguments,
  secretsOfFunction,
} from "./functions";
export { insteadOf, meansProject } from "./meant-arguments";
export { OBJECTS, type ObjectOf } from "./objects";
export { outputTextFailure, withoutOutputTexts } from "./output-texts";
export {
  isOutput,
  namesSecretResults,
  PUBLIC_OUTPUTS,
  parseRecorded,
  type RecordedOutputs,
  SECRET_OUTPUTS,
} from "./outputs";
export { type ArgumentRow, RESOURCE_NAMES, type ResourceName, resourceRow } from "./resources";
export { fullDoc, type ShownOutput, type ValueRow } from "./rows";
export {
  API_LIMITS,
  type CheckFailure,
  callbackUrl,
  failureAt,
  MOST_LISTED,
  machineName,
  type Rule,
  seconds,
  show,
  someText,
} from "./rules";
export {
  FILES_ARGUMENTS,
  FILES_INPUTS,
  FILES_OUTPUT_NAMES,
  type FilesInputName,
} from "./stored-files";
export { isDefaultProvider, nameOf, providerUrn, readUrn, typeOf, urnOf } from "./urn";
export { isMap, mapIn, type Properties, type Shape, textIn } from "./value-types";
