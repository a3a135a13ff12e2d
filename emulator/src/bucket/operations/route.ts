import { parameter, type QueryParameter } from "../signature/encoding";
import * as bucket from "./bucket";
import type { BucketOperation } from "./call";
import { completeMultipartUpload } from "./complete";
import { copyObject } from "./copy";
import { deleteObjects } from "./deletes";
import * as listing from "./listing";
import * as multipart from "./multipart";
import * as objects from "./objects";

/** The operations by their names in S3. */
export const BUCKET_OPERATIONS = {
  ListBuckets: bucket.listBuckets,
  CreateBucket: bucket.createBucket,
  HeadBucket: bucket.headBucket,
  DeleteBucket: bucket.deleteBucket,
  GetBucketLocation: bucket.getBucketLocation,
  GetBucketVersioning: bucket.getBucketVersioning,
  ListObjects: listing.listObjects,
  ListObjectsV2: listing.listObjectsV2,
  GetObject: objects.getObject,
  HeadObject: objects.headObject,
  PutObject: objects.putObject,
  CopyObject: copyObject,
  DeleteObject: objects.deleteObject,
  DeleteObjects: deleteObjects,
  CreateMultipartUpload: multipart.createMultipartUpload,
  UploadPart: multipart.uploadPart,
  UploadPartCopy: multipart.uploadPartCopy,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: multipart.abortMultipartUpload,
  ListParts: multipart.listParts,
  ListMultipartUploads: multipart.listMultipartUploads,
} as const satisfies Readonly<Record<string, BucketOperation>>;

/** The name of an operation of the bucket. */
export type BucketOperationName = keyof typeof BUCKET_OPERATIONS;

interface Route {
  readonly method: string;
  readonly on: "service" | "bucket" | "object";
  /** Parameters that the query must have. */
  readonly has?: readonly string[];
  /**
   * For a `PUT` of an object: whether the request has the header `x-amz-copy-source`, which names the object to copy.
   * In other requests, the header has no meaning.
   */
  readonly copies?: boolean;
  readonly operation: BucketOperationName;
}

/** The routes. A request gets the first route that matches it. */
const ROUTES: readonly Route[] = [
  { on: "service", method: "GET", operation: "ListBuckets" },
  { on: "bucket", method: "PUT", operation: "CreateBucket" },
  { on: "bucket", method: "HEAD", operation: "HeadBucket" },
  { on: "bucket", method: "DELETE", operation: "DeleteBucket" },
  { on: "bucket", method: "GET", has: ["location"], operation: "GetBucketLocation" },
  { on: "bucket", method: "GET", has: ["versioning"], operation: "GetBucketVersioning" },
  { on: "bucket", method: "GET", has: ["list-type"], operation: "ListObjectsV2" },
  { on: "bucket", method: "GET", has: ["uploads"], operation: "ListMultipartUploads" },
  { on: "bucket", method: "GET", operation: "ListObjects" },
  { on: "bucket", method: "POST", has: ["delete"], operation: "DeleteObjects" },
  { on: "object", method: "POST", has: ["uploads"], operation: "CreateMultipartUpload" },
  { on: "object", method: "POST", has: ["uploadId"], operation: "CompleteMultipartUpload" },
  { on: "object", method: "PUT", has: ["uploadId", "partNumber"], copies: true, operation: "UploadPartCopy" },
  { on: "object", method: "PUT", has: ["uploadId", "partNumber"], operation: "UploadPart" },
  { on: "object", method: "DELETE", has: ["uploadId"], operation: "AbortMultipartUpload" },
  { on: "object", method: "GET", has: ["uploadId"], operation: "ListParts" },
  { on: "object", method: "GET", operation: "GetObject" },
  { on: "object", method: "HEAD", operation: "HeadObject" },
  { on: "object", method: "PUT", copies: true, operation: "CopyObject" },
  { on: "object", method: "PUT", operation: "PutObject" },
  { on: "object", method: "DELETE", operation: "DeleteObject" },
];

/**
 * Query parameters that change the operation of a request. A request with such a parameter matches only a route that
 * names the parameter in `has`. If there is no such route, the operation is unknown.
 */
const SUBRESOURCES = [
  ...["accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory"],
  ...["legal-hold", "lifecycle", "location", "logging", "metrics", "notification", "object-lock", "ownershipControls"],
  ...[
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "restore",
    "retention",
  ],
  ...["select", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website", "delete"],
];

/** Returns the operation of a request. Undefined if the emulator does not have this operation. */
export function operationOf(
  method: string,
  on: Route["on"],
  query: readonly QueryParameter[],
  copies: boolean,
): BucketOperationName | undefined {
  const asked = SUBRESOURCES.filter((name) => parameter(query, name) !== undefined);
  return ROUTES.find(
    (route) =>
      route.method === method &&
      route.on === on &&
      (route.copies ?? false) === (copies && method === "PUT" && on === "object") &&
      (route.has ?? []).every((name) => parameter(query, name) !== undefined) &&
      asked.every((name) => route.has?.includes(name)),
  )?.operation;
}
