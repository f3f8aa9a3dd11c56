import { readGuests } from './guests';

for (const name of readGuests()) {
  console.log(`Welcome ${name}`);
}
