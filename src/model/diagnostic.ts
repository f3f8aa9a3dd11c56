/** A place in a text file; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/** A fault in a course file, with its place: what is wrong and what would be right. */
export interface Diagnostic {
  file: string;
  start: Position;
  end: Position;
  message: string;
  fix?: string;
  /** The source line at `start`, for the squiggle. */
  sourceLine?: string;
}
