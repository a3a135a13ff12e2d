// @ts-check
/**
 * Makes archives whose bytes depend only on the packed files. This is a CommonJS file, so that both the tool and jest
 * can load it.
 */
const { gzipSync } = require("node:zlib");

const BLOCK = 512;

/**
 * Returns a `.tar.gz` archive with the files in its root folder. The owner and the time of each file are 0.
 * @param {readonly { name: string, mode: number, content: Buffer }[]} files
 * @returns {Buffer}
 */
function tarGz(files) {
  const parts = files.flatMap(({ name, mode, content }) => [
    header({ name, mode, size: content.length }),
    content,
    Buffer.alloc(-content.length & (BLOCK - 1)),
  ]);
  // With level 9, the archive would be only half a percent smaller, but compressing would take three times as long.
  const archive = gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), { level: 6 });
  // Byte 9 of the header is the operating system. The value 255 means "unknown".
  archive[9] = 255;
  return archive;
}

/**
 * Returns the header of a file in the POSIX format (ustar).
 * @param {{ name: string, mode: number, size: number }} file
 */
function header({ name, mode, size }) {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`The name of a file in an archive is too long: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  // In the sum, the field of the checksum itself counts as eight spaces.
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** @param {number} value @param {number} width including the zero byte at the end */
function octal(value, width) {
  return `${value.toString(8).padStart(width - 1, "0")}\0`;
}

module.exports = { tarGz };
