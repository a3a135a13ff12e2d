import { exitWithEngine } from "../engine";
import { systemClock } from "../serve";
import { createProvider } from "./provider";
import { listen } from "./server";

/** The longest time, in milliseconds, that the process waits for the answers to pending calls before it ends. */
const ANSWER_WITHIN = 3_000;

/**
 * Runs the plugin's process. Prints the port, because the engine waits for this line. The process ends when the engine
 * ends it or has died. If the engine ends it, the process first sends pending answers, because the id of a run must not
 * be lost.
 */
async function main(): Promise<void> {
  const provider = createProvider(process.argv.slice(2).find((argument) => /^[^/]+:\d+$/.test(argument)));
  const server = await listen(provider);
  let ending = false;
  const end = async (exitCode: number): Promise<void> => {
    if (ending) return;
    ending = true;
    provider.cancel();
    await server.settled(ANSWER_WITHIN);
    process.exit(exitCode);
  };
  process.on("SIGINT", () => void end(0));
  process.on("SIGTERM", () => void end(0));
  process.on("uncaughtException", (error) => {
    console.error(error);
    void end(1);
  });
  exitWithEngine(provider.engine().liveness, systemClock, () => process.exit(1)).catch(() => undefined);
  console.log(server.port);
}

void main();
