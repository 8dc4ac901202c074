import type { PayloadCodec } from '@temporalio/common';
import { siblingModule } from '../system/tools/sibling.ts';

/** How clients and the harness's own workflow write and read values: exactly. */
export const dataConverter = { payloadConverterPath: siblingModule('payload-converter', import.meta.url) };

/** The same where a codec stands between values and server. */
export function dataConverterWith(codec: PayloadCodec | undefined) {
  return { ...dataConverter, ...(codec !== undefined && { payloadCodecs: [codec] }) };
}
