/**
 * Starts the emulator for tests of programs, with any test runner. This module needs no other package.
 *
 * @packageDocumentation
 */
// Types have their own export, because TypeScript 3.8, which Pulumi bundles, cannot parse an inline `type`.
export type {
  EmulatorOptions,
  EmulatorRun,
  FaultKind,
  FaultMatch,
  InjectedFault,
  ReceivedRequest,
  RunEnd,
  StatusTime,
  TestEmulator,
} from "./emulator";
export { startEmulator } from "./emulator";
