const OURS = /^(Permission is an experimental feature|The flag --allow-)/;

/** Keeps Node's warnings about the flags that the sandbox sets out of the learner's stderr; all others are printed as ever. */
export function hideOwnWarnings(): void {
  for (const print of process.listeners('warning')) {
    process.removeListener('warning', print);
    process.on('warning', (warning) => {
      if (!OURS.test(warning.message)) print(warning);
    });
  }
}
