import {
  BinaryPayloadConverter, CompositePayloadConverter, JsonPayloadConverter, UndefinedPayloadConverter, type Payload,
} from '@temporalio/common';
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

/** What `payloadConverterPath` of the SDK asks for: its default in all else. */
export const payloadConverter = new CompositePayloadConverter(
  new UndefinedPayloadConverter(), new BinaryPayloadConverter(), new ExactJson(),
);
