import type { Control, Fault, FaultCount, LedgerRun, ReceivedRequest } from "../harness/emulator/control";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { SENDER } from "./witnesses";

/** The API key of every emulator in a chaos run. */
const API_KEY = "lk_local_chaos";

/**
 * The emulator of one chaos run, in place of Lyceum. It may end and restart, with the same data and at the same
 * address.
 */
export class Service {
  private readonly lives: (readonly LoggedRequest[])[] = [];
  private readonly made: InjectedFault[] = [];
  private readonly removed = new Map<InjectedFault, number>();
  private life: Emulator | undefined;
  readonly apiKey = API_KEY;

  constructor(private readonly data: string) {}

  get url(): string {
    return this.living.url;
  }

  get isAlive(): boolean {
    return this.life?.isAlive() === true;
  }

  async start(): Promise<void> {
    const port = this.life === undefined ? "0" : new URL(this.life.url).port;
    this.life = await startEmulator("simulated", this.data, process.env, ["--port", port, "--api-key", API_KEY]);
    this.lives.push([]);
  }

  /** Ends the emulator with a signal, and stores the requests that it has received. */
  async end(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<void> {
    if (!this.isAlive) return;
    await this.note();
    await this.life?.end(signal);
  }

  /** Returns all requests to all emulators so far, in order. */
  async requests(): Promise<readonly LoggedRequest[]> {
    if (this.isAlive) await this.note();
    return this.lives.flat();
  }

  /**
   * Returns the requests of each command's processes, in order, even those that came after the end of the command.
   * `marks` identify the commands.
   *
   * @throws {Error} if a request belongs to none of the commands, because no check would read it
   */
  async requestsOf(marks: readonly string[]): Promise<ReadonlyMap<string, readonly LoggedRequest[]>> {
    const sent = new Map(marks.map((mark): [string, LoggedRequest[]] => [mark, []]));
    for (const request of await this.requests()) {
      const own = sent.get(request.headers[SENDER] ?? "");
      if (own === undefined) throw new Error(`No command has sent ${request.method} ${request.path}.`);
      own.push(request);
    }
    return sent;
  }

  /** Returns all started runs, in the order of their starts. The emulator must be running. */
  executions(): Promise<readonly LedgerRun[]> {
    return this.control.executions();
  }

  breaches(): Promise<readonly unknown[]> {
    return this.control.breaches();
  }

  /**
   * Injects a fault. The fault lasts until it is removed or the emulator ends. Returns undefined if no emulator is
   * running.
   */
  async inject(fault: Fault): Promise<InjectedFault | undefined> {
    if (!this.isAlive) return undefined;
    const life = this.lives.length;
    const nextIndex = await this.nextIndex();
    const injected = { id: await this.control.fault(fault), life, nextIndex, fault };
    this.made.push(injected);
    return injected;
  }

  /** Returns all faults that were injected so far. */
  get injected(): readonly InjectedFault[] {
    return this.made;
  }

  /** Returns the fault that replaced the answer to a request. */
  faultOf(request: LoggedRequest): Fault | undefined {
    return this.made.find(({ id, life }) => id === request.fault && life === request.life)?.fault;
  }

  /** Returns the counts of a fault. Undefined if the fault ended together with its emulator. */
  async countOf({ id, life }: InjectedFault): Promise<FaultCount | undefined> {
    if (!this.isAlive || life !== this.lives.length) return undefined;
    return (await this.control.faults()).find((fault) => fault.id === id);
  }

  async release({ id, life }: InjectedFault): Promise<void> {
    if (this.isAlive && life === this.lives.length) await this.control.release(id);
  }

  /** Removes a fault, and releases the requests that it holds. */
  async remove(injected: InjectedFault): Promise<void> {
    this.removed.set(injected, await this.nextIndex());
    if (this.isAlive && injected.life === this.lives.length) await this.control.remove(injected.id);
  }

  /** Returns whether a fault was active when a request came. */
  wasInForce(injected: InjectedFault, { life, index }: LoggedRequest): boolean {
    const until = this.removed.get(injected) ?? Number.POSITIVE_INFINITY;
    return life === injected.life && index >= injected.nextIndex && index < until;
  }

  async clearFaults(): Promise<void> {
    if (this.isAlive) await this.control.clearFaults();
  }

  private async nextIndex(): Promise<number> {
    if (this.isAlive) await this.note();
    return (this.lives.at(-1)?.at(-1)?.index ?? -1) + 1;
  }

  private get control(): Control {
    return this.living.control;
  }

  private get living(): Emulator {
    if (this.life === undefined) throw new Error("The emulator was never started.");
    return this.life;
  }

  private async note(): Promise<void> {
    const life = this.lives.length;
    this.lives[life - 1] = (await this.control.requests()).map((request) => ({ ...request, life }));
  }
}

/** A request, with the number of the emulator that received it. */
export type LoggedRequest = ReceivedRequest & { readonly life: number };

/** A fault, with the number of the emulator in which it was injected. */
export interface InjectedFault {
  readonly id: string;
  readonly life: number;
  /** The index that the next request had when the fault was injected. */
  readonly nextIndex: number;
  readonly fault: Fault;
}
