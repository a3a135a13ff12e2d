import { compact, type ExecutionOutputs } from "./outputs";

/** What a record, or an entry of a list, tells of a run. */
export interface Seen {
  readonly status: string;
  readonly returnCode?: number;
  readonly createdAt?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** Outputs with what a record says; what it leaves out stays as recorded. Only known keys are taken. */
export function withRecord(outputs: ExecutionOutputs, record: Seen): ExecutionOutputs {
  const { missing: _found, ...rest } = outputs;
  return compact<ExecutionOutputs>({
    ...rest,
    status: record.status,
    returnCode: record.returnCode ?? outputs.returnCode,
    createdAt: record.createdAt ?? outputs.createdAt,
    startedAt: record.startedAt ?? outputs.startedAt,
    endedAt: record.endedAt ?? outputs.endedAt,
  });
}

/** Outputs with a status seen without a record. */
export function withStatus(outputs: ExecutionOutputs, status: string): ExecutionOutputs {
  const { missing: _found, ...rest } = outputs;
  return { ...rest, status };
}
