// @ts-check
import { startOfCheck } from "./check.mjs";
import { previewOverPulumi } from "./preview.mjs";
import { upOverNoOp } from "./up.mjs";
import { upThroughPlugin } from "./up-plugin.mjs";
import { validation } from "./validate.mjs";
import { waiting } from "./waiting.mjs";

/** Everything that is measured, in this order. */
export const measurements = [
  upOverNoOp(30),
  upOverNoOp(300),
  upThroughPlugin,
  startOfCheck,
  validation,
  previewOverPulumi,
  waiting,
];
