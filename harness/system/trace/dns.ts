/** The name that a DNS message asks for, and the addresses that it gives; undefined where the bytes are none (RFC 1035, section 4). */
export function readDns(message: Buffer): { readonly name: string; readonly addresses: readonly string[] } | undefined {
  if (message.length < 17 || message.readUInt16BE(4) !== 1) return undefined;
  const question = nameAt(message, 12);
  if (question === undefined || question.name === '') return undefined;
  const addresses: string[] = [];
  let at = question.end + 4;
  for (let left = message.readUInt16BE(6); left > 0; left -= 1) {
    const owner = nameAt(message, at);
    if (owner === undefined || owner.end + 10 > message.length) break;
    const [type, length, data] = [message.readUInt16BE(owner.end), message.readUInt16BE(owner.end + 8), owner.end + 10];
    const bytes = message.subarray(data, data + length);
    if (type === 1 && bytes.length === 4) addresses.push([...bytes].join('.'));
    if (type === 28 && bytes.length === 16) addresses.push(shortIPv6(bytes));
    at = data + length;
  }
  return { name: question.name.toLowerCase(), addresses };
}

/** A name as labels, a pointer ends it; `end` is where what follows it begins. */
function nameAt(message: Buffer, from: number): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  for (let at = from; labels.length < 128; ) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join('.'), end: at + 1 };
    if (length >= 0xc0) return { name: labels.join('.'), end: at + 2 };
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return undefined;
}

/** As strace and RFC 5952 write it. */
function shortIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16)).join(':');
  return new URL(`http://[${groups}]/`).hostname.slice(1, -1);
}
