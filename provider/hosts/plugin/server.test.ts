import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { badRequest } from "./failures";
import type { Provider } from "./provider";
import { listen } from "./server";

const DEADLINE = () => ({ deadline: Number.POSITIVE_INFINITY });
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Serves these methods, and returns a client as the engine has it. */
async function served(parts: { readonly methods?: object; readonly streams?: object }) {
  const server = await listen({ methods: {}, streams: {}, ...parts } as unknown as Provider);
  const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  closing.push(
    () => client.close(),
    () => server.close(),
  );
  return { server, client };
}

/** Asks for a schema of the given text, and returns the schema in the answer. */
function schemaFrom(client: ResourceProviderClient): Promise<string> {
  return new Promise((resolve, reject) => {
    client.getSchema(new messages.GetSchemaRequest(), new grpc.Metadata(), DEADLINE(), (error, response) =>
      error === null ? resolve(response.getSchema()) : reject(error),
    );
  });
}

/** Lists resources: the ids in the order of arrival, and the error at the end, if there is one. */
function listed(client: ResourceProviderClient) {
  const ids: string[] = [];
  return new Promise<{ ids: string[]; error?: grpc.ServiceError }>((resolve) => {
    client
      .list(new messages.ListRequest(), new grpc.Metadata(), DEADLINE())
      .on("data", (response: messages.ListResponse) => ids.push(response.getResult()?.getId() ?? ""))
      .on("error", (error: grpc.ServiceError) => resolve({ ids, error }))
      .on("end", () => resolve({ ids }));
  });
}

const schemaOf = (text: string) => {
  const response = new messages.GetSchemaResponse();
  response.setSchema(text);
  return response;
};

const found = (id: string) => {
  const result = new messages.ListResponse.Result();
  result.setId(id);
  const response = new messages.ListResponse();
  response.setResult(result);
  return response;
};

test("the engine gets the answer of a method, also a large one", async () => {
  const large = "x".repeat(5 * 1024 * 1024);
  const { client } = await served({ methods: { getSchema: async () => schemaOf(large) } });
  expect((await schemaFrom(client)).length).toBe(large.length);
});

test("the engine gets the error of a method, with code and message", async () => {
  const getSchema = async () => Promise.reject(badRequest("LYC4020: no such type"));
  const { client } = await served({ methods: { getSchema } });
  await expect(schemaFrom(client)).rejects.toMatchObject({
    code: grpc.status.INVALID_ARGUMENT,
    details: "LYC4020: no such type",
  });
});

test("the engine gets each message of a list, and then its end", async () => {
  const list = async function* () {
    yield* ["run-1", "run-2"].map(found);
  };
  const { client } = await served({ streams: { list } });
  expect(await listed(client)).toEqual({ ids: ["run-1", "run-2"] });
});

test("a list that fails half-way ends with its error", async () => {
  const list = async function* () {
    yield found("run-1");
    throw badRequest("no such page");
  };
  const { client } = await served({ streams: { list } });
  expect(await listed(client)).toMatchObject({
    ids: ["run-1"],
    error: { code: grpc.status.INVALID_ARGUMENT, details: "no such page" },
  });
});

/** Serves a method that answers when the test says so. The method is in work when this function returns. */
async function withCallInWork() {
  let finish = (): void => undefined;
  let began = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    began = resolve;
  });
  const getSchema = () =>
    new Promise((resolve) => {
      finish = () => resolve(schemaOf("late"));
      began();
    });
  const { client, server } = await served({ methods: { getSchema } });
  const answer = schemaFrom(client);
  await begun;
  return { server, answer, finish: () => finish() };
}

test("before its end, the plugin waits for the answers in work", async () => {
  const { server, answer, finish } = await withCallInWork();
  const { server: idle } = await served({});
  const settled: string[] = [];
  const busy = server.settled(60_000).then(() => settled.push("busy"));
  await idle.settled(60_000);
  expect(settled).toEqual([]);
  finish();
  expect(await answer).toBe("late");
  await busy;
});

test("the plugin does not wait longer than its limit", async () => {
  const { server, answer, finish } = await withCallInWork();
  await server.settled(1);
  finish();
  expect(await answer).toBe("late");
});
