import type { WorkContents } from '../model/files.ts';

/** A key and a certificate for `localhost`, in PEM, made for one run and trusted by nobody else. */
export interface Certificate {
  key: string;
  cert: string;
}

const DAY = 86_400_000;

/** Makes a key and a certificate that it signs itself. */
export async function makeCertificate(): Promise<Certificate> {
  const { generate } = await import('selfsigned');
  const now = Date.now();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + DAY),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
}

/** The files as a run finds them in its folder. */
export function certificateFiles({ key, cert }: Certificate): WorkContents {
  return {
    files: { 'key.pem': { kind: 'text', text: key }, 'cert.pem': { kind: 'text', text: cert } },
    folders: [],
  };
}
