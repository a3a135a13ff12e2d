import { toIso } from "../../clock/clock";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../protocol/errors";
import { xmlDocument } from "../protocol/xml";
import { type BucketOperation, xmlAnswer } from "./call";

/** Creates the bucket. In the region us-east-1, S3 answers the same if it exists. */
export const createBucket: BucketOperation = async ({ bucket }) => {
  bucket.objects.createNow();
  return { status: 200, headers: { location: `/${BUCKET_NAME}` } };
};

/** Answers whether the bucket exists. */
export const headBucket: BucketOperation = async () => ({ status: 200 });

/** The region of the bucket. The default region has no name here. */
export const getBucketLocation: BucketOperation = async () => xmlAnswer(xmlDocument("LocationConstraint", ""));

/** The bucket keeps no old versions. */
export const getBucketVersioning: BucketOperation = async () => xmlAnswer(xmlDocument("VersioningConfiguration", ""));

/** The bucket, if it was created. */
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

/** The bucket belongs to the account for ever. */
export const deleteBucket: BucketOperation = async () => {
  throw new S3Error("AccessDenied", "The bucket of the account cannot be deleted.");
};
