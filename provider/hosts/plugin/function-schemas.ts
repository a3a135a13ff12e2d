import { GET_EXECUTION_TOKEN } from "../tokens";

type Json = { readonly [key: string]: unknown };

const text = (description: string) => ({ type: "string", description });

/** The functions of the package, as Pulumi's schema describes them. */
export function functionSchemas(): Json {
  return {
    [GET_EXECUTION_TOKEN]: {
      description: "Reads one run by its id. A run that Lyceum does not know is an error (LYC3009).",
      inputs: {
        properties: { executionId: text("Id of the run (`execution_id`).") },
        required: ["executionId"],
      },
      outputs: {
        properties: {
          executionId: text("Id of the run (`execution_id`)."),
          status: text("Status as Lyceum reports it (`status`)."),
          returnCode: { type: "integer", description: "Exit code (`return_code`)." },
          createdAt: text("When the run was created, ISO 8601 (`created_at`)."),
          startedAt: text("When the run started, ISO 8601 (`start_time`)."),
          endedAt: text("When the run ended, ISO 8601 (`end_time`)."),
          hardwareProfile: text("The machine (`hardware_profile`)."),
          fileName: text("The label with the start key in front (`file_name`)."),
        },
        required: ["executionId", "status"],
      },
    },
  };
}
