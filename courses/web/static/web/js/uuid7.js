// UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance; later ids of a page sort later.

let last = 0;
let counter = 0;

export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Math.max(Date.now(), last);
  counter = now === last ? counter + 1 : bytes[6] & 0x07;
  last = counter > 0xfff ? now + 1 : now;
  counter &= 0xfff;
  let time = last;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
