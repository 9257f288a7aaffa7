/** Encrypts secrets in the journal (AES-256-GCM), with a key in a file that only its owner may read, or in memory alone. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export class Sealer {
  private readonly file: string | null;
  private key: Buffer | null = null;
  constructor(file: string | null) {
    this.file = file;
  }

  seal(text: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.theKey(), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }
  open(sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.theKey(), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }
  private theKey(): Buffer {
    if (this.key !== null) return this.key;
    if (this.file !== null && existsSync(this.file)) return (this.key = readFileSync(this.file));
    this.key = randomBytes(32);
    if (this.file !== null) writeFileSync(this.file, this.key, { mode: 0o600 });
    return this.key;
  }
}
