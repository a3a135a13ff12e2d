import { toIso } from "../../clock/clock";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../errors";
import { xmlDocument } from "../protocol/xml";
import { type BucketOperation, xmlAnswer } from "./call";

/** Creates the bucket. If the bucket already exists, the answer is also 200, as in S3's region us-east-1. */
export const createBucket: BucketOperation = async ({ bucket }) => {
  bucket.objects.createNow();
  return { status: 200, headers: { location: `/${BUCKET_NAME}` } };
};

/** Answers that the bucket exists. If it does not exist, `carryOut` answers 404 before this call. */
export const headBucket: BucketOperation = async () => ({ status: 200 });

/** Answers the region of the bucket: an empty name, as S3 does for its default region. */
export const getBucketLocation: BucketOperation = async () => xmlAnswer(xmlDocument("LocationConstraint", ""));

/** Answers that the bucket keeps no old versions. */
export const getBucketVersioning: BucketOperation = async () => xmlAnswer(xmlDocument("VersioningConfiguration", ""));

/**
 * Lists the buckets of the account. After the bucket was created, the list contains this bucket. Before, the list is
 * empty.
 */
export const listBuckets: BucketOperation = async ({ bucket }) => {
  const one = [
    "Bucket",
    [
      ["Name", BUCKET_NAME],
      ["CreationDate", toIso(0)],
    ],
  ] as const;
  return xmlAnswer(
    xmlDocument("ListAllMyBucketsResult", [
      ["Owner", [["ID", "local"]]],
      ["Buckets", bucket.objects.exists ? [one] : []],
    ]),
  );
};

/** Refuses to delete the bucket, because it always belongs to the account. */
export const deleteBucket: BucketOperation = async () => {
  throw new S3Error("AccessDenied", "The bucket of the account cannot be deleted.");
};
