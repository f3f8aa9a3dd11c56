/** A package that exercises use: one that is installed with the tutor, or one of a fixed version that is installed on demand. */
export interface PackageSpec {
  name: string;
  /** Exact version; absent for a package that comes with the tutor or the course. */
  version?: string;
}

/** Reads `express` or `multer@2.0.2`. */
export function readPackageSpec(text: string): PackageSpec {
  const at = text.indexOf('@', 1);
  return at === -1 ? { name: text } : { name: text.slice(0, at), version: text.slice(at + 1) };
}
