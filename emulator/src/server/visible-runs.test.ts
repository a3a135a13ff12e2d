import type { Execution } from "../executions/execution";
import type { ExecutionStore } from "../store/execution-store";
import { VisibleRuns } from "./visible-runs";

test("a run that starts while a page is read is counted on no further page", async () => {
  const counts = { running: 1 };
  const store: Pick<ExecutionStore, "page" | "counts"> = {
    page: async () => {
      counts.running += 1;
      return [{} as Execution];
    },
    counts: () => ({ ...counts }),
  };
  const sources = { runs: {} as never, store: store as ExecutionStore, snapshots: new Map() };
  const page = await new VisibleRuns(sources, [], 0).history(0, 100);
  expect(page).toMatchObject({ executions: [{}], counts: { running: 1 } });
});
