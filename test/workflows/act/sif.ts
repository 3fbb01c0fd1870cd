/** What a look at the header takes for a whole SIF: lib/sif/format.ts tells the places. */
export const SIF = ((): Buffer => {
  const bytes = Buffer.alloc(128 + 585 + 64)
  bytes.write('#!/usr/bin/env run-singularity\n', 0)
  bytes.write('SIF_MAGIC', 32)
  bytes.write('01', 42)
  bytes.write('02', 45)
  for (const [place, value] of [
    [88, 1],
    [96, 128],
    [104, 585],
    [112, 713],
    [120, 64]
  ] as const)
    bytes.writeBigInt64LE(BigInt(value), place)
  return bytes
})()
