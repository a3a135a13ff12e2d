import type { ExecutionSummary } from "../../lyceum/port";
import { unnamedGap } from "./possible-runs";

describe("unnamedGap", () => {
  const named = { executionId: "n", status: "running", fileName: "x" };
  const of = (active: ExecutionSummary[], history: ExecutionSummary[] = [], known: readonly string[] = []) =>
    unnamedGap({ active, history, gaps: [] }, ({ executionId }) => known.includes(executionId));
  const run1 = { executionId: "1", status: "running" };
  const run2 = { executionId: "2", status: "pending" };

  test("counts each active run without a name once", () =>
    expect(of([run1, run2], [run1])).toEqual({ kind: "unnamed", count: 2 }));
  test("leaves out runs that have ended or that this process knows", () => {
    expect(of([run1, run2], [{ ...run1, status: "completed" }])).toEqual({ kind: "unnamed", count: 1 });
    expect(of([run1, run2], [], ["2"])).toEqual({ kind: "unnamed", count: 1 });
    expect(of([run1], [], ["1"])).toBeUndefined();
    expect(of([])).toBeUndefined();
  });
  test("is absent if one run in either list has a name, because the service then shows names", () => {
    expect(of([run1, named])).toBeUndefined();
    expect(of([run1], [named])).toBeUndefined();
  });
});
