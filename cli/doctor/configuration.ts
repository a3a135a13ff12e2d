import { chooseRoute } from "../../provider/lyceum/configuration/base-url";
import type { Configuration, ConfigurationResult } from "../../provider/lyceum/configuration/configuration";
import type { Environment } from "../../provider/lyceum/configuration/settings";
import type { DoctorCheck } from "./print";

const GROUP = "Configuration";

/** Shows the sources of the API key and the base URL, and every error of the configuration. Never shows the key. */
export function checkConfiguration(result: ConfigurationResult, environment: Environment): readonly DoctorCheck[] {
  if (result.kind === "errors") return result.errors.map(errorCheck);
  const { configuration, notes } = result;
  const { sources } = configuration;
  const url = `${configuration.baseUrl} (from ${sources.baseUrl.name})`;
  return [
    { id: "token", group: GROUP, name: "API key", state: "ok", text: `from ${sources.token.name}` },
    { id: "base-url", group: GROUP, name: "Base URL", state: "ok", text: url },
    proxyCheck(configuration, environment),
    ...notes.map(
      (note): DoctorCheck => ({
        id: "note",
        group: GROUP,
        name: "Note",
        state: "attention",
        text: note,
        todo: "Change the setting that the note names.",
      }),
    ),
  ];
}

function errorCheck(error: Extract<ConfigurationResult, { kind: "errors" }>["errors"][number]): DoctorCheck {
  const check = { id: error.code, group: GROUP, name: error.code, state: "attention", text: error.message } as const;
  if (error.code !== "LYC1001") return check;
  const todo =
    "If the key is a setting of a stack, run: LYCEUM_API_KEY=$(pulumi config get lyceum:apiKey) npx pulumi-lyceum doctor";
  return { ...check, todo };
}

function proxyCheck({ baseUrl }: Configuration, environment: Environment): DoctorCheck {
  const check = { id: "proxy", group: GROUP, name: "Proxy", state: "ok" } as const;
  const route = chooseRoute(baseUrl, environment);
  if (route.kind !== "proxy") return { ...check, text: "none" };
  const exceptions = route.noProxy === "" ? "" : ", but for the hosts in NO_PROXY";
  // Shows only the origin, because the URL of a proxy may contain credentials.
  return { ...check, text: `${new URL(route.proxy).origin}${exceptions}` };
}
