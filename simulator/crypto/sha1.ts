/** SHA-1 (FIPS 180-4). In plain code, because WebCrypto answers in real time, which virtual clocks do not wait for. */
export function sha1(message: Uint8Array): Uint8Array {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const padded = new DataView(pad(message));
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK) addBlock(state, padded, offset);
  const digest = new DataView(new ArrayBuffer(20));
  for (const [index, word] of state.entries()) digest.setUint32(index * 4, word);
  return new Uint8Array(digest.buffer);
}

const BLOCK = 64;

function pad(message: Uint8Array): ArrayBuffer {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK) * BLOCK);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return padded.buffer;
}

function addBlock(state: Uint32Array, padded: DataView, offset: number) {
  const words: number[] = Array.from({ length: 16 }, (_, i) => padded.getUint32(offset + i * 4));
  const word = (i: number) => words[i] ?? 0;
  for (let i = 16; i < 80; i += 1) words.push(rotate(word(i - 3) ^ word(i - 8) ^ word(i - 14) ^ word(i - 16), 1));

  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i += 1) {
    const [mixed, constant] = round(i, b, c, d);
    const next = (rotate(a, 5) + mixed + e + constant + word(i)) >>> 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  for (const [i, added] of [a, b, c, d, e].entries()) state[i] = (state[i] ?? 0) + added;
}

function round(i: number, b: number, c: number, d: number): readonly [mixed: number, constant: number] {
  if (i < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (i < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (i < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}
