import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload, Payloads } = proto.temporal.api.common.v1;
const encoding = Buffer.from('binary/encrypted');

/** A codec as workers have it: what it makes is another text each time, and nobody without its key can read it. */
export function cipher(key = randomBytes(32)): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => {
      const nonce = randomBytes(12);
      const by = createCipheriv('aes-256-gcm', key, nonce);
      const data = Buffer.concat([nonce, by.update(Payload.encode(payload).finish()), by.final(), by.getAuthTag()]);
      return { metadata: { encoding }, data };
    }),
    decode: async (payloads) => payloads.map((payload) => {
      if (!encoding.equals(payload.metadata?.['encoding'] ?? Buffer.of())) return payload;
      const data = Buffer.from(payload.data ?? []);
      const by = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12)).setAuthTag(data.subarray(-16));
      return Payload.decode(Buffer.concat([by.update(data.subarray(12, -16)), by.final()]));
    }),
  };
}

/** An endpoint of Temporal's remote codec protocol for a codec; what it cannot do is answered with 500, as frameworks do. */
export async function serveCodec(codec: PayloadCodec) {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(request.headers);
    const body = Buffer.concat(await request.toArray());
    try {
      const given = Payloads.fromObject(JSON.parse(body.toString())).payloads;
      const payloads = request.url === '/encode' ? await codec.encode(given) : await codec.decode(given);
      response.end(JSON.stringify(Payloads.fromObject({ payloads })));
    } catch {
      response.writeHead(500).end('Internal Server Error');
    }
  };
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
