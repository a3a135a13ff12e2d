import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Engine, Runtime } from "../../lifecycle";
import { ownVersion } from "../../lyceum/http/own-version";
import { answerFunction } from "../../reads";
import { FUNCTION_NAMES, nameOf, secretsOfFunction, typeOf } from "../../schema";
import { EXECUTION_TOKEN, FILES_TOKEN, token } from "../../schema/type-tokens";
import { bucketOfClient } from "../bucket";
import { connectEngine, type EngineRpc } from "../engine";
import { serveEngine } from "../serve";
import { fileError, filesPortsOf } from "../stored-files";
import * as execution from "./execution";
import { checkFailure, type ProcessContext } from "./execution";
import { badRequest } from "./failures";
import * as files from "./files";
import { list } from "./list";
import {
  type ConfiguredSettings,
  checkSettings,
  configuredSettings,
  environmentOf,
  otherAccount,
} from "./provider-settings";
import { packageSchema } from "./schema";
import { received, sent } from "./wire-values";

/**
 * Makes a provider for the engine. The engine configures the provider once, and then uses it for the resources of one
 * command.
 *
 * @param engineAddress address of the engine; a process that the engine attaches to gets the address later
 * @returns the methods of the ResourceProvider service: `streams` has those that answer with several messages, and
 * `methods` has all others. `cancel` ends every wait, as the engine's Cancel does
 */
export function createProvider(engineAddress: string | undefined) {
  let engine: Engine | undefined;
  let address = engineAddress;
  let configured: ConfiguredSettings | undefined;
  let runtime: Runtime | undefined;
  let providerName = "";
  let cancelled = new AbortController();

  const connected = (): Engine => {
    engine ??= connectEngine(address, engineRpc);
    return engine;
  };
  // A plugin that already runs (`PULUMI_DEBUG_PROVIDERS`) serves several commands one after another, each with its own
  // engine. It cannot serve two commands at a time, because a request does not name its command
  // (docs/guides/plugin.md).
  const attachTo = (next: string): void => {
    if (next === "" || next === address) return;
    [address, engine, runtime] = [next, undefined, undefined];
  };
  /** Calls an operation for the resource that a URN names. */
  const dispatch = <Answer>(urn: string, operations: Operations<Answer>): Promise<Answer> => {
    const type = typeOf(urn);
    if (type === FILES_TOKEN) return operations.files(readyForFiles());
    requireToken(type);
    return operations.execution(ready());
  };
  const ready = (): execution.ProcessContext => {
    if (configured === undefined) throw badRequest("Configure was not called.");
    const { settings, isKnown, scope } = configured;
    const environment = environmentOf(providerName, settings, process.env);
    runtime ??= serveEngine(connected(), (name) => settings[name], environment, isKnown);
    return { runtime, scope, signal: cancelled.signal };
  };
  let served: { readonly runtime: Runtime; readonly ports: files.FilesContext["ports"] } | undefined;
  const readyForFiles = (): files.FilesContext => {
    const context = ready();
    if (served?.runtime !== context.runtime)
      served = {
        runtime: context.runtime,
        ports: filesPortsOf(context.runtime, () => configured?.settings.s3MountPath),
      };
    return { ...context, ports: served.ports };
  };

  return {
    engine: connected,
    cancel: () => cancelled.abort(),
    methods: {
      async handshake(request: messages.ProviderHandshakeRequest) {
        attachTo(request.getEngineAddress());
        const response = new messages.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        return response;
      },
      async attach(request: plugin.PluginAttach) {
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
      async checkConfig(request: messages.CheckRequest) {
        const { inputs, failures } = checkSettings(request.getOlds(), request.getNews(), request.getUrn());
        const response = new messages.CheckResponse();
        response.setInputs(inputs);
        response.setFailuresList(failures.map(execution.checkFailure));
        return response;
      },
      // The engine also calls DiffConfig when a resource gets another provider.
      async diffConfig(request: messages.DiffRequest) {
        const response = new messages.DiffResponse();
        const replaces = otherAccount(nameOf(request.getUrn()), request.getOldInputs(), request.getNews(), process.env);
        if (replaces.length > 0) response.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
        response.setReplacesList(replaces);
        return response;
      },
      async configure(request: messages.ConfigureRequest) {
        configured = configuredSettings(request.getArgs());
        providerName = request.getName() ?? "";
        runtime = undefined;
        // The engine also sends Cancel at the end of a command. The next command of this process needs a new signal.
        cancelled = new AbortController();
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        return response;
      },
      invoke: async (request: messages.InvokeRequest) => invokeFunction(ready(), request),
      check: async (request: messages.CheckRequest) =>
        dispatch(request.getUrn(), {
          execution: (context) => execution.check(context, request),
          files: (context) => files.check(context, request),
        }),
      diff: async (request: messages.DiffRequest) =>
        dispatch(request.getUrn(), {
          execution: (context) => execution.diff(context, request),
          files: (context) => files.diff(context, request),
        }),
      create: async (request: messages.CreateRequest) =>
        dispatch(request.getUrn(), {
          execution: (context) => execution.create(context, request),
          files: (context) => files.create(context, request),
        }),
      read: async (request: messages.ReadRequest) =>
        dispatch(request.getUrn(), {
          execution: (context) => execution.read(context, request),
          files: (context) => files.read(context, request),
        }),
      update: async (request: messages.UpdateRequest) =>
        dispatch(request.getUrn(), {
          execution: (context) => execution.update(context, request),
          files: (context) => files.update(context, request),
        }),
      async delete(request: messages.DeleteRequest) {
        await dispatch(request.getUrn(), {
          execution: (context) => execution.deleteRecorded(context, request),
          files: (context) => files.deleteRecorded(context, request),
        });
        return new Empty();
      },
      async cancel() {
        cancelled.abort();
        return new Empty();
      },
    },
    streams: {
      async *list(request: messages.ListRequest) {
        requireToken(request.getToken());
        yield* list(ready().runtime, request);
      },
    },
  };
}

/** The functions that answer one call of the engine. There is one function for each type of resource. */
interface Operations<Answer> {
  readonly execution: (context: execution.ProcessContext) => Promise<Answer>;
  readonly files: (context: files.FilesContext) => Promise<Answer>;
}

function requireToken(type: string): void {
  if (type !== EXECUTION_TOKEN) {
    throw badRequest(`LYC4020: ${type} is not a resource of the provider lyceum. Use ${EXECUTION_TOKEN}.`);
  }
}

/** The result of {@link createProvider}. */
export type Provider = ReturnType<typeof createProvider>;

/** Returns the client of the engine's gRPC service, from the plugin's bundle. */
function engineRpc(): EngineRpc {
  return {
    EngineClient: EngineClient as never,
    messages: engineMessages as never,
    credentials: credentials.createInsecure(),
  };
}

/** Answers a call of a function (`fn::invoke` in YAML). */
async function invokeFunction(
  { runtime, signal }: Pick<ProcessContext, "runtime" | "signal">,
  request: messages.InvokeRequest,
): Promise<messages.InvokeResponse> {
  const name = FUNCTION_NAMES.find((each) => token(each) === request.getTok());
  if (name === undefined) {
    const known = FUNCTION_NAMES.map(token).join(", ");
    throw badRequest(`LYC4020: ${request.getTok()} is not a function of the provider lyceum. Use one of ${known}.`);
  }
  const response = new messages.InvokeResponse();
  const given = received(request.getArgs()).values;
  const client = () => runtime.client();
  const answer = await answerFunction(name, given, client, signal, () => bucketOfClient(client())).catch((error) => {
    throw fileError(error);
  });
  if (answer.kind === "failures") {
    response.setFailuresList(answer.failures.map(checkFailure));
    return response;
  }
  const secretPaths = secretsOfFunction(name, given).map((output) => [output]);
  response.setReturn(sent(answer.result, secretPaths));
  return response;
}
