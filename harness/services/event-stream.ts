import { crc32 } from 'node:zlib';

/**
 * A message of AWS's event stream: its length, that of its headers and a checksum of both, 4 bytes each, then headers, payload, and a
 * checksum of all. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
const preludeBytes = 12;
const checksumBytes = 4;

const headersEnd = (message: Buffer): number => preludeBytes + message.readUInt32BE(4);

/** The payload of a message. */
export function payloadOf(message: Buffer): Buffer {
  return message.subarray(headersEnd(message), -checksumBytes);
}

/** The same message with another payload. */
export function withPayload(message: Buffer, payload: Buffer): Buffer {
  const end = headersEnd(message);
  const changed = Buffer.concat([message.subarray(0, end), payload, Buffer.alloc(checksumBytes)]);
  changed.writeUInt32BE(changed.length, 0);
  changed.writeUInt32BE(crc32(changed.subarray(0, 8)), 8);
  changed.writeUInt32BE(crc32(changed.subarray(0, -checksumBytes)), changed.length - checksumBytes);
  return changed;
}
