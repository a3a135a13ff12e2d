import type { Clock } from "../../clock/clock";
import { type ComposeCall, type ComposeCli, type ComposeExit, type ComposeProcess, callCompose } from "./compose";

/** What the calls of one run need from outside. */
export interface ComposeCallEffects {
  readonly cli: ComposeCli;
  readonly clock: Clock;
  /** Starts compose; a parameter for tests. */
  readonly callCompose?: typeof callCompose;
}

/** The calls of compose that one run makes, one at a time; after `end` there are no more. */
export class ComposeCalls {
  #current: ComposeProcess | undefined;
  #ended = false;
  #interrupted = false;

  constructor(
    private readonly project: string,
    private readonly effects: ComposeCallEffects,
  ) {}

  /** Whether a call was at work when `end` came: what it had asked of the daemon may still appear there. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Calls compose. @param limitSeconds after which it is ended; its text then says so. Without one it may take its time. */
  start(
    call: Omit<ComposeCall, "project">,
    limitSeconds?: number,
  ): { pid?: number | undefined; exit: Promise<ComposeExit> } {
    if (this.#ended) return { exit: Promise.resolve({ code: null, stdout: "", stderr: "The run was ended." }) };
    const current = (this.effects.callCompose ?? callCompose)(this.effects.cli, { ...call, project: this.project });
    this.#current = current;
    return { pid: current.pid, exit: this.#exitOf(current, call.args[0] ?? "", limitSeconds) };
  }

  async #exitOf(process: ComposeProcess, name: string, limitSeconds: number | undefined): Promise<ComposeExit> {
    let late = "";
    const cancel =
      limitSeconds === undefined
        ? () => {}
        : this.effects.clock.schedule(limitSeconds * 1000, () => {
            late = `\ndocker compose ${name} had not ended after ${limitSeconds} s.`;
            process.kill();
          });
    const exit = await process.finished;
    cancel();
    if (this.#current === process) this.#current = undefined;
    return late === "" ? exit : { ...exit, stderr: exit.stderr + late };
  }

  /** Ends the call at work, and every later one before it begins. */
  end(): void {
    this.#ended = true;
    if (this.#current !== undefined) this.#interrupted = true;
    this.#current?.kill();
  }
}
