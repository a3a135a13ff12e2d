import { exitWithEngine } from "../engine";
import { systemClock } from "../serve";
import { createProvider } from "./provider";
import { listen } from "./server";

/** Milliseconds in which a cancelled wait answers, if it answers at all. */
const ANSWER_WITHIN = 3_000;

/**
 * The plugin's process. It prints its port, which the engine waits for, and ends when its engine ends it or is gone. It
 * sends pending answers first, because the id of a run must not be lost.
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
