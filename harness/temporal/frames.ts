/** What a client of HTTP/2 sends first (RFC 9113, section 3.4). */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Length in three bytes, type, flags, and four bytes that say which stream (RFC 9113, section 4.1). */
const headBytes = 9;

/** Longer frames than a client may send without being asked for: 16 KiB. */
const longest = 2 ** 20;

const types = { settings: 4, ping: 6, goAway: 7, windowUpdate: 8 };
const ack = 1;

/**
 * Cuts what one client sends into frames and hands on those that a server which never answered can understand: pings, window updates and
 * the acknowledgements of settings but the first answer what somebody else has sent, and a farewell names the last stream that the server
 * opened, where grpc-go names one of its own (RFC 9113, section 6.8).
 * @returns a function that takes bytes as they come and says what they are: `foreign`, which a server of HTTP/2 does not even answer, or
 * `broken` after a good beginning; then nothing more is taken.
 */
export function framesOf(take: (frame: Buffer) => void): (bytes: Buffer) => 'frames' | 'foreign' | 'broken' {
  let kept: Buffer = Buffer.alloc(0);
  let [begun, acknowledged] = [false, false];
  const isForeign = (frame: Buffer): boolean => {
    const [type, flags = 0] = frame.subarray(3, 5);
    if (type !== types.settings || (flags & ack) === 0) return type === types.ping || type === types.goAway || type === types.windowUpdate;
    const again = acknowledged;
    acknowledged = true;
    return again;
  };
  return (bytes) => {
    kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes]);
    if (!begun) {
      if (!preface.subarray(0, kept.length).equals(kept.subarray(0, preface.length))) return 'foreign';
      if (kept.length < preface.length) return 'frames';
      take(preface);
      kept = kept.subarray(preface.length);
      begun = true;
    }
    while (kept.length >= headBytes) {
      const end = headBytes + kept.readUIntBE(0, 3);
      if (end > longest) return 'broken';
      if (kept.length < end) break;
      const frame = kept.subarray(0, end);
      if (!isForeign(frame)) take(frame);
      kept = kept.subarray(end);
    }
    return 'frames';
  };
}
