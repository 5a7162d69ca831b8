/** Records on disk: the bytes of a BSON document and a CRC-32 of them behind it. */
import { crc32 } from "node:zlib";
import { StoreError } from "./errors";

export function seal(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafeSlow(bytes.length + 4);
  bytes.copy(out);
  out.writeUInt32LE(crc32(bytes), bytes.length);
  return out;
}

/** The document of a record; refuses one whose checksum does not fit. */
export function open(record: Buffer): Buffer {
  const bytes = record.subarray(0, record.length - 4);
  if (record.length < 9 || record.readUInt32LE(record.length - 4) !== crc32(bytes)) {
    throw new StoreError(
      96,
      "a stored record is damaged: its checksum does not fit. Stop, and restore a backup: npm run store -- restore BACKUP DIR",
    );
  }
  return bytes;
}
