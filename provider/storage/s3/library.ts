/**
 * The parts of the S3 library that sign requests and read answers. The library loads slowly. So this module is a
 * separate file in the package, and is loaded when a command first uses the bucket.
 */
export {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
export { ConfiguredRetryStrategy } from "@smithy/core/retry";
