import { testUnless } from "../../harness/needs";
import { runOnBackend } from "./backend";
import { type Postgres, startPostgres, whyNoPostgres } from "./postgres";

let server: Postgres | undefined;
afterAll(() => server?.stop());

testUnless(
  whyNoPostgres(),
  "a stack whose state is in PostgreSQL is applied, locked, watched and destroyed",
  async () => {
    server = await startPostgres();
    await runOnBackend("postgres", { PULUMI_BACKEND_URL: server.url });
  },
);
