// Given. There is nothing to change here.
export const currency = process.env.CURRENCY ?? 'PKR';
