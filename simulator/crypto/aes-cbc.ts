/**
 * Encrypts whole blocks with AES-128 or AES-192 in CBC mode, without padding (FIPS 197). In plain code, because WebCrypto
 * answers in real time, which virtual clocks do not wait for. It is for made-up data: its timing tells of its keys.
 *
 * @throws RangeError where the key is neither 16 nor 24 bytes, the iv not 16, or the data no whole blocks
 */
export function encryptAesCbc(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  checkSizes(data, key, iv);
  const roundKeys = expand(key);
  const result = data.slice();

  let previous = iv;
  for (let offset = 0; offset < result.length; offset += BLOCK) {
    const block = result.subarray(offset, offset + BLOCK);
    mix(block, previous);
    encryptBlock(block, roundKeys);
    previous = block;
  }
  return result;
}

/**
 * The way back from {@link encryptAesCbc}.
 *
 * @throws RangeError as there
 */
export function decryptAesCbc(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  checkSizes(data, key, iv);
  const roundKeys = expand(key);
  const result = data.slice();

  let previous = iv;
  for (let offset = 0; offset < result.length; offset += BLOCK) {
    const block = result.subarray(offset, offset + BLOCK);
    decryptBlock(block, roundKeys);
    mix(block, previous);
    previous = data.subarray(offset, offset + BLOCK);
  }
  return result;
}

/** Bytes. */
const BLOCK = 16;
const SBOX = substitutions();

function checkSizes(data: Uint8Array, key: Uint8Array, iv: Uint8Array) {
  if (key.length !== 16 && key.length !== 24) throw new RangeError('the key must be 16 or 24 bytes');
  if (iv.length !== BLOCK) throw new RangeError('the iv must be 16 bytes');
  if (data.length % BLOCK !== 0) throw new RangeError('the data must be whole blocks');
}

/** One round less than there are round keys: the first is added before all rounds. */
const roundsOf = (roundKeys: Uint8Array) => roundKeys.length / BLOCK - 1;

function encryptBlock(block: Uint8Array, roundKeys: Uint8Array) {
  const rounds = roundsOf(roundKeys);
  const addRoundKey = (round: number) => mix(block, roundKeys.subarray(round * BLOCK, (round + 1) * BLOCK));
  addRoundKey(0);
  for (let round = 1; round <= rounds; round += 1) {
    const shifted = block.map((_, i) => substitute(at(block, (i + (i % 4) * 4) % BLOCK)));
    block.set(round < rounds ? shifted.map((_, i) => mixedColumnByte(shifted, i)) : shifted);
    addRoundKey(round);
  }
}

/** The steps of {@link encryptBlock} backwards. Mixing columns four times changes nothing, so thrice undoes it once. */
function decryptBlock(block: Uint8Array, roundKeys: Uint8Array) {
  const rounds = roundsOf(roundKeys);
  const addRoundKey = (round: number) => mix(block, roundKeys.subarray(round * BLOCK, (round + 1) * BLOCK));
  for (let round = rounds; round >= 1; round -= 1) {
    addRoundKey(round);
    for (let times = 0; round < rounds && times < 3; times += 1) {
      block.set(block.map((_, i) => mixedColumnByte(block, i)));
    }
    block.set(block.map((_, i) => SBOX.indexOf(at(block, (i + (i % 4) * 12) % BLOCK))));
  }
  addRoundKey(0);
}

function mixedColumnByte(block: Uint8Array, index: number): number {
  const column = index - (index % 4);
  const byte = (step: number) => at(block, column + ((index + step) % 4));
  return double(byte(0)) ^ double(byte(1)) ^ byte(1) ^ byte(2) ^ byte(3);
}

function expand(key: Uint8Array): Uint8Array {
  const expanded = new Uint8Array(BLOCK * (key.length / 4 + 7));
  expanded.set(key);
  let constant = 1;
  for (let i = key.length; i < expanded.length; i += 4) {
    const word = expanded.slice(i - 4, i);
    if (i % key.length === 0) {
      word.set([at(word, 1), at(word, 2), at(word, 3), at(word, 0)].map(substitute));
      mix(word, [constant]);
      constant = double(constant);
    }
    mix(word, expanded.subarray(i - key.length, i - key.length + 4));
    expanded.set(word, i);
  }
  return expanded;
}

function mix(bytes: Uint8Array, others: ArrayLike<number>) {
  for (let i = 0; i < others.length; i += 1) bytes[i] = at(bytes, i) ^ at(others, i);
}

/** Multiplies by two in the field of AES. */
function double(byte: number): number {
  return ((byte << 1) ^ (byte & 0x80 ? 0x11b : 0)) & 0xff;
}

function substitute(byte: number): number {
  return at(SBOX, byte);
}

/** Each byte's inverse in the field, found by walking a generator and its inverse side by side, then made affine. */
function substitutions(): Uint8Array {
  const box = new Uint8Array(256);
  box[0] = 0x63;
  let byte = 1;
  let inverse = 1;
  do {
    byte ^= double(byte);
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse = (inverse ^ (inverse << 4)) & 0xff;
    if (inverse & 0x80) inverse ^= 0x09;
    const turned = [1, 2, 3, 4].map((by) => (inverse << by) | (inverse >> (8 - by)));
    box[byte] = turned.reduce((sum, term) => sum ^ term, inverse ^ 0x63);
  } while (byte !== 1);
  return box;
}

function at(bytes: ArrayLike<number>, index: number): number {
  return bytes[index] ?? 0;
}
