import { asS3Error, S3Error } from "../errors";
import { readText } from "../protocol/body";
import { childText, readXml } from "../protocol/read-xml";
import { type XmlChild, xmlDocument } from "../protocol/xml";
import { checkKey } from "../store/keys";
import { type BucketOperation, xmlAnswer } from "./call";

/** The largest number of keys in a request, and the largest number of bytes in its body. */
const [MOST_KEYS, MOST_BYTES] = [1000, 8 * 1024 * 1024];

/** Removes many objects. The answer has a result for each key. */
export const deleteObjects: BucketOperation = async ({ bucket, body }) => {
  const root = readXml(await readText(body(), MOST_BYTES));
  const keys = root.children.filter(({ name }) => name === "Object").map((child) => childText(child, "Key"));
  if (root.name !== "Delete" || keys.length === 0 || keys.length > MOST_KEYS) throw new S3Error("MalformedXML");
  const isQuiet = childText(root, "Quiet")?.trim() === "true";
  const results: XmlChild[] = [];
  for (const key of keys) {
    try {
      if (key === undefined) throw new S3Error("MalformedXML");
      checkKey(key);
      await bucket.objects.remove(key);
      if (!isQuiet) results.push(["Deleted", [["Key", key]]]);
    } catch (error) {
      const { code, message } = asS3Error(error);
      results.push([
        "Error",
        [
          ["Key", key ?? ""],
          ["Code", code],
          ["Message", message],
        ],
      ]);
    }
  }
  return xmlAnswer(xmlDocument("DeleteResult", results));
};
