import type { Template, TextMatcher } from './course.ts';

/** What stands in the work folder before a run, besides the submission. Paths are relative, `/` between their parts, and may hold templates. */
export interface WorkInputs {
  files?: Readonly<Record<string, MadeFile>>;
  folders?: readonly Template[];
  /** Folder that the program is started in; default: the work folder itself. */
  cwd?: Template;
}

/** How the content of a file is made. Sizes in bytes. */
export type MadeFile =
  | { text: Template }
  | { json: Template }
  | { base64: string }
  /** Numbered or equal lines; with `size`, padded so that the file has just that size. */
  | { lines: Template; line?: Template; size?: number }
  /** Bytes that look random and are the same in every run. */
  | { size: number };

/** A file to be made, its templates filled in. */
export type FileContent =
  | { kind: 'bytes'; base64: string }
  | { kind: 'text'; text: string }
  | { kind: 'lines'; lines: number; line?: string; size?: number }
  | { kind: 'noise'; size: number };

/** What a run finds in its work folder besides the submission, its templates filled in. */
export interface WorkContents {
  /** By path. */
  files: Readonly<Record<string, FileContent>>;
  folders: readonly string[];
  cwd?: string;
}

/** What must be true of one path of the work folder after the run. All that are given must hold. */
export interface FileExpectation {
  is?: 'file' | 'folder' | 'absent' | 'unchanged';
  text?: TextMatcher;
  json?: Template;
  /** The JSON has at least these members. */
  jsonHas?: Template;
  /** Names in the folder. */
  holds?: NameMatcher;
  /** Byte for byte what that file was before the run. */
  sameAs?: Template;
  /** How many bytes it has. */
  size?: Template;
}

/** A set of names. All that are given must hold. */
export interface NameMatcher {
  /** These and no others, in any order. */
  equals?: Template;
  contains?: readonly Template[];
  lacks?: readonly Template[];
}

/** The `files` kind: expectations by path. */
export type FilesSpec = Readonly<Record<string, FileExpectation>>;
