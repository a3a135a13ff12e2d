// @ts-check
import { checkTime } from "./check.mjs";
import { parallelSlots } from "./parallel.mjs";
import { previewOverPulumi } from "./preview.mjs";
import { reportOfRuns } from "./report.mjs";
import { spawnToPort } from "./spawn.mjs";
import { startOfCheck } from "./start.mjs";
import { stateBytes } from "./state.mjs";
import { upOverNoOp } from "./up.mjs";
import { upThroughPlugin } from "./up-plugin.mjs";
import { validation } from "./validate.mjs";
import { overVendorCli } from "./vendor.mjs";
import { waiting } from "./waiting.mjs";

/** Everything that is measured, in this order. */
export const measurements = [
  checkTime,
  startOfCheck,
  validation,
  reportOfRuns,
  stateBytes,
  upOverNoOp({ count: 100, lines: 30, upBar: 1.25, againBar: 1.15 }),
  upOverNoOp({ count: 100, lines: 300, upBar: 1.25, againBar: 1.15 }),
  upOverNoOp({ count: 500, lines: 30, upBar: 1.15, againBar: null }),
  upOverNoOp({ count: 500, lines: 300, upBar: 1.15, againBar: null }),
  previewOverPulumi,
  spawnToPort,
  upThroughPlugin,
  overVendorCli,
  parallelSlots,
  waiting(10),
  waiting(200),
];
