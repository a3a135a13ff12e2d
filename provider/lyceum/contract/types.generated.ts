// Made by tools/generate/contract-types.mjs from openapi.yaml next to it: change that file, then `npm run generate`.
// Only provider/lyceum uses this file. The public types of the SDK must not refer to it, because it needs a newer
// TypeScript than the TypeScript that may check a program.

export interface paths {
    readonly "/execution/compose/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Starts a Docker Compose execution. There is no idempotency key; a start sent twice is two billed runs. */
        readonly post: operations["startComposeExecution"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/execution/{execution_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        /** The full record of one execution. */
        readonly get: operations["getExecution"];
        readonly put?: never;
        readonly post?: never;
        /** Deletes the record, not the run. */
        readonly delete: operations["deleteExecutionRecord"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/execution/streaming/{execution_id}/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        /** The older way to read the status of a run. Only a fallback. */
        readonly get: operations["getStreamingStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/execution/{execution_id}/timing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        /** How long each phase took, in seconds. */
        readonly get: operations["getExecutionTiming"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/execution/{execution_id}/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        /** The measurements of a run. The fields of this answer are in camel case, unlike the fields of all other answers. */
        readonly get: operations["getExecutionMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/workloads/abort/{execution_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Asks for the abort and answers at once; the run ends later. 404 is "unknown or already ended". */
        readonly post: operations["abortWorkload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/workloads/stop/{execution_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stops the run gracefully; it ends `completed`. 404 is "unknown or already stopped". */
        readonly post: operations["stopWorkload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/workloads/list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Runs that have not ended. */
        readonly get: operations["listWorkloads"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/billing/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All runs, newest first. */
        readonly get: operations["getBillingHistory"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/logs/execution/{execution_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        /** Output lines of a run; nothing older than 168 hours. */
        readonly get: operations["getExecutionLogs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/machine-types": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Machines of the account and their price. */
        readonly get: operations["listMachineTypes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/user/quotas/available-hardware": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Names of the machines that the account may use. */
        readonly get: operations["getAvailableHardware"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/user/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The account of the token. A good check of a credential. */
        readonly get: operations["getUserStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storage/credentials": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Temporary credentials of the account's bucket, for any client of the S3 protocol with signature v4. */
        readonly post: operations["createStorageCredentials"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/user/org": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The organisation of the token. The vendor's CLI reads it at login. */
        readonly get: operations["getUserOrganisation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/pricing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Prices by meter. The vendor's CLI reads the prices of machines and of models. */
        readonly get: operations["listPrices"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ping": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Liveness. */
        readonly get: operations["ping"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly StartComposeExecutionRequest: {
            /** @description The Compose YAML text. */
            readonly compose_file_code: string;
            /** @description `basic` or `aws`. */
            readonly docker_registry_credential_type?: string | null;
            readonly docker_username?: string | null;
            readonly docker_password?: string | null;
            readonly aws_access_key_id?: string | null;
            readonly aws_secret_access_key?: string | null;
            readonly aws_session_token?: string | null;
            /** @default us-east-1 */
            readonly aws_region: string | null;
            /**
             * @description Seconds.
             * @default 60
             */
            readonly timeout: number;
            /**
             * @description The machine.
             * @default cpu
             */
            readonly execution_type: string;
            /** @description The only free-text label. */
            readonly file_name?: string | null;
            /** @default false */
            readonly enable_s3_mount: boolean;
            readonly user_callback_urls?: readonly string[] | null;
            /**
             * @description Seconds of grace on cancel.
             * @default 10
             */
            readonly graceful_timeout: number | null;
        };
        readonly StartComposeExecutionResponse: {
            readonly execution_id: string;
            readonly status: string;
            readonly streaming_url: string;
        };
        readonly HTTPValidationError: {
            readonly detail?: readonly {
                readonly loc: readonly (string | number)[];
                readonly msg: string;
                readonly type: string;
            }[];
        };
        readonly Failure: {
            readonly detail?: unknown;
            readonly error?: unknown;
        };
        readonly ExecutionRecord: {
            readonly execution_id?: string;
            readonly status: string;
            readonly stdout?: string | null;
            readonly stderr?: string | null;
            readonly result?: unknown;
            readonly combined_output?: string | null;
            readonly created_at?: string | null;
            readonly start_time?: string | null;
            readonly end_time?: string | null;
            readonly finish_time?: string | null;
            readonly job_start?: string | null;
            readonly job_end?: string | null;
            readonly return_code?: number | string | null;
            readonly errors?: string | readonly string[] | null;
            readonly errors_docker?: string | readonly string[] | null;
            readonly system_errors?: readonly string[] | null;
            readonly billed?: number | null;
            readonly file_name?: string | null;
            /** @description The machine. */
            readonly hardware_profile?: string | null;
            /** @description A kind, such as `docker`; never the machine. */
            readonly execution_type?: string | null;
            readonly job_type?: string | null;
        };
        readonly StreamingStatus: {
            readonly status: string;
            readonly errors?: string | readonly string[] | null;
        };
        readonly ExecutionTiming: {
            readonly timing: {
                readonly queued?: number | null;
                readonly launchingContainer?: number | null;
                readonly executingJob?: number | null;
                readonly shuttingDown?: number | null;
                readonly total?: number | null;
                readonly phases?: {
                    readonly [key: string]: {
                        readonly start_time?: string | null;
                        readonly end_time?: string | null;
                        readonly duration?: number | null;
                    };
                };
            };
        };
        readonly ExecutionMetrics: {
            readonly executionId: string;
            readonly hostname?: string | null;
            readonly timeRange: {
                readonly start?: string | null;
                readonly end?: string | null;
            };
            readonly gpuUtilizationPercent?: components["schemas"]["MetricSamples"];
            readonly gpuMemoryUtilizationPercent?: components["schemas"]["MetricSamples"];
            readonly gpuTemperatureCelsius?: components["schemas"]["MetricSamples"];
            readonly gpuPowerWatt?: components["schemas"]["MetricSamples"];
            readonly systemCpuUsagePercent?: components["schemas"]["MetricSamples"];
            readonly systemRamUsedBytes?: components["schemas"]["MetricSamples"];
        };
        readonly MetricSamples: readonly {
            readonly timestamp: string | number;
            readonly value: number | null;
        }[];
        readonly StopWorkloadResponse: {
            readonly execution_id?: string;
            readonly status?: string;
            readonly message?: string;
        };
        readonly AbortWorkloadResponse: {
            readonly execution_id?: string;
            readonly status?: string;
            readonly message?: string;
        };
        readonly ExecutionSummary: {
            readonly execution_id: string;
            readonly status: string;
            readonly file_name?: string | null;
            readonly hardware_profile?: string | null;
            readonly created_at?: string | null;
            readonly start_time?: string | null;
            readonly end_time?: string | null;
            readonly execution_type?: string | null;
            readonly job_type?: string | null;
            readonly return_code?: number | string | null;
            readonly billed?: number | null;
        };
        readonly BillingHistory: {
            readonly executions: readonly components["schemas"]["ExecutionSummary"][];
            readonly total_executions?: number;
            readonly counts_by_status?: {
                readonly [key: string]: number;
            };
            readonly limit?: number;
            readonly offset?: number;
        };
        readonly ExecutionLogs: {
            readonly logs: readonly {
                readonly timestamp?: string | null;
                readonly message: string;
                readonly level?: string | null;
                readonly hostname?: string | null;
                readonly labels?: {
                    readonly [key: string]: string;
                } | null;
            }[];
            readonly total?: number;
        };
        readonly MachineTypes: {
            readonly machine_types: readonly {
                readonly hardware_profile: string;
                readonly price_per_hour?: number | null;
            }[];
            readonly count?: number;
        };
        readonly Prices: {
            readonly prices: readonly {
                /** @description Such as `vm_running`. */
                readonly meter_slug?: string;
                readonly group_by?: {
                    readonly [key: string]: string;
                } | null;
                readonly applies_to?: {
                    readonly [key: string]: string;
                } | null;
                readonly unit_price?: number | string | null;
                readonly unit_price_per_hour?: number | string | null;
            }[];
        };
        readonly StorageCredentials: {
            readonly access_key: string;
            readonly secret_key: string;
            readonly session_token: string;
            /** @description An address without a scheme is an https address. */
            readonly endpoint: string;
            /** @description The bucket of a new account may not exist yet. */
            readonly bucket_name: string;
            /** @description If absent */
            readonly region?: string | null;
        };
        readonly UserStatus: {
            readonly user_id?: string;
            readonly email?: string | null;
            readonly org_id?: string | null;
            readonly is_active?: boolean;
            readonly credits?: number | null;
        };
    };
    responses: {
        /** @description A field of the request was refused. */
        readonly ValidationError: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["HTTPValidationError"];
            };
        };
        /** @description Any other failure. The reference shows a string in `detail`. A client must also accept a list in `detail`, a text in `error`, an empty body, and a body that is not JSON. */
        readonly Failure: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Failure"];
            };
        };
    };
    parameters: {
        readonly ExecutionId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly startComposeExecution: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StartComposeExecutionRequest"];
            };
        };
        readonly responses: {
            /** @description The execution was started. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StartComposeExecutionResponse"];
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getExecution: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The record. Everything but `status` is optional. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExecutionRecord"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly deleteExecutionRecord: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The record is gone. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Record<string, never>;
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getStreamingStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The status. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StreamingStatus"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getExecutionTiming: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The phases. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExecutionTiming"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getExecutionMetrics: {
        readonly parameters: {
            readonly query?: {
                readonly start?: string;
                readonly end?: string;
                readonly step?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The samples, each series oldest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExecutionMetrics"];
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly abortWorkload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The abort was noted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AbortWorkloadResponse"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly stopWorkload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The stop was noted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StopWorkloadResponse"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly listWorkloads: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A bare array. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["ExecutionSummary"][];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getBillingHistory: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                readonly offset?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BillingHistory"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getExecutionLogs: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                readonly hours?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly execution_id: components["parameters"]["ExecutionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The lines. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExecutionLogs"];
                };
            };
            readonly 422: components["responses"]["ValidationError"];
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly listMachineTypes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The machines. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MachineTypes"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getAvailableHardware: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The names. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly available_hardware_profiles: readonly string[];
                    };
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getUserStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account. The API guarantees none of its fields. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UserStatus"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly createStorageCredentials: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The credentials. They expire after an undocumented time. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StorageCredentials"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly getUserOrganisation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The organisation. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly org_id: string | null;
                        readonly slug?: string | null;
                        readonly name?: string | null;
                        readonly is_personal: boolean;
                        readonly is_key_scoped: boolean;
                    };
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly listPrices: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The prices. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Prices"];
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
    readonly ping: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Alive. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Record<string, never>;
                };
            };
            readonly default: components["responses"]["Failure"];
        };
    };
}
