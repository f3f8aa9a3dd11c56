/** What the grader writes to a blocked child: one JSON line. */
export interface GoLine {
  args: readonly string[];
  /** Added to the environment that it was started with. */
  env: Readonly<Record<string, string>>;
  /** Version of Node that the program is to see. */
  nodeVersion?: string;
}
