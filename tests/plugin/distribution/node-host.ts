import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Server, ServerCredentials, type ServerUnaryCall, type ServerWritableStream } from "@grpc/grpc-js";
import languageService from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GeneratePackageResponse,
  type InstallDependenciesRequest,
  type InstallDependenciesResponse,
  LanguageHandshakeResponse,
  LinkResponse,
  type RunPluginRequest,
  RunPluginResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

type Answer<T> = (error: null, answer: T) => void;

/**
 * Does the same as Pulumi's Node host for a folder with a `PulumiPlugin.yaml`: it runs `@pulumi/pulumi/cmd/run-plugin`.
 * The Node host in Go modules is too old for this, so the CLI is attached to this host.
 */
export async function startNodeHost(): Promise<{ readonly attach: string; stop(): void }> {
  const server = new Server();
  server.addService(languageService.LanguageRuntimeService, {
    handshake: (_: unknown, answer: Answer<LanguageHandshakeResponse>) => answer(null, new LanguageHandshakeResponse()),
    getPluginInfo: (_: ServerUnaryCall<unknown, PluginInfo>, answer: Answer<PluginInfo>) =>
      answer(null, new PluginInfo().setVersion("1.0.0")),
    // The folder has no dependencies to install.
    installDependencies: (call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>) =>
      call.end(),
    // Generated code is checked by other tests.
    generatePackage: (_: unknown, answer: Answer<GeneratePackageResponse>) =>
      answer(null, new GeneratePackageResponse()),
    link: (_: unknown, answer: Answer<LinkResponse>) => answer(null, new LinkResponse()),
    runPlugin,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { attach: `nodejs:${port}`, stop: () => server.forceShutdown() };
}

function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() ?? "";
  const program = createRequire(`${folder}/index.js`).resolve("@pulumi/pulumi/cmd/run-plugin");
  const env = Object.fromEntries(request.getEnvList().map((entry) => entry.split(/=(.*)/s)));
  const child = spawn(process.execPath, [program, folder, ...request.getArgsList()], {
    cwd: request.getPwd(),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStderr(chunk)));
  child.once("close", (code) => {
    call.write(new RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
  // The CLI cancels this call to end a plugin.
  call.once("cancelled", () => child.kill("SIGKILL"));
}
