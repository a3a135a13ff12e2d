import { type PreviewData, previewData } from "../preview/preview-data";
import { NO_ACCOUNT } from "./account";
import { observedOf } from "./events";

/** The inputs of an execution with `composeFile`. The provider has added `compose`, the model of the project. */
export const EXECUTION_INPUTS = {
  executionType: "cpu",
  timeout: 60,
  composeFile: ".",
  compose: { services: { web: { image: "web:1" } } },
};

/** Returns the preview with these events. */
export const previewed = (...events: Parameters<typeof observedOf>[0]): PreviewData =>
  previewData(
    { project: "p", stack: "prod" },
    { kind: "succeeded", observed: observedOf(events), output: [] },
    NO_ACCOUNT,
  );
