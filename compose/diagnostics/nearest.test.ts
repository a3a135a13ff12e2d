import { nearest, onlyNear } from "./nearest";

test.each([
  ["a letter too few", "imge", "image"],
  ["two letters exchanged", "imaeg", "image"],
  ["the first two letters exchanged", "dxn", "dnx"],
  ["a wrong letter", "imase", "image"],
  ["a letter too many", "dnxx", "dnx"],
  ["two slips in six letters", "bxixld", "build"],
  ["more slips than a third of it", "ixxge", undefined],
  ["two neighbors exchanged that are not next to each other", "egami", undefined],
  ["a wrong letter and two letters exchanged", "bxidl", undefined],
  ["a letter moved to the right next to a wrong one", "icmge", undefined],
  ["a letter moved to the left next to a wrong one", "iaxge", undefined],
  ["a word of another length", "dnxxx", undefined],
])("the nearest word for a misspelt one: %s", (_name, written, expected) =>
  expect(nearest(written, ["build", "image", "dnx"])).toBe(expected),
);

test("the nearest word is returned, or the first of several equally near words", () => {
  expect(nearest("cat", ["bat", "rat"])).toBe("bat");
  expect(nearest("rat", ["bat", "rat"])).toBe("rat");
});

test("a word of more than 40 letters has no nearest word", () => {
  const word = (length: number) => "a".repeat(length);
  expect(nearest(`${word(39)}b`, [word(40)])).toBe(word(40));
  expect(nearest(`${word(40)}b`, [word(40)])).toBeUndefined();
});

test.each([
  ["a typing error", "trainig", "training", "training"],
  ["two letters exchanged in a name of 4 letters", "prot", "port", "port"],
  ["3 of 4 letters", "prt", "port", undefined],
  ["a letter too many in a name of 3 letters", "pidd", "pid", undefined],
  ["a wrong letter in a part of 4 letters", "long_nane", "long_name", "long_name"],
  ["two letters exchanged in a short part", "depends_no", "depends_on", "depends_on"],
  ["two typing errors in a long name", "enviromnet", "environment", "environment"],
  ["two typing errors in a short name", "vlumse", "volumes", undefined],
  ["two typing errors in a name of 8 letters", "sevricse", "services", "services"],
  ["three typing errors in a long name", "envriomnet", "environment", undefined],
  ["a missing separator", "dependson", "depends_on", "depends_on"],
  ["a missing separator after a digit", "s3bucket", "s3_bucket", "s3_bucket"],
  ["a letter in place of a digit", "stage1", "stages", undefined],
  ["a letter too few in a part of 4 letters", "web_por", "web_port", "web_port"],
  ["a short part and another part", "memory_ips", "memoru_ipv", undefined],
  ["a hyphen", "depends-on", "depends_on", "depends_on"],
  ["another first letter", "gpus", "cpus", undefined],
  ["a short name", "ip", "ipc", undefined],
  ["another short part", "train-cpu", "train-gpu", undefined],
  ["another letter as a part", "worker-a", "worker-b", undefined],
  ["another digit", "stage-1", "stage-2", undefined],
  ["a part with digits", "gpu-h100", "gpu-a100", undefined],
  ["another word", "network_node", "network_mode", undefined],
  ["the plural of a word", "nodes_limit", "node_limit", "node_limit"],
])("the only certain word: %s", (_name, written, candidate, expected) =>
  expect(onlyNear(written, [candidate], { words: new Set(["node", "nodes"]) })).toBe(expected),
);

test("of several candidates, none is certain", () => expect(onlyNear("stop", ["stops", "stoop"])).toBeUndefined());
