import { asMapping, isSet, type Mapping, without } from "./model";

/** What the machine has; a run gets a part of it. */
export interface MachineLimits {
  readonly cpus: number;
  /** Memory of the daemon's machine, in bytes. */
  readonly memoryBytes: number;
}

/** Containers of one run, at most. */
export const MOST_CONTAINERS = 32;
/** Processes and threads of one container, at most. */
const MOST_PIDS = 4096;
/** Bytes that a run may write to the disk of the machine: layers of its containers and its volumes. */
export const MOST_DISK_BYTES = 10 * 1024 ** 3;
/** Part of the machine's memory that one run may take; its containers share it evenly. */
const MEMORY_PART = 0.75;

/** A service within its limits, and what has been changed that the run may notice. */
export interface Limited {
  readonly service: Mapping;
  readonly notes: readonly string[];
}

/** How many containers a service asks for; what is no number is left for compose to validate. */
export function scaleOf(service: Mapping): number {
  const asked = Number(service.scale ?? asMapping(service.deploy).replicas ?? 1);
  return Number.isFinite(asked) && asked > 0 ? asked : 0;
}

/** How many containers all services of a model ask for. */
export function containerCount(services: Mapping): number {
  return Object.values(services).reduce<number>((sum, service) => sum + scaleOf(asMapping(service)), 0);
}

/**
 * Keeps a normalized service from taking the machine: its CPUs, its share of the memory, its processes. A limit of its own
 * that is lower stands. Compose takes each limit at one of two places, and refuses two that differ: only one is left.
 *
 * @param containers how many containers the run has
 */
export function limitResources(service: Mapping, machine: MachineLimits, containers: number): Limited {
  const deploy = asMapping(service.deploy);
  const resources = asMapping(deploy.resources);
  const [limits, reservations] = [asMapping(resources.limits), asMapping(resources.reservations)];
  const notes: string[] = [];

  const cpus = asked(service.cpus) ?? asked(limits.cpus);
  const tooManyCpus = cpus !== undefined && cpus > machine.cpus;
  if (tooManyCpus) notes.push(`No ${cpus} CPUs here: limited to ${machine.cpus}.`);

  const share = Math.floor((machine.memoryBytes * MEMORY_PART) / Math.max(1, containers));
  const memory = asked(service.mem_limit) ?? asked(limits.memory);
  if (memory !== undefined && memory > share)
    notes.push(`No ${megabytes(memory)} of memory here: limited to ${megabytes(share)}.`);
  const memoryLimit = Math.min(memory ?? share, share);

  const pids = asked(service.pids_limit) ?? asked(limits.pids);
  if (pids !== undefined && pids > MOST_PIDS) notes.push(`No ${pids} processes here: limited to ${MOST_PIDS}.`);

  const reserved = asked(service.mem_reservation) ?? asked(reservations.memory);
  const kept = without(service, ["mem_limit", "memswap_limit", "mem_reservation", "pids_limit"]);
  return {
    service: {
      ...kept,
      ...(tooManyCpus && isSet(service.cpus) ? { cpus: machine.cpus } : {}),
      mem_limit: String(memoryLimit),
      // Without it a container could take as much again from the swap.
      memswap_limit: String(memoryLimit),
      ...(reserved === undefined ? {} : { mem_reservation: String(Math.min(reserved, memoryLimit)) }),
      pids_limit: Math.min(pids ?? MOST_PIDS, MOST_PIDS),
      ...(isSet(deploy)
        ? {
            deploy: {
              ...deploy,
              ...(isSet(resources)
                ? {
                    resources: {
                      ...resources,
                      limits: {
                        ...without(limits, ["memory", "pids"]),
                        ...(tooManyCpus && isSet(limits.cpus) ? { cpus: String(machine.cpus) } : {}),
                      },
                      ...(isSet(reservations) ? { reservations: without(reservations, ["memory"]) } : {}),
                    },
                  }
                : {}),
            },
          }
        : {}),
    },
    notes,
  };
}

/** A limit that was asked for; 0 and less stand for none. */
function asked(value: unknown): number | undefined {
  const amount = value === undefined || value === null ? Number.NaN : Number(value);
  return amount > 0 ? amount : undefined;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`;
}
