import {
  BinaryPayloadConverter, CompositePayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter, ValueError, type Payload,
} from '@temporalio/common';
import { bytesIn } from '../model/bytes.ts';
import { keepDigits, writable } from '../model/exact-json.ts';

/** The SDK's JSON, but for integers that no double holds: the server's other SDKs send them, and so does a contract. */
class ExactJson extends JsonPayloadConverter {
  override toPayload(value: unknown): Payload | undefined {
    return super.toPayload(writable(value));
  }

  override fromPayload(content: Payload) {
    const { data } = content;
    // In a workflow the bytes come from outside its realm, where they are of another Uint8Array.
    return ArrayBuffer.isView(data) ? JSON.parse(new TextDecoder().decode(data), keepDigits) : super.fromPayload(content);
  }
}

/** Bytes, which a contract writes as `{ $base64: "…" }`. */
class Bytes extends BinaryPayloadConverter {
  override toPayload(value: unknown): Payload | undefined {
    return super.toPayload(bytesIn(value) ?? value);
  }
}

const [json, bytes] = [new ExactJson(), new Bytes()];

/** The SDK's default, but that it reads what other SDKs write: JSON of a message, or of a type of theirs, and the bytes of a message. */
class Readable extends CompositePayloadConverter {
  override fromPayload(payload: Payload) {
    const encoding = new TextDecoder().decode(payload.metadata?.['encoding'] ?? undefined);
    if (this.converterByEncoding.has(encoding)) return super.fromPayload(payload);
    if (encoding.startsWith('json/')) return json.fromPayload(payload);
    if (encoding === 'binary/protobuf') return bytes.fromPayload(payload);
    throw new ValueError(`its encoding is ${encoding || 'not told'}, which nobody here can decode: where a codec makes it, the contract ` +
      'must name an endpoint of that (codec: { url: … }) which gives back json/plain, json/protobuf or binary/plain');
  }
}

/** What `payloadConverterPath` of the SDK asks for. */
export const payloadConverter = new Readable(new UndefinedPayloadConverter(), bytes, json);
