import { createLyceumClient, type LyceumClient } from "../client";
import type { Configuration } from "../configuration/configuration";
import type { LyceumError } from "../errors";
import type { ConnectionPorts } from "../http/connection";
import type { StartOutcome, StartRequest } from "../port";

/** A token that does not look like a secret. A redactor finds this token only if the token was added to it. */
export const TOKEN = "canary+token/of=tests";

/** A start with every field of the contract. */
export const FULL_START: Required<StartRequest> = {
  compose_file_code: "services:\n  web:\n    image: busybox:stable\n",
  docker_registry_credential_type: "basic",
  docker_username: "robot",
  docker_password: "canary password!",
  aws_access_key_id: "canary-access-key-id",
  aws_secret_access_key: "canary/secret+access key",
  aws_session_token: "canary-session-token",
  aws_region: "eu-central-1",
  timeout: 60,
  execution_type: "cpu",
  file_name: "key-label",
  enable_s3_mount: false,
  user_callback_urls: ["https://example.org/done"],
  graceful_timeout: 10,
};

/** A start with only the required fields. */
export const SMALL_START: StartRequest = {
  compose_file_code: FULL_START.compose_file_code,
  timeout: 60,
  execution_type: "cpu",
  file_name: "key",
  enable_s3_mount: false,
  graceful_timeout: 10,
};

/** A configuration for a server on this machine. */
export function configurationFor(url: string, more: Partial<Configuration> = {}): Configuration {
  return {
    token: TOKEN,
    baseUrl: `${url}/api/v2/external`,
    sources: {
      token: { kind: "environment", name: "LYCEUM_API_KEY" },
      baseUrl: { kind: "environment", name: "LYCEUM_BASE_URL" },
    },
    ...more,
  };
}

/** A client whose sleeps are recorded and take no time, and whose random numbers are zero. */
export function clientFor(
  url: string,
  ports: ConnectionPorts = {},
  more: Partial<Configuration> = {},
): { readonly client: LyceumClient; readonly slept: readonly number[] } {
  const slept: number[] = [];
  const client = createLyceumClient(configurationFor(url, more), {
    environment: {},
    random: () => 0,
    sleep: async (seconds) => {
      slept.push(seconds);
    },
    ...ports,
  });
  return { client, slept };
}

/** The error of a start that failed. */
export function errorOf(outcome: StartOutcome): LyceumError {
  if (outcome.kind === "started") throw new Error("it was started");
  return outcome.error;
}
