import { CompletedUploads } from "./completed";

test("the answer about a completed upload is kept until 1000 later ones are completed", () => {
  const completed = new CompletedUploads();
  const first = { key: "a", etag: "e" };
  completed.add("first", first);
  for (let count = 1; count < 1_000; count++) completed.add(String(count), { key: "b", etag: "f" });
  expect(completed.get("first")).toEqual(first);
  completed.add("last", { key: "b", etag: "f" });
  expect([completed.get("first"), completed.get("1")]).toEqual([undefined, { key: "b", etag: "f" }]);
});
