export const run = async () => 3 as const;
