import { createLyceumClient, type LyceumClient } from "../client";
import type { Configuration } from "../configuration";
import type { ConnectionPorts } from "../connection";
import type { StartRequest } from "../port";

/** A token that no shape gives away, so that only a redactor that knows it finds it. */
export const TOKEN = "canary+token/of=tests";

/** A start with every field. */
export const FULL_START: StartRequest = {
  composeFileCode: "services:\n  web:\n    image: busybox:stable\n",
  dockerRegistryCredentialType: "basic",
  dockerUsername: "robot",
  dockerPassword: "canary password!",
  awsAccessKeyId: "canary-access-key-id",
  awsSecretAccessKey: "canary/secret+access key",
  awsSessionToken: "canary-session-token",
  awsRegion: "eu-central-1",
  timeout: 60,
  executionType: "cpu",
  fileName: "key-label",
  enableS3Mount: false,
  userCallbackUrls: ["https://example.org/done"],
  gracefulTimeout: 10,
};

/** The least that a start needs. */
export const SMALL_START: StartRequest = {
  composeFileCode: FULL_START.composeFileCode,
  timeout: 60,
  executionType: "cpu",
  fileName: "key",
  enableS3Mount: false,
  gracefulTimeout: 10,
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

/** A client whose sleeps take no time and are remembered, and whose jitter is the least. */
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
