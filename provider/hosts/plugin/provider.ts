import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ownVersion } from "../../lyceum/own-version";
import { EXECUTION_TOKEN } from "../../pulumi/type-tokens";
import type { Engine, Runtime } from "../../resource";
import { connectEngine } from "../engine";
import { type MovedRuns, movedRuns } from "../moved-runs";
import { serveEngine } from "../serve";
import { engineRpc } from "./engine-rpc";
import * as execution from "./execution";
import { badRequest } from "./failures";
import { invokeFunction } from "./functions";
import { list } from "./list";
import { type ConfiguredSettings, checkSettings, configuredSettings, environmentOf } from "./provider-settings";
import { packageSchema } from "./schema";

/** One provider as the engine uses it: it is configured once, and then serves the resources of one command. */
export interface Provider {
  readonly methods: ProviderMethods;
  readonly streams: ProviderStreams;
  readonly engine: () => Engine;
  /** Ends every wait, as the engine's Cancel does. */
  cancel(): void;
  /** Removes what the process has left for others. */
  close(): void;
}

/** The methods of the ResourceProvider service that this plugin answers. */
export interface ProviderMethods {
  handshake(request: messages.ProviderHandshakeRequest): Promise<messages.ProviderHandshakeResponse>;
  attach(request: plugin.PluginAttach): Promise<Empty>;
  getPluginInfo(request: Empty): Promise<plugin.PluginInfo>;
  getSchema(request: messages.GetSchemaRequest): Promise<messages.GetSchemaResponse>;
  checkConfig(request: messages.CheckRequest): Promise<messages.CheckResponse>;
  diffConfig(request: messages.DiffRequest): Promise<messages.DiffResponse>;
  configure(request: messages.ConfigureRequest): Promise<messages.ConfigureResponse>;
  invoke(request: messages.InvokeRequest): Promise<messages.InvokeResponse>;
  check(request: messages.CheckRequest): Promise<messages.CheckResponse>;
  diff(request: messages.DiffRequest): Promise<messages.DiffResponse>;
  create(request: messages.CreateRequest): Promise<messages.CreateResponse>;
  read(request: messages.ReadRequest): Promise<messages.ReadResponse>;
  update(request: messages.UpdateRequest): Promise<messages.UpdateResponse>;
  delete(request: messages.DeleteRequest): Promise<Empty>;
  cancel(request: Empty): Promise<Empty>;
}

/** Its methods that answer with many messages. */
export interface ProviderStreams {
  list(request: messages.ListRequest): AsyncIterable<messages.ListResponse>;
}

/** @param engineAddress where the engine listens; a process that the engine attaches to is given it later. */
export function createProvider(engineAddress: string | undefined): Provider {
  let engine: Engine | undefined;
  let address = engineAddress;
  let configured: ConfiguredSettings | undefined;
  let runtime: Runtime | undefined;
  let moved: MovedRuns | undefined;
  let providerName = "";
  const created = new Map<string, string>();
  let cancelled = new AbortController();

  const connected = (): Engine => {
    engine ??= connectEngine(address, engineRpc);
    return engine;
  };
  // A plugin that runs already (`PULUMI_DEBUG_PROVIDERS`) serves one command after the other, each with an engine of its own. Requests
  // do not say whose they are: two commands or two provider resources at once are not kept apart (docs/guides/plugin.md).
  const attachTo = (next: string): void => {
    if (next === "" || next === address) return;
    moved?.forget();
    [address, engine, runtime, moved] = [next, undefined, undefined, undefined];
  };
  const withRuntime = (urn: string): execution.ProcessContext => {
    requireType(urn);
    return ready();
  };
  const ready = (): execution.ProcessContext => {
    if (configured === undefined) throw badRequest("Configure was not called.");
    const { settings, scope } = configured;
    runtime ??= serveEngine(connected(), (name) => settings[name], environmentOf(providerName, settings, process.env));
    moved ??= movedRuns(address);
    return { runtime, scope, moved: moved.note, created, signal: cancelled.signal };
  };

  return {
    engine: connected,
    cancel: () => cancelled.abort(),
    close: () => moved?.forget(),
    methods: {
      async handshake(request) {
        attachTo(request.getEngineAddress());
        const response = new messages.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        return response;
      },
      async attach(request) {
        attachTo(request.getAddress());
        return new Empty();
      },
      async getPluginInfo() {
        const info = new plugin.PluginInfo();
        info.setVersion(ownVersion());
        return info;
      },
      async getSchema() {
        const response = new messages.GetSchemaResponse();
        response.setSchema(JSON.stringify(packageSchema(ownVersion())));
        return response;
      },
      async checkConfig(request) {
        const { inputs, failures } = checkSettings(request.getOlds(), request.getNews());
        const response = new messages.CheckResponse();
        response.setInputs(inputs);
        response.setFailuresList(failures.map(execution.checkFailure));
        return response;
      },
      // Another key or address is used from now on, and replaces no resource.
      async diffConfig() {
        return new messages.DiffResponse();
      },
      async configure(request) {
        configured = configuredSettings(request.getArgs(), request.getVariablesMap().entries() as never);
        providerName = request.getName() ?? "";
        runtime = undefined;
        // What an earlier command created is no replacement of this one's.
        created.clear();
        // The engine also cancels at the end of a command, and may configure the same process for the next one.
        cancelled = new AbortController();
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        return response;
      },
      invoke: async (request) => invokeFunction(ready(), request),
      check: async (request) => execution.check(withRuntime(request.getUrn()), request),
      diff: async (request) => execution.diff(withRuntime(request.getUrn()), request),
      create: async (request) => execution.create(withRuntime(request.getUrn()), request),
      read: async (request) => execution.read(withRuntime(request.getUrn()), request),
      update: async (request) => execution.update(withRuntime(request.getUrn()), request),
      async delete(request) {
        await execution.deleteRecorded(withRuntime(request.getUrn()), request);
        return new Empty();
      },
      async cancel() {
        cancelled.abort();
        return new Empty();
      },
    },
    streams: {
      async *list(request) {
        requireToken(request.getToken());
        yield* list(ready().runtime, request);
      },
    },
  };
}

function requireType(urn: string): void {
  requireToken(urn.split("::")[2]?.split("$").at(-1) ?? "");
}

function requireToken(type: string): void {
  if (type !== EXECUTION_TOKEN) {
    throw badRequest(`LYC4020: ${type} is not a resource of the provider lyceum. Use ${EXECUTION_TOKEN}.`);
  }
}
